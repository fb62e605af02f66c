package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Condition.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionParserTest {

  @Test
  void withoutAHeaderThereIsNoCondition() {
    Condition none = condition();
    assertEquals(Condition.NONE, none);
    assertEquals(false, none.isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match: *,      EXISTS",
    "If-Match:   * ,   EXISTS",
    "If-None-Match: *, NOT_EXISTS",
    "If-None-Match:  *, NOT_EXISTS"
  })
  void aStarAsksWhetherThereIsARow(String header, Kind kind) {
    Condition condition = condition(header);
    assertEquals(new Condition(kind, List.of()), condition);
    assertEquals(true, condition.isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "a"              | "a"
          ""               | ""
          W/"a"            | W/"a"
          "a","b"          | "a" "b"
          "a" , W/"b",""   | "a" W/"b" ""
          "a,b", "c"       | "a,b" "c"
          "*"              | "*"
          "W/"             | "W/"
          "a\\"            | "a\\"
          "é"              | "é"
          "a",             | "a"
          """)
  void keepsEachTagAsItIs(String value, String tags) {
    Condition condition = condition("If-Match: " + value);
    assertEquals(Kind.UNCHANGED, condition.kind());
    assertEquals(tags, String.join(" ", condition.tags()));
  }

  @Test
  void severalHeadersAreOneList() {
    assertEquals(
        new Condition(Kind.UNCHANGED, List.of("\"a\"", "W/\"b\"", "\"c\"")),
        condition("If-Match: \"a\"", "If-Match: W/\"b\", \"c\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          If-Match: a
          If-Match: "a
          If-Match: a"
          If-Match: "
          If-Match: "a" "b"
          If-Match: "a"b
          If-Match: "a b"
          If-Match: w/"a"
          If-Match: W/a
          If-Match: W/ "a"
          If-Match: "a", *
          If-Match: *, "a"
          If-Match: **
          If-Match: ,
          If-None-Match: "a"
          If-None-Match: W/"a"
          If-None-Match: a
          If-None-Match: *, "a"
          If-None-Match: **
          """)
  void refusesWhatIsNeitherAStarNorATagInQuotes(String header) {
    refused(header.substring(0, header.indexOf(':')), header);
  }

  @Test
  void refusesAnEmptyIfNoneMatch() {
    refused("If-None-Match", "If-None-Match: ");
  }

  /** Else it would be a condition that no row can meet. */
  @Test
  void refusesAnEmptyIfMatch() {
    refused("If-Match", "If-Match: ");
  }

  @Test
  void refusesTwoConditions() {
    refused("If-None-Match", "If-Match: *", "If-None-Match: *");
    refused("If-None-Match", "If-Match: \"a\"", "If-None-Match: *");
    refused("If-Match", "If-Match: *", "If-Match: \"a\"");
    refused("If-None-Match", "If-None-Match: \"a\"", "If-None-Match: *");
  }

  @Test
  void refusesATagInASecondHeaderToo() {
    refused("If-None-Match", "If-None-Match: *", "If-None-Match: \"a\"");
  }

  private static Condition condition(String... headers) {
    return TestOptions.write(headers).condition();
  }

  private static void refused(String header, String... headers) {
    ApiException e =
        assertThrows(ApiException.class, () -> condition(headers), () -> List.of(headers) + "");
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
    assertEquals(header, e.members().get("header"));
  }
}
