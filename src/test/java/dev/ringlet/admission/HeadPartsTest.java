package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadPartsTest {
  private static long of(String query) {
    return HeadParts.ofQuery(Optional.of(query));
  }

  @Test
  void shortQueriesAreNotCounted() {
    assertEquals(0, HeadParts.ofQuery(Optional.empty()));
    assertEquals(0, of(",".repeat(1024)));
  }

  @Test
  void valuesAndFiltersOfLongQueriesAre() {
    assertEquals(0, of("x".repeat(1025)));
    assertEquals(64 * 600, of("a,".repeat(600)));
    assertEquals(64 * 400, of("%2C".repeat(200) + "%2c".repeat(200)));
    assertEquals(0, of("%E4%B8%AD%26".repeat(400)));
    assertEquals(256 * 300, of("a=b&".repeat(300)));
  }

  @Test
  void itemsOfListsAre() {
    assertEquals(128, HeadParts.ofList(List.of("\"a\"", "\"b\"")));
  }
}
