package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsParserTest {
  private final OptionsParser parser =
      new OptionsParser(TestConfig.of(Map.of("ringlet.consistency.allowed", "ONE,SERIAL")));

  @Test
  void readsPreferencesAndNamesWhatItObeys() {
    ReadOptions options = prefer("numbers=json, wait=10; x=y, respond-async, handling=lenient,");
    assertEquals(true, options.numbersAsJson());
    assertEquals(Duration.ofSeconds(10), options.deadline().timeout());
    assertEquals(List.of("handling=lenient", "numbers=json", "wait=10"), options.applied());
    assertEquals(List.of(), TestOptions.read().applied());
  }

  /** What is asked for may look at no preference. */
  @ParameterizedTest
  @CsvSource({"wait=8, 8", "wait=31, 5", "wait=soon, 5", "numbers=hex, 5", "wait=\", 5"})
  void howLongItMayTakeIsSaidByPreferIfThatIsRight(String prefer, int seconds) {
    assertEquals(Deadline.of(Duration.ofSeconds(seconds), 7), parser.deadline(List.of(prefer), 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          numbers=hex
          wait=0
          wait=31
          wait=soon
          handling=loose
          handling=strict, nmbers=json
          """)
  void refusesWhatItDoesNotUnderstand(String value) {
    ApiException e = assertThrows(ApiException.class, () -> prefer(value));
    assertEquals(ErrorCode.INVALID_PREFERENCE, e.code());
  }

  @Test
  void takesTheConsistencyLevelsThatAreAllowed() {
    assertEquals(Optional.of("SERIAL"), header("Cassandra-Consistency", "SERIAL").consistency());
    ApiException e = assertThrows(ApiException.class, () -> header("Cassandra-Consistency", "ALL"));
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
    assertEquals(List.of("ONE", "SERIAL"), e.members().get("allowed"));
  }

  @Test
  void refusesHeadersThatAreForWrites() {
    for (String name :
        List.of("Cassandra-TTL", "Cassandra-Timestamp", "Cassandra-Serial-Consistency")) {
      ApiException e = assertThrows(ApiException.class, () -> header(name, "1"));
      assertEquals(name, e.members().get("header"));
    }
  }

  private ReadOptions prefer(String value) {
    return header("Prefer", value);
  }

  private ReadOptions header(String header, String value) {
    return parser.ofRead(name -> name.equals(header) ? List.of(value) : List.of(), 0);
  }
}
