package dev.ringlet.feature;

import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.closeConnection;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.isBootstrapping;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.noResult;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.overloaded;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.readTimeout;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.serverError;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.unavailable;
import static com.datastax.oss.simulacron.common.stubbing.PrimeDsl.writeTimeout;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.simulacron.common.codec.ConsistencyLevel;
import com.datastax.oss.simulacron.common.codec.WriteType;
import com.datastax.oss.simulacron.common.result.Result;
import com.datastax.oss.simulacron.common.stubbing.CloseType;
import com.datastax.oss.simulacron.common.stubbing.DisconnectAction.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent again when a node fails, and what the client is told. */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
class RetriesTest {
  /** Each node has one for statements; one more hears of changes. */
  private static final int CONNECTIONS = 4;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
  private enum Write {
    PUT("{\"v\":\"x\"}", "INSERT INTO fake.t (k, l, v) VALUES (?, ?, ?)", "k", "l", "v"),
    PUT_LIST("{\"l\":[\"x\"]}", "INSERT INTO fake.t (k, l, v) VALUES (?, ?, ?)", "k", "l", "v"),
    LIST_ADD(
        "{\"l\":{\"$add\":[\"x\"]}}",
        "UPDATE fake.t SET l = l + ?, v = ? WHERE k = ?",
        "l",
        "v",
        "k"),
    COUNTER("{\"n\":{\"$inc\":1}}", "UPDATE fake.c SET n = n + ? WHERE k = ?", "n", "k"),
    LWT("{\"v\":\"x\"}", "UPDATE fake.t SET l = ?, v = ? WHERE k = ? IF EXISTS", "l", "v", "k");

    private final String body;
    private final String cql;
    private final Map<String, String> columns = new LinkedHashMap<>();

    Write(String body, String cql, String... columns) {
      this.body = body;
      this.cql = cql;
      for (String column : columns) {
        this.columns.put(
            column,
            column.equals("l") ? "list<varchar>" : column.equals("n") ? "bigint" : "varchar");
      }
    }
  }

  @SuppressWarnings("ImmutableEnumChecker")
  private enum Fault {
    WRITE_TIMEOUT(writeTimeout(ConsistencyLevel.LOCAL_QUORUM, 1, 2, WriteType.SIMPLE)),
    READ_TIMEOUT(readTimeout(ConsistencyLevel.LOCAL_SERIAL, 2, 2, false)),
    UNAVAILABLE(unavailable(ConsistencyLevel.LOCAL_QUORUM, 2, 1)),
    NO_BALLOT(unavailable(ConsistencyLevel.LOCAL_SERIAL, 2, 1)),
    OVERLOADED(overloaded("busy")),
    BOOTSTRAPPING(isBootstrapping()),
    SERVER_ERROR(serverError("oops")),
    CLOSED(closeConnection(Scope.CONNECTION, CloseType.DISCONNECT)),
    SILENT(noResult());

    private final Result result;

    Fault(Result result) {
      this.result = result;
    }
  }

  @BeforeEach
  void awaitConnected() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                FakeCassandra.connections() >= CONNECTIONS
                    && given().get(Management.url() + "/q/health/ready").statusCode() == 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT      | WRITE_TIMEOUT | 1 | 504 | write-outcome-unknown
          PUT      | UNAVAILABLE   | 2 | 503 | unavailable
          PUT      | OVERLOADED    | 3 | 503 | overloaded
          PUT      | BOOTSTRAPPING | 3 | 503 | unavailable
          PUT      | SERVER_ERROR  | 3 | 504 | write-outcome-unknown
          PUT      | CLOSED        | 3 | 504 | write-outcome-unknown
          PUT      | SILENT        | 1 | 504 | write-outcome-unknown
          PUT_LIST | UNAVAILABLE   | 1 | 503 | unavailable
          PUT_LIST | SERVER_ERROR  | 1 | 504 | write-outcome-unknown
          PUT_LIST | CLOSED        | 1 | 504 | write-outcome-unknown
          LIST_ADD | WRITE_TIMEOUT | 1 | 504 | write-outcome-unknown
          LIST_ADD | UNAVAILABLE   | 1 | 503 | unavailable
          LIST_ADD | OVERLOADED    | 1 | 503 | overloaded
          LIST_ADD | SERVER_ERROR  | 1 | 504 | write-outcome-unknown
          LIST_ADD | CLOSED        | 1 | 504 | write-outcome-unknown
          LIST_ADD | SILENT        | 1 | 504 | write-outcome-unknown
          COUNTER  | WRITE_TIMEOUT | 1 | 504 | write-outcome-unknown
          COUNTER  | UNAVAILABLE   | 1 | 503 | unavailable
          COUNTER  | OVERLOADED    | 1 | 503 | overloaded
          COUNTER  | SERVER_ERROR  | 1 | 504 | write-outcome-unknown
          COUNTER  | CLOSED        | 1 | 504 | write-outcome-unknown
          COUNTER  | SILENT        | 1 | 504 | write-outcome-unknown
          LWT      | WRITE_TIMEOUT | 1 | 504 | write-outcome-unknown
          LWT      | READ_TIMEOUT  | 1 | 504 | write-outcome-unknown
          LWT      | UNAVAILABLE   | 1 | 504 | write-outcome-unknown
          LWT      | NO_BALLOT     | 1 | 503 | unavailable
          LWT      | OVERLOADED    | 1 | 504 | write-outcome-unknown
          LWT      | SERVER_ERROR  | 1 | 504 | write-outcome-unknown
          LWT      | CLOSED        | 1 | 504 | write-outcome-unknown
          LWT      | SILENT        | 1 | 504 | write-outcome-unknown
          """)
  void sendsAgainOnlyWhatIsIdempotent(Write write, Fault fault, int sent, int status, String code) {
    String key = fault.name().toLowerCase(Locale.ROOT);
    FakeCassandra.prime(write.cql, write.columns, key, fault.result);
    FakeCassandra.clear();
    var request =
        given().contentType("application/json").header("Prefer", "wait=1").body(write.body);
    if (write == Write.LWT) {
      request.header("If-Match", "*");
    }
    request
        .request(
            write.name().startsWith("PUT") ? "PUT" : "PATCH",
            "/v1/fake/" + (write == Write.COUNTER ? "c/" : "t/") + key)
        .then()
        .statusCode(status)
        .header("Retry-After", status == 503 ? equalTo("1") : nullValue())
        .body("code", equalTo(code));
    assertEquals(sent, FakeCassandra.executed());
  }
}
