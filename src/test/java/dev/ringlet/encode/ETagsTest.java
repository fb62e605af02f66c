package dev.ringlet.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ETagsTest {
  @ParameterizedTest
  @CsvSource({
    "\"a-_Z9\", true, true",
    "\"a-_Z9.numbers\", true, true",
    "\"a-_Z9.numbers.gzip\", true, true",
    "W/\"a-_Z9.gzip\", true, false",
    "\"a-_Z9.Numbers\", false, false",
    "\"a-_Z9.gzip-\", false, false",
    "\"another\", false, false"
  })
  void aTagStandsForTheSameContentInWhateverForm(String given, boolean weak, boolean strong) {
    assertEquals(weak, ETags.matches(List.of(given), "\"a-_Z9\""));
    assertEquals(strong, ETags.isOneOf(List.of(given), "\"a-_Z9\""));
  }

  /** No part of it is looked at twice: this would take hours. */
  @Test
  void aTagMayBeLong() {
    String dots = "\"" + ".".repeat(1_000_000) + "-\"";
    assertFalse(ETags.matches(List.of(dots), "\"a\""));
  }
}
