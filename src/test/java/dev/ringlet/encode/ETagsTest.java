package dev.ringlet.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringlet.value.NumberForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ETagsTest {
  @ParameterizedTest
  @CsvSource({
    "\"a-_Z9\", true",
    "\"a-_Z9.numbers\", true",
    "\"a-_Z9.numbers.gzip\", true",
    "W/\"a-_Z9.gzip\", false",
    "\"a-_Z9.Numbers\", false",
    "\"a-_Z9.gzip-\", false",
    "\"another\", false"
  })
  void aTagStandsForTheSameContentInWhateverForm(String given, boolean expected) {
    assertEquals(expected, ETags.isOneOf(List.of(given), "\"a-_Z9\""));
  }

  /** A cache may use what it has after a 304, whatever it was asked for. */
  @ParameterizedTest
  @CsvSource({
    "\"a-_Z9\", true, false",
    "W/\"a-_Z9\", true, false",
    "\"a-_Z9.gzip\", true, false",
    "W/\"a-_Z9.gzip\", true, false",
    "\"a-_Z9.numbers\", false, true",
    "\"a-_Z9.numbers.gzip\", false, true",
    "W/\"a-_Z9.numbers.gzip\", false, true",
    "\"a-_Z9.gzip-\", false, false",
    "\".gzip\", false, false",
    "\"another\", false, false"
  })
  void aTagStandsForTheSameTextWhetherCompressedOrNot(
      String given, boolean strings, boolean numbers) {
    for (boolean gzip : new boolean[] {true, false}) {
      String tag = "\"a-_Z9\"";
      assertEquals(
          strings, ETags.matches(List.of(given), ETags.form(tag, NumberForm.STRING, gzip)));
      assertEquals(numbers, ETags.matches(List.of(given), ETags.form(tag, NumberForm.JSON, gzip)));
    }
  }

  /** No part of it is looked at twice: this would take hours. */
  @Test
  void aTagMayBeLong() {
    String dots = "\"" + ".".repeat(1_000_000) + "-\"";
    assertFalse(ETags.matches(List.of(dots), "\"a\""));
    assertFalse(ETags.isOneOf(List.of(dots), "\"a\""));
  }
}
