package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.noRows;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.rows;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.protocol.internal.ProtocolConstants.ErrorCode;
import com.datastax.oss.protocol.internal.response.Error;
import dev.ringlet.local.FaultyProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A request has one deadline, whatever it needs of Cassandra. Each answer takes more than half of
 * it here: the first is in time, and what comes after it is not.
 */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
class DeadlinesTest {
  private static final Duration SLOW = Duration.ofMillis(2400);
  private static final int WAIT = 4;

  private static final FaultyProxy.Fault SLOW_ERROR =
      (frame, connection) -> {
        connection.pause(SLOW);
        connection.answer(frame, new Error(ErrorCode.SERVER_ERROR, "no"));
      };

  private static final FaultyProxy.Fault SLOW_ANSWER =
      (frame, connection) -> {
        connection.pause(SLOW);
        connection.pass(frame);
      };

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
  }

  private static void begin(FaultyProxy.Fault fault) {
    FakeCassandra.clear();
    FakeCassandra.proxies().forEach(proxy -> proxy.fail(fault));
  }

  /** What may be done twice is also sent before the first answer: it is slow enough for that. */
  @ParameterizedTest
  @CsvSource({
    "READ, 3, read-timeout",
    "PUT, 3, write-outcome-unknown",
    "COUNTER, 1, write-outcome-unknown",
    "LWT, 1, write-outcome-unknown",
    "BATCH, 3, write-outcome-unknown"
  })
  void whatIsSentAgainHasWhatIsLeft(Statement statement, int sent, String code) {
    assertEquals(true, statement.send(WAIT, Fault.SILENT).statusCode() != 503);
    begin(SLOW_ERROR);
    statement.send(WAIT, Fault.SILENT).then().statusCode(504).body("code", equalTo(code));
    assertEquals(sent, FakeCassandra.executed());
  }

  /** The driver alone would wait for {@code quarkus.cassandra.request.timeout}. */
  @ParameterizedTest
  @CsvSource({"NEW_READ", "NEW_PUT"})
  void preparingIsPartOfIt(Statement statement) {
    FakeCassandra.proxies().forEach(FaultyProxy::failAtPrepare);
    begin((frame, connection) -> connection.pause(SLOW.multipliedBy(2)));
    statement
        .send(WAIT, Fault.SILENT)
        .then()
        .statusCode(503)
        .body("detail", equalTo("The statement was not prepared in time."));
    assertEquals(0, FakeCassandra.executed());
  }

  /** What is new need not be prepared on each node before it is used. */
  @Test
  void preparingDoesNotWaitForANodeThatHangs() {
    FakeCassandra.proxies().get(0).deafen();
    assertTrue(
        Stream.of(Fault.values())
            .limit(20)
            .anyMatch(table -> Statement.NEW_READ.send(1, table).statusCode() == 404));
  }

  /** Of the table that a node does not know. What is left counts from when it has said so. */
  @ParameterizedTest
  @CsvSource({"READ", "COUNTER", "COUNTERS_OF_A_PARTITION"})
  void readingTheSchemaAgainIsPartOfIt(Statement statement) {
    assertEquals(true, statement.send(WAIT, Fault.SILENT).statusCode() != 503);
    begin(
        (frame, connection) -> {
          connection.pause(SLOW);
          FakeCassandra.proxies().forEach(FaultyProxy::deafen);
          connection.answer(frame, new Error(ErrorCode.INVALID, "unconfigured table t"));
        });
    long sent = System.nanoTime();
    statement.send(WAIT, Fault.SILENT).then().statusCode(503);
    Duration took = Duration.ofNanos(System.nanoTime() - sent);
    assertTrue(took.compareTo(SLOW.plusSeconds(WAIT)) < 0, took.toString());
  }

  @Test
  void theReadThatAConditionNeedsIsPartOfIt() {
    String read = "SELECT k, l, v FROM fake.t WHERE k = ?";
    FakeCassandra.prime(read, Map.of("k", "varchar"), "x", noRows());
    FakeCassandra.prime(
        read,
        Map.of("k", "varchar"),
        "there",
        rows()
            .row("k", "there", "l", List.of(), "v", "x")
            .columnTypes("k", "varchar", "l", "list<varchar>", "v", "varchar")
            .build());
    String etag = given().get("/v1/fake/t/there").then().statusCode(200).extract().header("ETag");
    assertEquals(204, conditional(etag));
    begin(SLOW_ANSWER);
    assertEquals(504, conditional(etag));
    assertEquals(2, FakeCassandra.executed());
  }

  private static int conditional(String etag) {
    return given()
        .contentType("application/json")
        .header("Prefer", "wait=" + WAIT)
        .header("If-Match", etag)
        .body("{\"v\":\"y\"}")
        .put("/v1/fake/t/there")
        .statusCode();
  }
}
