package dev.ringlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class LoneParameterTest {
  @ParameterizedTest
  @NullAndEmptySource
  void noneIsWhatIsMostlyThere(String raw) {
    LoneParameter.requireNone(raw);
    assertEquals(false, LoneParameter.allForms(raw));
    assertEquals(false, LoneParameter.explain(raw));
  }

  @Test
  void oneIsTaken() {
    assertEquals(true, LoneParameter.allForms("forms=all"));
    assertEquals(true, LoneParameter.explain("explain=true"));
    assertEquals(false, LoneParameter.explain("explain=false"));
  }

  @ParameterizedTest
  @CsvSource({"limit=5&x, limit", "x, x", "forms=all, forms", "explain=true, explain"})
  void whatTakesNoneNamesTheFirst(String raw, String name) {
    assertEquals(
        "There is no parameter " + name + " here.",
        refused(
            name,
            raw,
            query -> {
              LoneParameter.requireNone(query);
              return true;
            }));
  }

  @ParameterizedTest
  @CsvSource({
    "forms, forms, The only parameter of a document is forms=all.",
    "forms=one, forms, The only parameter of a document is forms=all.",
    "forms=all&forms=all, forms, The only parameter of a document is forms=all.",
    "form=all, form, There is no parameter form here.",
    "explain=true, explain, There is no parameter explain here."
  })
  void ofADocument(String raw, String name, String detail) {
    assertEquals(detail, refused(name, raw, LoneParameter::allForms));
  }

  @ParameterizedTest
  @CsvSource({
    "explain, explain, 'The parameter explain is true or false, and alone.'",
    "explain=yes, explain, 'The parameter explain is true or false, and alone.'",
    "explain=true&explain=true, explain, 'The parameter explain is true or false, and alone.'",
    "limit=5, limit, There is no parameter limit here."
  })
  void ofABatch(String raw, String name, String detail) {
    assertEquals(detail, refused(name, raw, LoneParameter::explain));
  }

  private static String refused(String name, String raw, Predicate<String> read) {
    ApiException e = assertThrows(ApiException.class, () -> read.test(raw));
    assertEquals(ErrorCode.INVALID_PARAMETER, e.code());
    assertEquals(name, e.members().get("parameter"));
    return e.getMessage();
  }
}
