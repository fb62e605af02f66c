package dev.ringlet.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Preferences.Returns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each knob of a write, good and bad. */
class WriteOptionsTest {

  @Test
  void withoutHeadersNothingIsAskedFor() {
    assertEquals(
        new WriteOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Condition.NONE,
            new Deadline(Duration.ofSeconds(5), OptionalLong.of(0)),
            new Preferences(Optional.empty(), false, false, Optional.empty(), false, List.of())),
        TestOptions.write());
  }

  @Test
  void readsEveryKnob() {
    WriteOptions options =
        TestOptions.write(
            "Cassandra-Consistency: QUORUM",
            "Cassandra-Serial-Consistency: SERIAL",
            "Cassandra-TTL: 60",
            "Cassandra-Timestamp: 1763800000000000",
            "Prefer: return=representation, atomic; x=y, numbers=json, wait=30, later, concurrency=8");
    assertEquals(Optional.of("QUORUM"), options.consistency());
    assertEquals(Optional.of("SERIAL"), options.serialConsistency());
    assertEquals(Optional.of(60), options.ttl());
    assertEquals(Optional.of(1763800000000000L), options.timestamp());
    assertEquals(Duration.ofSeconds(30), options.deadline().timeout());
    assertEquals(
        new Preferences(
            Optional.of(Returns.REPRESENTATION),
            true,
            false,
            Optional.of(8),
            true,
            List.of("wait=30")),
        options.preferences());
  }

  @Test
  void eachOfManyRowsHasTheWholeTimeout() {
    WriteOptions options = TestOptions.write("Prefer: wait=3", "Cassandra-TTL: 60", "If-Match: *");
    WriteOptions each = options.forEach();
    assertEquals(new Deadline(Duration.ofSeconds(3), OptionalLong.empty()), each.deadline());
    assertEquals(options.ttl(), each.ttl());
    assertEquals(options.condition(), each.condition());
    assertEquals(options.preferences(), each.preferences());
  }

  @Test
  void theReadAfterAWriteHasItsDeadlineAndPreferences() {
    assertEquals(
        new ReadOptions(
            Optional.of("SERIAL"), Deadline.of(Duration.ofSeconds(3), 0), true, List.of("wait=3")),
        TestOptions.write("Prefer: wait=3, numbers=json", "Cassandra-Consistency: ALL")
            .read(Optional.of("SERIAL")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 630720000})
  void takesATtl(int seconds) {
    assertEquals(Optional.of(seconds), TestOptions.write("Cassandra-TTL: " + seconds).ttl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "630720001", "9999999999", "+1", "1.5", "1e2", "x", "", "１"})
  void refusesATtlThatIsNone(String seconds) {
    ApiException e = refused("Cassandra-TTL", seconds);
    assertEquals("ringlet.ttl.max", e.members().get("limit"));
  }

  @Test
  void aTtlHasTheLimitThatIsSet() {
    OptionsParser parser = parser("ringlet.ttl.max", "60");
    assertEquals(Optional.of(60), write(parser, "Cassandra-TTL: 60").ttl());
    refused(parser, "Cassandra-TTL", "61");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 1763800000000000L, -999999999999999999L, 8999999999999999999L})
  void takesATimestamp(long microseconds) {
    assertEquals(
        Optional.of(microseconds),
        TestOptions.write("Cassandra-Timestamp: " + microseconds).timestamp());
  }

  @ParameterizedTest
  @ValueSource(longs = {-9223372036854775807L, -1000000000000000000L, 9223372036854775807L})
  void takesEveryTimestampThatCassandraTakes(long microseconds) {
    takesATimestamp(microseconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-9223372036854775808", // is Cassandra's own
        "-9223372036854775809",
        "9223372036854775808",
        "99999999999999999999",
        "+1",
        "1.5",
        "-",
        "now",
        "",
        "１"
      })
  void refusesATimestampThatIsNone(String microseconds) {
    refused("Cassandra-Timestamp", microseconds);
  }

  @Test
  void refusesEveryTimestampWhereTheyAreNotAllowed() {
    OptionsParser parser = parser("ringlet.timestamp.allowed", "false");
    ApiException e = refused(parser, "Cassandra-Timestamp", "1");
    assertEquals(true, e.detail().contains("ringlet.timestamp.allowed"));
    assertEquals(Optional.empty(), write(parser).timestamp());
  }

  @ParameterizedTest
  @CsvSource({"SERIAL", "LOCAL_SERIAL"})
  void aSerialLevelIsForReadsAndTheLwtsOfWrites(String level) {
    ApiException e = refused("Cassandra-Consistency", level);
    assertEquals(
        List.of("ONE", "TWO", "THREE", "QUORUM", "ALL", "LOCAL_ONE", "LOCAL_QUORUM", "EACH_QUORUM"),
        e.members().get("allowed"));
    assertEquals(
        Optional.of(level),
        TestOptions.write("Cassandra-Serial-Consistency: " + level).serialConsistency());
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUORUM", "ONE", "serial", "EACH_SERIAL", ""})
  void noOtherLevelIsSerial(String level) {
    refused("Cassandra-Serial-Consistency", level);
  }

  @Test
  void aSerialLevelIsTakenWhereItIsAllowed() {
    OptionsParser parser = parser("ringlet.consistency.allowed", "ONE,LOCAL_SERIAL");
    String header = "Cassandra-Serial-Consistency";
    assertEquals(
        Optional.of("LOCAL_SERIAL"), write(parser, header + ": LOCAL_SERIAL").serialConsistency());
    for (String level : List.of("SERIAL", "ONE")) {
      ApiException e = refused(parser, header, level);
      assertEquals(List.of("LOCAL_SERIAL"), e.members().get("allowed"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Cassandra-Consistency, ONE",
    "Cassandra-Serial-Consistency, SERIAL",
    "Cassandra-TTL, 5",
    "Cassandra-Timestamp, 5"
  })
  void refusesAHeaderThatComesTwice(String header, String value) {
    String line = header + ": " + value;
    ApiException e = assertThrows(ApiException.class, () -> TestOptions.write(line, line));
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
    assertEquals(header, e.members().get("header"));
  }

  @Test
  void takesTheConsistencyLevelsThatAreAllowed() {
    OptionsParser parser = parser("ringlet.consistency.allowed", "QUORUM,LOCAL_ONE");
    assertEquals(
        Optional.of("LOCAL_ONE"), write(parser, "Cassandra-Consistency: LOCAL_ONE").consistency());
    ApiException e = refused(parser, "Cassandra-Consistency", "QUORUN");
    assertEquals(List.of("QUORUM", "LOCAL_ONE"), e.members().get("allowed"));
    assertEquals("Did you mean QUORUM?", e.members().get("hint"));
  }

  @Test
  void anyIsForWritesWhereItIsAllowed() {
    refused("Cassandra-Consistency", "ANY");
    OptionsParser parser = parser("ringlet.consistency.allowed", "ONE,ANY");
    assertEquals(Optional.of("ANY"), write(parser, "Cassandra-Consistency: ANY").consistency());
    ApiException e =
        assertThrows(
            ApiException.class,
            () -> parser.ofRead(TestOptions.lookup("Cassandra-Consistency: ANY"), 0));
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
    assertEquals("Cassandra-Consistency", e.members().get("header"));
  }

  private static OptionsParser parser(String property, String value) {
    return new OptionsParser(TestConfig.of(Map.of(property, value)));
  }

  private static WriteOptions write(OptionsParser parser, String... headers) {
    return parser.ofWrite(TestOptions.lookup(headers), 0);
  }

  @CanIgnoreReturnValue
  private static ApiException refused(String header, String value) {
    return refused(new OptionsParser(TestConfig.defaults()), header, value);
  }

  @CanIgnoreReturnValue
  private static ApiException refused(OptionsParser parser, String header, String value) {
    ApiException e =
        assertThrows(ApiException.class, () -> write(parser, header + ": " + value), value);
    assertEquals(ErrorCode.INVALID_HEADER, e.code());
    assertEquals(header, e.members().get("header"));
    return e;
  }
}
