package dev.ringlet.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What looks like CQL, a path, a header or a line of a log is data: it comes back as it was sent,
 * or is refused. Nothing else happens.
 */
@Tag("faults")
class InjectionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE = "/v1/" + Witness.KEYSPACE + "/data";
  private static final Set<Integer> UNKNOWN = Set.of(400, 404);

  private static Witness witness;
  private static Packaged ringlet;

  @BeforeAll
  static void start() {
    String contactPoints = "127.0.0.1:" + TestCassandra.port();
    witness = new Witness(contactPoints);
    ringlet =
        Packaged.start(
            "injection",
            contactPoints,
            Map.of(
                "RINGLET_EXPOSE",
                Witness.KEYSPACE,
                "RINGLET_SCAN",
                Witness.KEYSPACE + ".data",
                "RINGLET_ACCESS_LOG",
                "true"));
    ringlet.awaitReady();
  }

  @AfterAll
  static void stop() {
    ringlet.close();
    witness.close();
  }

  @AfterEach
  void nothingElseHappened() throws IOException {
    witness.assertNothingElseHappened(ringlet.log());
  }

  /** Each on a connection of its own, since what is no HTTP ends one. */
  private static RawHttp.Answer ask(String line, String headers, String body) throws IOException {
    try (RawHttp http = new RawHttp(ringlet.uri(""))) {
      String utf8 = Text.latin(body);
      String type =
          body.isEmpty() || headers.contains("Content-Type:")
              ? ""
              : "Content-Type: application/json\r\n";
      http.send(
          "%s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(line, headers + type, utf8.length(), utf8));
      RawHttp.Answer answer = http.answer(false);
      assertTrue(answer.status() < 500, () -> line + " " + answer.body());
      for (String header : answer.head().split("\n", -1)) {
        assertFalse(header.startsWith("X-Injected"), answer.head());
      }
      return answer;
    }
  }

  private static RawHttp.Answer ask(String line) throws IOException {
    return ask(line, "", "");
  }

  private static JsonNode rows(String query) throws IOException {
    RawHttp.Answer answer = ask("GET " + TABLE + query);
    assertEquals(200, answer.status(), () -> query + " " + answer.body());
    return JSON.readTree(answer.body());
  }

  private static void write(InjectedRow row) throws IOException {
    RawHttp.Answer answer =
        ask(row.method() + " " + row.path(TABLE), row.header(), row.body(TABLE));
    assertTrue(answer.status() < 300, () -> row + ": " + answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post",
        "put",
        "patch",
        "array",
        "atomic",
        "ndjson",
        "condition",
        "csv",
        "batch",
        "replace"
      })
  void aValueIsStoredAndComesBackAsItWasSent(String form) throws IOException {
    for (String text : Injections.TEXTS) {
      InjectedRow written = new InjectedRow(form, text);
      write(written);
      Row row = witness.row(text, form);
      assertEquals(text, row.getString("t"));
      assertEquals(Map.of(text, text), row.getMap("m", String.class, String.class));
      assertEquals(Set.of(text), row.getSet("s", String.class));
      JsonNode read = rows("/" + Text.percent(text) + "/" + form);
      assertEquals(JSON.readTree(written.json()), read);
    }
  }

  @Test
  void aFilterFindsWhatItSaysAndNothingElse() throws IOException {
    for (String text : Injections.TEXTS) {
      write(new InjectedRow("post", text));
    }
    for (String text : Injections.TEXTS) {
      String value = Text.percent(text);
      String item = Text.percent(Text.quoted(text));
      for (String query :
          List.of(
              "?c=eq.post&k=eq." + value,
              "?c=eq.post&k=in.(" + item + ")",
              "?c=eq.post&scan=true&t=eq." + value,
              "?c=eq.post&scan=true&s=contains." + value,
              "?c=eq.post&scan=true&m=contains_key." + value,
              "?c=eq.post&scan=true&m=entry.(" + item + "," + item + ")")) {
        JsonNode found = rows(query);
        assertEquals(1, found.size(), query);
        assertEquals(text, found.get(0).path("t").asText());
      }
    }
  }

  @Test
  void aNameIsOneThatExistsOrIsRefused() throws IOException {
    for (String text : Injections.TEXTS) {
      String name = Text.percent(text);
      String quoted = Text.percent(Text.quoted(text));
      for (String target :
          List.of(
              "/v1/" + name,
              "/v1/" + name + "/data/x/y",
              "/v1/injection/" + name,
              "/v1/injection/" + name + "/x",
              TABLE + "/x?select=" + quoted,
              TABLE + "/x?select=ttl(" + quoted + ")",
              TABLE + "/x?order=" + quoted + ".asc",
              TABLE + "/x?" + quoted + "=eq.x",
              TABLE + "/x?after=" + name,
              TABLE + "/x?limit=" + name,
              TABLE + "?scan=true&split=" + name)) {
        int status = ask("GET " + target).status();
        assertTrue(UNKNOWN.contains(status), target + " " + status);
      }
      String member = "{\"k\":\"x\",\"c\":\"x\"," + Text.json(text) + ":\"x\"}";
      assertEquals(400, ask("POST " + TABLE, "", member).status(), text);
      String header = "k,c," + Text.csv(text) + "\nx,x,x\n";
      assertEquals(400, ask("POST " + TABLE, "Content-Type: text/csv\r\n", header).status(), text);
    }
  }

  @Test
  void anAliasIsWhatTheClientCallsIt() throws IOException {
    write(new InjectedRow("put", "x"));
    for (String text : Injections.TEXTS) {
      JsonNode row = rows("/x/put?select=" + Text.percent(Text.quoted(text)) + ":t");
      assertEquals(JSON.createObjectNode().put(text, "x"), row);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Accept-Encoding",
        "Cassandra-Consistency",
        "Cassandra-TTL",
        "Cassandra-Timestamp",
        "Content-Type",
        "Host",
        "If-Match",
        "If-None-Match",
        "Origin",
        "Prefer",
        "X-Request-Id"
      })
  void aHeaderIsUnderstoodOrRefused(String name) throws IOException {
    for (String text : Injections.TEXTS) {
      String line = name + ": " + Text.latin(text) + "\r\n";
      for (String method : List.of("GET", "PUT")) {
        RawHttp.Answer answer = ask(method + " " + TABLE + "/header/x", line, "{\"t\":\"x\"}");
        String id = answer.head().replaceAll("(?s).*X-Request-Id: ([^\n]*)\n.*|.*", "$1");
        assertTrue(id.matches("[A-Za-z0-9._:/+=@-]*"), id);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/injection/%2e%2e/injection/witness",
        "/v1/injection/data/%2e%2e/witness",
        "/v1/injection/data/..%2fwitness/x",
        "/v1/injection/data%2f..%2fwitness/a",
        "/v1/injection/data/%252e%252e/witness",
        "/v1/%2e%2e/q/metrics",
        "/v1/../q/metrics",
        "/q/metrics",
        "/v1/injection/w\u0131tness/a",
        "/v1/injection/%77itness%00/a",
        "/v1/injection/WITNESS/a",
        "/v1/injection/%ef%bd%97itness/a",
        "/v1/injection/%c0%ae%c0%ae/a",
        "/v1/injection%2fwitness/a",
        "/v1/injection/witness%3b/a",
        "/v1/system_auth/roles",
        "/v1/System_auth/roles",
        "/v1/system_auth%00/roles"
      })
  void aPathLeadsNowhereElse(String path) throws IOException {
    RawHttp.Answer answer = ask("GET " + path);
    assertTrue(UNKNOWN.contains(answer.status()), () -> answer.status() + answer.body());
  }
}
