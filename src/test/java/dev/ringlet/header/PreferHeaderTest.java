package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Preferences.Returns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a write may prefer (RFC 7240), and what it is told of that. */
class PreferHeaderTest {

  @ParameterizedTest
  @CsvSource({
    "return=minimal, MINIMAL",
    "return=representation, REPRESENTATION",
    "return=outcomes, OUTCOMES",
    "return=\"outcomes\", OUTCOMES",
    "Return = minimal, MINIMAL"
  })
  void readsWhatTheAnswerIsToTell(String prefer, Returns returns) {
    Preferences preferences = preferences(prefer);
    assertEquals(Optional.of(returns), preferences.returns());
    for (Returns other : Returns.values()) {
      assertEquals(other == returns, preferences.prefers(other));
    }
    assertEquals(List.of(), preferences.applied()); // that is known later
  }

  @ParameterizedTest
  @CsvSource({"atomic, true", "ATOMIC;x=1, true", "atomic=, true", "atomics, false", "x, false"})
  void readsWhetherAllRowsOrNoneAreToBeWritten(String prefer, boolean atomic) {
    assertEquals(atomic, preferences(prefer).atomic());
    assertEquals(List.of(), preferences(prefer).applied());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          numbers=json                                  | true  | 5  | ''
          numbers=string                                | false | 5  | ''
          wait=1                                        | false | 1  | wait=1
          wait="30"                                     | false | 30 | wait=30
          wait=7;x=y;wait=8                             | false | 7  | wait=7
          wait=1, wait=2                                | false | 1  | wait=1
          wait=3, numbers=json, handling=lenient        | true  | 3  | handling=lenient wait=3
          handling=strict, atomic, return=minimal       | false | 5  | handling=strict
          respond-async, x="y", , =z                    | false | 5  | ''
          """)
  void saysWhatItObeys(String prefer, boolean numbers, int seconds, String applied) {
    WriteOptions options = TestOptions.write("Prefer: " + prefer);
    assertEquals(numbers, options.preferences().numbersAsJson());
    assertEquals(Duration.ofSeconds(seconds), options.deadline().timeout());
    assertEquals(applied, String.join(" ", options.preferences().applied()));
  }

  @Test
  void severalHeadersAreOneListOfWhichTheFirstOfANameCounts() {
    WriteOptions options =
        TestOptions.write("Prefer: wait=2", "Prefer: atomic, wait=soon", "Prefer: numbers=json");
    assertEquals(List.of("wait=2"), options.preferences().applied());
    assertEquals(true, options.preferences().atomic());
  }

  @Test
  void whatStandsInQuotesIsNoPreference() {
    WriteOptions options = TestOptions.write("Prefer: x=\"a, wait=1, numbers=json\"");
    assertEquals(List.of(), options.preferences().applied());
    assertEquals(Duration.ofSeconds(5), options.deadline().timeout());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return=all                         | return
          return=Minimal                     | return
          return                             | return
          atomic=true                        | atomic
          atomic=x                           | atomic
          numbers=hex                        | numbers
          numbers                            | numbers
          wait=0                             | wait
          wait=31                            | wait
          wait=-1                            | wait
          wait=1.5                           | wait
          wait                               | wait
          handling=loose                     | handling
          handling=strict, retrun=minimal    | retrun
          handling=strict, return=minimal, x | x
          x; y, handling=strict              | x
          """)
  void refusesWhatItDoesNotUnderstand(String prefer, String preference) {
    ApiException e = refused(prefer);
    assertEquals(preference, e.members().get("preference"));
  }

  @Test
  void suggestsWhatWasMeant() {
    ApiException e = refused("handling=strict, retrun=minimal");
    assertEquals("Did you mean return?", e.members().get("hint"));
  }

  @Test
  void whatIsForWritesDoesNotExistForReads() {
    for (String name : List.of("atomic", "return=minimal")) {
      String header = "Prefer: handling=strict, " + name;
      assertEquals(List.of("handling=strict"), TestOptions.write(header).preferences().applied());
      ApiException e = assertThrows(ApiException.class, () -> TestOptions.read(header));
      assertEquals(ErrorCode.INVALID_PREFERENCE, e.code());
    }
  }

  private static Preferences preferences(String prefer) {
    return TestOptions.write("Prefer: " + prefer).preferences();
  }

  private static ApiException refused(String prefer) {
    ApiException e = assertThrows(ApiException.class, () -> preferences(prefer), prefer);
    assertEquals(ErrorCode.INVALID_PREFERENCE, e.code());
    return e;
  }
}
