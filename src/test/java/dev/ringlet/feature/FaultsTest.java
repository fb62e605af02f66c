package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants.ConsistencyLevel;
import com.datastax.oss.protocol.internal.ProtocolConstants.ErrorCode;
import com.datastax.oss.protocol.internal.request.Batch;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.error.Unavailable;
import dev.ringlet.local.FaultyProxy;
import dev.ringlet.local.NativeFrame;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent again when a node or a connection fails, and what the client is told. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class FaultsTest {
  /**
   * All three nodes have the fault: what the client is told of a statement of a kind, and how often
   * it was sent. In the last column the fault comes while the statement is prepared.
   */
  private static final String TABLE =
      """
      fault                        | read          | write         | once          | counters      | lwt           | batch         | prepare
      SERVER_ERROR                 | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      PROTOCOL_ERROR               | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      BAD_CREDENTIALS              | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      UNAVAILABLE                  | unavailable 2 | unavailable 2 | unavailable 1 | unknown 1     | unknown 1     | unavailable 2 | unavailable 0
      UNAVAILABLE_SERIAL           | unavailable 2 | unavailable 2 | unavailable 1 | unknown 1     | unavailable 1 | unavailable 2 | unavailable 0
      OVERLOADED                   | overloaded 3  | overloaded 3  | overloaded 1  | unknown 1     | unknown 1     | unknown 3     | overloaded 0
      BOOTSTRAPPING                | unavailable 3 | unavailable 3 | unavailable 3 | unavailable 3 | unavailable 3 | unavailable 3 | unavailable 0
      TRUNCATE_ERROR               | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      WRITE_TIMEOUT_SIMPLE         | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRITE_TIMEOUT_BATCH          | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRITE_TIMEOUT_UNLOGGED_BATCH | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRITE_TIMEOUT_COUNTER        | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRITE_TIMEOUT_BATCH_LOG      | late 2        | unknown 2     | unknown 1     | unknown 1     | unknown 1     | unknown 2     | unavailable 0
      WRITE_TIMEOUT_CAS            | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRITE_TIMEOUT_VIEW           | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRITE_TIMEOUT_CDC            | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      READ_TIMEOUT_FEW             | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      READ_TIMEOUT_DIGESTS         | late 2        | unknown 2     | unknown 1     | unknown 1     | unknown 1     | unknown 2     | unavailable 0
      READ_TIMEOUT_DATA            | late 1        | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      READ_FAILURE                 | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      FUNCTION_FAILURE             | refused 1     | refused 1     | refused 1     | refused 1     | refused 1     | refused 1     | refused 0
      WRITE_FAILURE                | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      CDC_WRITE_FAILURE            | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      CAS_WRITE_UNKNOWN            | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      SYNTAX_ERROR                 | refused 1     | refused 1     | refused 1     | refused 1     | refused 1     | refused 1     | refused 0
      UNAUTHORIZED                 | forbidden 1   | forbidden 1   | forbidden 1   | forbidden 1   | forbidden 1   | forbidden 1   | forbidden 0
      INVALID                      | refused 1     | refused 1     | refused 1     | refused 1     | refused 1     | refused 1     | refused 0
      CONFIG_ERROR                 | defect 1      | defect 1      | defect 1      | defect 1      | defect 1      | defect 1      | defect 0
      ALREADY_EXISTS               | defect 1      | defect 1      | defect 1      | defect 1      | defect 1      | defect 1      | defect 0
      UNPREPARED_ONCE              | done 2        | done 2        | done 2        | done 2        | done 2        | done 2        | done 1
      REFUSED                      | unavailable 0 | unavailable 0 | unavailable 0 | unavailable 0 | unavailable 0 | unavailable 0 | unavailable 0
      CLOSED                       | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      RESET                        | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      RESET_AMID_ANSWER            | unavailable 3 | unknown 3     | unknown 1     | unknown 1     | unknown 1     | unknown 3     | unavailable 0
      SILENT                       | late 2        | unknown 2     | unknown 1     | unknown 1     | unknown 1     | unknown 2     | unavailable 0
      HALF_OPEN                    | late 2        | unknown 2     | unknown 1     | unknown 1     | unknown 1     | unknown 2     | unavailable 0
      BYTE_BY_BYTE                 | done 1        | done 1        | done 1        | done 1        | done 1        | done 1        | done 1
      BYTE_BY_BYTE_TOO_SLOW        | late 2        | unknown 2     | unknown 1     | unknown 1     | unknown 1     | unknown 2     | unavailable 0
      UNKNOWN_ERROR                | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRONG_OPCODE                 | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      WRONG_VERSION                | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      TOO_LONG                     | limit 1       | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      BROKEN_TEXT                  | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      READY                        | unavailable 1 | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unknown 1     | unavailable 0
      HTTP                         | late 2        | unknown 2     | unknown 1     | unknown 1     | unknown 1     | unknown 2     | unavailable 0
      """;

  /** What the words of the table stand for. */
  private static final Map<String, String> ENDS =
      Map.of(
          "504 read-timeout", "late",
          "504 write-outcome-unknown", "unknown",
          "503 unavailable", "unavailable",
          "503 overloaded", "overloaded",
          "400 refused-by-cassandra", "refused",
          "400 limit-exceeded", "limit",
          "403 forbidden", "forbidden",
          "500 internal", "defect",
          "404 row-not-found", "done");

  private static final Message UNAVAILABLE =
      new Unavailable("no", ConsistencyLevel.LOCAL_QUORUM, 2, 1);

  /** What Cassandra says of a statement that was planned for the table before it was altered. */
  private static final Message ALTERED = new Error(ErrorCode.INVALID, "unconfigured table t");

  /** Seconds; no answer that comes takes so long. */
  private static final int AMPLE = 10;

  /** What takes longer may have been sent to another node as well, after 500 ms. */
  private static final Duration PROMPT = Duration.ofMillis(400);

  private static final int ROUNDS = 3;

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
    FakeCassandra.awaitAllAsked();
  }

  static Stream<Arguments> cases() {
    List<List<String>> rows = TABLE.lines().map(row -> List.of(row.split(" *\\| *", -1))).toList();
    Map<String, List<String>> ofFault =
        rows.stream().collect(Collectors.toMap(row -> row.get(0), row -> row));
    return Arrays.stream(Fault.values())
        .flatMap(
            fault ->
                Arrays.stream(Statement.values())
                    .map(
                        statement -> {
                          int column = rows.get(0).indexOf(statement.column());
                          String cell = ofFault.get(fault.name()).get(column);
                          return Arguments.of(fault, statement, cell);
                        }));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("cases")
  void isToldAndSentAgainAsTheTableSays(Fault fault, Statement statement, String cell) {
    String told = send(fault, statement, 1);
    if (fault.lasts()) { // what was sent may not have come yet
      await()
          .pollDelay(Duration.ZERO)
          .untilAsserted(() -> assertEquals(cell, told + " " + FakeCassandra.executed()));
    } else {
      assertEquals(cell, told + " " + FakeCassandra.executed());
    }
  }

  /** The first node is silent, the next one has forgotten the statement, the others are no use. */
  @ParameterizedTest
  @CsvSource({
    "READ, unavailable 4",
    "PUT, unknown 4",
    "BATCH, unknown 4",
  })
  void aNodeThatForgotSaysNothingOfTheOneThatIsSilent(Statement statement, String told) {
    assertEquals("done", end(statement.send(AMPLE, Fault.UNAVAILABLE)));
    FakeCassandra.clear();
    AtomicInteger sent = new AtomicInteger();
    fail(
        (frame, connection) -> {
          int before = sent.getAndIncrement();
          if (before == 0) {
            connection.lose();
          } else {
            connection.answer(frame, before == 1 ? Fault.unprepared(frame) : UNAVAILABLE);
          }
        });
    assertEquals(told, end(statement.send(AMPLE, Fault.UNAVAILABLE)) + " " + sent);
  }

  /**
   * The same, but then the table was altered. The first node may do it later: it must not win over
   * what was written since.
   */
  @ParameterizedTest
  @EnumSource(names = {"PUT", "BATCH"})
  void aWriteThatIsPlannedAgainKeepsItsTimestamp(Statement statement) {
    assertEquals("done", end(statement.send(AMPLE, Fault.UNAVAILABLE)));
    FakeCassandra.clear();
    List<Long> timestamps = new CopyOnWriteArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    fail(
        (frame, connection) -> {
          int before = sent.getAndIncrement();
          timestamps.add(timestamp(frame));
          if (before == 0) {
            connection.lose();
          } else if (before == 1) {
            connection.answer(frame, Fault.unprepared(frame));
          } else if (before == 2) {
            connection.answer(frame, ALTERED);
          } else {
            connection.pass(frame);
          }
        });
    assertEquals("done", end(statement.send(AMPLE, Fault.UNAVAILABLE)));
    assertTrue(sent.get() > 3, timestamps.toString());
    assertEquals(1, Set.copyOf(timestamps).size(), timestamps.toString());
  }

  /** The first attempt may have been done: the second must write the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT   | /fake/u/x | application/json                    | {"u": $}
          PATCH | /fake/u/x | application/json                    | {"u": $}
          POST  | /fake/u   | application/json                    | {"k": "x", "u": $}
          POST  | /fake/u   | application/json                    | [{"k": "x", "u": $}]
          POST  | /fake/u   | application/json; Prefer: atomic    | [{"k": "x", "u": $}]
          POST  | /fake/u   | application/x-ndjson                | {"k": "x", "u": $}
          POST  | /fake/u   | application/cloudevents+json        | {%s, "data": {"k": "x", "u": $}}
          POST  | /fake/u   | application/cloudevents-batch+json  | [{%s, "data": {"k": "x", "u": $}}]
          POST  | ''        | application/json                    | [{"insert": "/v1/fake/u", "row": {"k": "x", "u": $}}]
          """)
  void aWriteThatIsPlannedAgainKeepsWhatWasMadeForIt(
      String method, String path, String headers, String body) {
    List<ByteBuffer> made = new CopyOnWriteArrayList<>();
    fail(
        (frame, connection) -> {
          made.add(uuid(frame));
          if (made.size() == 1) {
            connection.answer(frame, ALTERED);
          } else {
            connection.pass(frame);
          }
        });
    String[] contentType = headers.split("; Prefer: ", 2);
    String event = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"";
    Response answer =
        given()
            .contentType(contentType[0])
            .header("Prefer", contentType.length == 2 ? contentType[1] : "wait=10")
            .body(
                body.replace("%s", event)
                    .replace("$", "{\"$uuid\": true}")
                    .getBytes(StandardCharsets.UTF_8))
            .request(method, "/v1" + path);
    assertEquals(2, answer.statusCode() / 100, answer.asString());
    assertEquals(2, made.size());
    assertEquals(made.get(0), made.get(1));
  }

  /** The only value of a statement that has so many bytes. */
  private static ByteBuffer uuid(NativeFrame frame) {
    List<ByteBuffer> values =
        frame.message() instanceof Batch batch
            ? batch.values.get(0)
            : ((Execute) frame.message()).options.positionalValues;
    return values.stream().filter(value -> value.remaining() == 16).findFirst().orElseThrow();
  }

  private static long timestamp(NativeFrame frame) {
    return frame.message() instanceof Batch batch
        ? batch.defaultTimestamp
        : ((Execute) frame.message()).options.defaultTimestamp;
  }

  /** It has been sent to no other node. */
  @Test
  void aNodeThatForgotHasDoneNothing() {
    assertEquals("done", end(Statement.APPEND.send(AMPLE, Fault.UNAVAILABLE)));
    AtomicInteger sent = new AtomicInteger();
    fail(
        (frame, connection) ->
            connection.answer(
                frame, sent.getAndIncrement() == 0 ? Fault.unprepared(frame) : UNAVAILABLE));
    assertEquals("unavailable", end(Statement.APPEND.send(AMPLE, Fault.UNAVAILABLE)));
  }

  private static void fail(FaultyProxy.Fault fault) {
    FakeCassandra.proxies().forEach(proxy -> proxy.fail(fault));
  }

  @Test
  void aBatchOfEventsIsNotSentAgainAsAWholeWhenTheTableIsAltered() {
    assertEquals("done", end(events("a", "b")));
    FakeCassandra.clear();
    fail(
        (frame, connection) -> {
          if (value(frame, 0).equals("gone")) {
            connection.answer(frame, ALTERED);
          } else {
            connection.pass(frame);
          }
        });
    Response answer = events("a", "gone");
    assertEquals(
        "503 schema-changing 1",
        answer.statusCode() + " " + answer.path("code") + " " + answer.path("written"));
    assertEquals(1 + 3, FakeCassandra.executed());
  }

  /** Of two rows with the same key the last one stays, however late the first one is written. */
  @Test
  void aRowKeepsItsTimestampWhenTheTableIsAltered() {
    String rows = "[{\"k\":\"x\",\"v\":\"1\"},{\"k\":\"x\",\"v\":\"2\"}]";
    assertEquals("done", end(array(rows)));
    Map<String, List<Long>> timestamps =
        Map.of("1", new CopyOnWriteArrayList<>(), "2", new CopyOnWriteArrayList<>());
    fail(
        (frame, connection) -> {
          List<Long> ofRow = timestamps.get(value(frame, 2));
          ofRow.add(((Execute) frame.message()).options.defaultTimestamp);
          if (ofRow == timestamps.get("1") && ofRow.size() == 1) {
            connection.answer(frame, ALTERED);
          } else {
            connection.pass(frame);
          }
        });
    array(rows).then().statusCode(200).body("written", equalTo(2));
    long first = timestamps.get("1").get(0);
    assertEquals(List.of(first, first), timestamps.get("1"));
    assertEquals(1, timestamps.get("2").size());
    assertTrue(timestamps.get("2").get(0) > first, timestamps.toString());
  }

  private static Response array(String rows) {
    return given()
        .contentType("application/json")
        .header("Prefer", "concurrency=2")
        .body(rows)
        .post("/v1/fake/t");
  }

  private static Response events(String... keys) {
    String event =
        """
        {"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"k":"%s","v":"x"}}""";
    return given()
        .contentType("application/cloudevents-batch+json")
        .body(Stream.of(keys).map(event::formatted).toList().toString())
        .post("/v1/fake/t");
  }

  /** Of an INSERT into {@code (k, l, v)}. */
  private static String value(NativeFrame frame, int index) {
    ByteBuffer value = ((Execute) frame.message()).options.positionalValues.get(index);
    return StandardCharsets.UTF_8.decode(value).toString();
  }

  /** What the client is told. Where the machine stood still, it is asked again. */
  private String send(Fault fault, Statement statement, int round) {
    if (statement.isNew()) {
      FakeCassandra.proxies().forEach(FaultyProxy::failAtPrepare);
    } else {
      assertEquals("done", end(statement.send(AMPLE, fault)));
    }
    FakeCassandra.begin(fault);
    long began = System.nanoTime();
    Response answer = statement.send(fault.lasts() ? statement.patience() : AMPLE, fault);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertEquals(answer.statusCode() == 503 ? "1" : null, answer.header("Retry-After"));
    // otherwise the driver's own time would be what ends it
    assertTrue(!fault.lasts() || took.compareTo(Duration.ofSeconds(10)) < 0, "took " + took);
    if (!fault.lasts() && took.compareTo(PROMPT) > 0 && round < ROUNDS) {
      heal();
      return send(fault, statement, round + 1);
    }
    return end(answer);
  }

  private static String end(Response answer) {
    int status = answer.statusCode();
    return status < 300
        ? "done"
        : ENDS.getOrDefault(status + " " + answer.path("code"), answer.asString());
  }
}
