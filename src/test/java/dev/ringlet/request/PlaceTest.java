package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.request.Place.Element;
import dev.ringlet.request.Place.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @Test
  void aNameIsAColumn() {
    assertPlace("a", "a");
    assertPlace("\"a.b[c]\"", "a.b[c]");
    assertPlace("\"a\\\"b\"", "a\"b");
  }

  @Test
  void stepsLeadIntoIt() {
    assertPlace("tags[color]", "tags", new Element("color"));
    assertPlace("address.street", "address", new Field("street"));
    assertPlace("a.b[c].d", "a", new Field("b"), new Element("c"), new Field("d"));
    assertPlace("a[1][2]", "a", new Element("1"), new Element("2"));
  }

  @Test
  void whatIsInQuotesOrBracketsIsNoStep() {
    assertPlace("m[\"a]b\"]", "m", new Element("a]b"));
    assertPlace("m[2.5]", "m", new Element("2.5"));
    assertPlace("m[[1,2]]", "m", new Element("[1,2]"));
    assertPlace("m[{\"x\":\"]\"}]", "m", new Element("{\"x\":\"]\"}"));
    assertPlace("\"a.b\".\"c[d\"", "a.b", new Field("c[d"));
    assertPlace("m[]", "m", new Element(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "[a]", "a[", "a[b", "a[b]c", "\"a", "\"a\"b"})
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Place.parse(text));
  }

  /** Of text that is looked through once for each step this would be gigabytes. */
  @Test
  @Timeout(60)
  void thereMayBeAsManyStepsAsTheTextHasRoomFor() {
    assertEquals(500_000, Place.parse("a" + "[]".repeat(500_000)).steps().size());
    assertEquals(500_000, Place.parse("a" + ".b".repeat(500_000)).steps().size());
  }

  private static void assertPlace(String text, String column, Place.Step... steps) {
    assertEquals(new Place(column, List.of(steps)), Place.parse(text));
  }
}
