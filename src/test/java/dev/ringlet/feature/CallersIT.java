package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers may, as they meet it. */
class CallersIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CASSANDRA = "127.0.0.1:" + TestCassandra.port();
  private static final String TABLE = "/v1/my_keyspace/my_table";

  private static Packaged ringlet;

  /** With a static column. */
  private static String table;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>(closed());
    key(settings, "ALICE", "customer");
    key(settings, "RITA", "rated");
    key(settings, "EVE", "stranger");
    rule(settings, "OWN", "customer", "read,create,write,delete");
    settings.put("RINGLET_RULES_OWN_ROWS", "key=eq.{sub}");
    key(settings, "BLAISE", "blind");
    rule(settings, "BLIND", "blind", "write,delete");
    key(settings, "HAL", "half");
    rule(settings, "HALF", "half", "read,write");
    settings.put("RINGLET_RULES_HALF_COLUMNS", "*,-value");
    key(settings, "WENDY", "writer");
    rule(settings, "WRITES", "writer", "write");
    settings.put("RINGLET_RULES_WRITES_RATE", "1");
    rule(settings, "NAMES", "rated", "read");
    settings.put("RINGLET_RULES_NAMES_COLUMNS", "*,-value");
    settings.put("RINGLET_RULES_NAMES_RATE", "1");
    key(settings, "RORY", "both");
    rule(settings, "KEYS", "both", "read");
    settings.put("RINGLET_RULES_KEYS_COLUMNS", "*,-value");
    rule(settings, "VALUES", "both", "read");
    settings.put("RINGLET_RULES_VALUES_ROWS", "key=eq.{sub}");
    settings.put("RINGLET_RULES_VALUES_RATE", "1");
    key(settings, "CARLA", "creator");
    rule(settings, "NEW", "creator", "create");
    String statics = "CREATE TABLE $ks.statics (k text, c int, s text STATIC, PRIMARY KEY (k, c))";
    table = Cassandra.create("callers", statics) + ".statics";
    settings.put("RINGLET_RULES_NEW_TABLES", table);
    key(settings, "ZOE", "often");
    rule(settings, "ALL", "often", "read,delete");
    settings.put("RINGLET_RULES_ALL_TABLES", table);
    settings.put("RINGLET_RULES_ALL_RATE", "1");
    rule(settings, "FIRST", "often", "read,delete");
    settings.put("RINGLET_RULES_FIRST_TABLES", table);
    settings.put("RINGLET_RULES_FIRST_ROWS", "k=eq.zoe&c=eq.1");
    ringlet = Packaged.start("callers", CASSANDRA, settings);
    ringlet.awaitReady();
  }

  @AfterAll
  static void stop() {
    ringlet.close();
  }

  private static Map<String, String> closed() {
    return Map.of("RINGLET_AUTH_ANONYMOUS_ROLES", "", "RINGLET_AUTH_PERMISSIONS", "rules");
  }

  private static void key(Map<String, String> settings, String name, String role) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(("key of " + name).getBytes(StandardCharsets.UTF_8));
    settings.put("RINGLET_AUTH_KEYS_" + name + "_HASH", HexFormat.of().formatHex(hash));
    settings.put("RINGLET_AUTH_KEYS_" + name + "_ROLES", role);
  }

  private static void rule(Map<String, String> settings, String name, String role, String may) {
    String prefix = "RINGLET_RULES_" + name;
    settings.put(prefix + "_ROLES", role);
    settings.put(prefix + "_TABLES", "my_keyspace.my_table");
    settings.put(prefix + "_MAY", may);
  }

  private static HttpResponse<String> send(
      Packaged to, String caller, String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!caller.isEmpty()) {
      request.header("X-API-Key", "key of " + caller);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String caller, String path) throws Exception {
    return send(ringlet, caller, "GET", path, "");
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void whatIsMineNeedsNoName() throws Exception {
    HttpResponse<String> posted = send(ringlet, "ALICE", "POST", TABLE, "{\"value\":\"mine\"}");
    assertEquals(201, posted.statusCode(), posted.body());
    assertEquals(TABLE + "/alice", posted.headers().firstValue("Location").orElseThrow());
    assertEquals("[{\"key\":\"alice\",\"value\":\"mine\"}]", get("ALICE", TABLE).body());
    assertEquals(200, get("ALICE", TABLE + "/alice").statusCode());
    HttpResponse<String> others = get("ALICE", TABLE + "/hello");
    assertEquals(403, others.statusCode());
    assertEquals("forbidden", json(others).get("code").asText());
    assertEquals(403, send(ringlet, "ALICE", "DELETE", TABLE + "/hello", "").statusCode());
  }

  @Test
  void ofManyRowsEachHasAnOutcome() throws Exception {
    HttpResponse<String> posted =
        send(
            ringlet,
            "ALICE",
            "POST",
            TABLE,
            "[{\"value\":\"1\"},{\"key\":\"bob\",\"value\":\"2\"},{\"key\":\"alice\",\"value\":\"3\"}]");
    assertEquals(200, posted.statusCode(), posted.body());
    assertEquals(2, json(posted).get("written").asInt(), posted.body());
    assertEquals("forbidden", json(posted).at("/outcomes/0/error/code").asText(), posted.body());
    assertEquals(1, json(posted).at("/outcomes/0/index").asInt(), posted.body());
  }

  @Test
  void whatOneMayNotDoAnythingWithIsNotThere() throws Exception {
    HttpResponse<String> hidden = get("EVE", TABLE);
    assertEquals(404, hidden.statusCode());
    JsonNode none = json(get("EVE", "/v1/no_keyspace/my_table"));
    assertEquals(none.get("code"), json(hidden).get("code"));
    assertEquals(none.get("hint"), json(hidden).get("hint"));
    assertEquals(
        "{\"keyspaces\":[],\"links\":{\"openapi\":\"/v1/openapi.json\",\"keyspaces\":{}}}",
        get("EVE", "/v1").body());
    assertEquals("unknown-table", json(get("ALICE", "/v1/my_keyspace/other")).get("code").asText());
    assertEquals(404, get("ALICE", "/v1/weather").statusCode());
  }

  @Test
  void whatOneMayIsDescribed() throws Exception {
    JsonNode mine = json(get("ALICE", "/v1/my_keyspace")).at("/tables/0");
    assertEquals("[\"read\",\"create\",\"write\",\"delete\"]", mine.get("permissions").toString());
    assertEquals(2, mine.get("columns").size());
    assertEquals(
        "GET, HEAD, OPTIONS, PUT, PATCH, DELETE",
        send(ringlet, "ALICE", "OPTIONS", TABLE + "/alice", "")
            .headers()
            .firstValue("Allow")
            .orElseThrow());
    JsonNode names = json(get("RITA", "/v1/my_keyspace")).at("/tables/0");
    assertEquals("[\"read\"]", names.get("permissions").toString());
    assertEquals(1, names.get("columns").size());
    assertEquals(
        "GET, HEAD, OPTIONS",
        send(ringlet, "RITA", "OPTIONS", TABLE + "/hello", "")
            .headers()
            .firstValue("Allow")
            .orElseThrow());
  }

  @Test
  void aVerbThatIsMissingIsNamed() throws Exception {
    HttpResponse<String> put = send(ringlet, "RITA", "PUT", TABLE + "/rita", "{\"value\":\"x\"}");
    assertEquals(403, put.statusCode());
    assertEquals("[\"write\"]", json(put).get("missing").toString());
    HttpResponse<String> explained =
        send(ringlet, "RITA", "POST", TABLE + "?explain=true", "{\"key\":\"rita\"}");
    assertEquals(403, explained.statusCode());
    assertEquals("[\"write\"]", json(explained).get("missing").toString());
  }

  /** Otherwise they could find out a value by guessing it. */
  @Test
  void aConditionOnAColumnIsForThoseWhoMayReadIt() throws Exception {
    String guess = TABLE + "/hello?value=gte.a";
    String body = "{\"value\":\"guessed\"}";
    String batch = "[{\"merge\":\"" + guess + "\",\"row\":" + body + "}]";
    for (HttpResponse<String> blind :
        List.of(
            send(ringlet, "BLAISE", "PATCH", guess, body),
            send(ringlet, "BLAISE", "PUT", guess, body),
            send(ringlet, "BLAISE", "DELETE", guess, ""),
            send(ringlet, "BLAISE", "PATCH", guess + "&explain=true", body),
            send(ringlet, "BLAISE", "POST", "/v1", batch))) {
      assertEquals(403, blind.statusCode(), blind.body());
      assertEquals("[\"read\"]", json(blind).get("missing").toString());
    }
    for (HttpResponse<String> half :
        List.of(
            send(ringlet, "HAL", "PATCH", guess, "{}"),
            send(ringlet, "HAL", "POST", "/v1", batch.replace(body, "{}")))) {
      assertEquals(400, half.statusCode(), half.body());
      assertEquals("unknown-column", json(half).get("code").asText());
    }
  }

  @Test
  void aRateHasABurstOfTwoSeconds() throws Exception {
    HttpResponse<String> response = get("RITA", TABLE + "/hello");
    assertEquals("{\"key\":\"hello\"}", response.body());
    for (int i = 0; i < 20 && response.statusCode() == 200; i++) {
      response = get("RITA", TABLE + "/hello");
    }
    assertEquals(429, response.statusCode());
    assertEquals("rate-limited", json(response).get("code").asText());
    assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void aRateIsThatOfTheRuleThatAllowsTheRequest() throws Exception {
    assertEquals(201, send(ringlet, "ALICE", "POST", TABLE, "{\"key\":\"alice\"}").statusCode());
    HttpResponse<String> mine = get("RORY", TABLE + "/rory?select=value");
    assertEquals(404, mine.statusCode(), mine.body());
    for (int i = 0; i < 20 && mine.statusCode() == 404; i++) {
      mine = get("RORY", TABLE + "/rory?select=value");
      assertEquals(200, get("RORY", TABLE + "/alice?select=key").statusCode());
    }
    assertEquals(429, mine.statusCode());
    assertEquals("1", mine.headers().firstValue("Retry-After").orElseThrow());
  }

  /** Another rule would make it another request, and the answer would not say so. */
  @Test
  void whoComesTooOftenGetsNoFewerRows() throws Exception {
    for (int c : List.of(1, 2)) {
      Cassandra.execute("INSERT INTO " + table + " (k, c) VALUES ('zoe', " + c + ")");
    }
    String rows = "/v1/" + table.replace('.', '/') + "/zoe";
    HttpResponse<String> response = get("ZOE", rows);
    assertEquals(200, response.statusCode(), response.body());
    for (int i = 0; i < 20 && response.statusCode() == 200; i++) {
      assertEquals(2, json(response).size(), response.body());
      response = get("ZOE", rows);
    }
    assertEquals(429, response.statusCode(), response.body());
    assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
    for (int i = 0; i < 20; i++) { // the same by the other rule
      assertEquals(200, get("ZOE", rows + "/1").statusCode());
    }
    response = send(ringlet, "ZOE", "DELETE", rows, "");
    for (int i = 0; i < 20 && response.statusCode() == 204; i++) {
      response = send(ringlet, "ZOE", "DELETE", rows, "");
    }
    assertEquals(429, response.statusCode(), response.body());
    int left = Cassandra.execute("SELECT c FROM " + table + " WHERE k = 'zoe'").size();
    assertTrue(left == 0 || left == 2, left + " of 2 rows");
  }

  @Test
  void whoMayCreateWritesNothingThatIsThere() throws Exception {
    HttpResponse<String> made = create("{\"k\":\"a\",\"c\":1}");
    assertEquals(201, made.statusCode(), made.body());
    HttpResponse<String> refused = create("{\"k\":\"a\",\"c\":2,\"s\":\"of all rows\"}");
    assertEquals(403, refused.statusCode(), refused.body());
    assertEquals("s", json(refused).get("column").asText());
    assertEquals(1, Cassandra.execute("SELECT c FROM " + table + " WHERE k = 'a'").size());
  }

  private static HttpResponse<String> create(String row) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(ringlet.uri("/v1/" + table.replace('.', '/')))
            .POST(HttpRequest.BodyPublishers.ofString(row))
            .header("Content-Type", "application/json")
            .header("If-None-Match", "*")
            .header("X-API-Key", "key of CARLA")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void eachOperationOfABatchIsTheCallers() throws Exception {
    String mine = "{\"merge\":\"" + TABLE + "/alice\",\"row\":{\"value\":\"batch\"}}";
    String insert = "{\"insert\":\"" + TABLE + "\",\"row\":{}}";
    assertEquals(200, send(ringlet, "ALICE", "POST", "/v1", "[" + mine + "]").statusCode());
    assertEquals(200, send(ringlet, "ALICE", "POST", "/v1", "[" + insert + "]").statusCode());
    for (String other :
        List.of(
            mine.replace("alice", "bob"),
            insert.replace("{}", "{\"key\":\"bob\"}"),
            "{\"delete\":\"" + TABLE + "/hello\"}")) {
      HttpResponse<String> refused =
          send(ringlet, "ALICE", "POST", "/v1", "[" + mine + "," + other + "]");
      assertEquals(403, refused.statusCode(), refused.body());
      assertEquals(1, json(refused).get("index").asInt(), refused.body());
    }
    HttpResponse<String> hidden = send(ringlet, "EVE", "POST", "/v1", "[" + mine + "]");
    assertEquals("unknown-keyspace", json(hidden).get("code").asText());
    HttpResponse<String> reader = send(ringlet, "RITA", "POST", "/v1", "[" + mine + "]");
    assertEquals("[\"write\"]", json(reader).get("missing").toString(), reader.body());
    assertEquals("GET, HEAD, OPTIONS, POST", allowedOnRoot("ALICE"));
    assertEquals("GET, HEAD, OPTIONS", allowedOnRoot("RITA"));
  }

  private static String allowedOnRoot(String caller) throws Exception {
    return send(ringlet, caller, "OPTIONS", "/v1", "").headers().firstValue("Allow").orElseThrow();
  }

  @Test
  void aBatchCountsOnceForTheRateOfARule() throws Exception {
    String row = "{\"merge\":\"" + TABLE + "/wendy\",\"row\":{\"value\":\"x\"}}";
    String five = "[" + String.join(",", Collections.nCopies(5, row)) + "]";
    HttpResponse<String> response = send(ringlet, "WENDY", "POST", "/v1", five);
    assertEquals(200, response.statusCode(), response.body());
    for (int i = 0; i < 20 && response.statusCode() == 200; i++) {
      response = send(ringlet, "WENDY", "POST", "/v1", five);
    }
    assertEquals(429, response.statusCode(), response.body());
  }

  @Test
  void whoHasNoGoodKeyDoesNotComeIn() throws Exception {
    for (String caller : List.of("", "MALLORY")) {
      for (String path : List.of("/v1", TABLE + "/hello", "/v2", "/v1/")) {
        HttpResponse<String> response = get(caller, path);
        assertEquals(401, response.statusCode(), path);
        assertEquals("unauthenticated", json(response).get("code").asText());
        assertTrue(response.headers().firstValue("WWW-Authenticate").isPresent());
      }
    }
    assertEquals(200, ringlet.health("ready"));
  }

  @Test
  void whatNobodyConfiguredLetsNobodyIn() throws Exception {
    try (Packaged closed = Packaged.start("callers-closed", CASSANDRA, closed())) {
      closed.awaitReady();
      HttpResponse<String> response = send(closed, "", "GET", TABLE + "/hello", "");
      assertEquals(401, response.statusCode());
      String what = "ringlet.auth.anonymous-roles";
      assertTrue(json(response).get("detail").asText().contains(what), response.body());
      assertEquals(1, closed.log().lines().filter(line -> line.contains(what)).count());
    }
  }

  @Test
  void whereGrantsCannotBeReadNobodyIsStoppedByThatEither() throws Exception {
    Map<String, String> settings = new HashMap<>(closed());
    settings.put("RINGLET_AUTH_PERMISSIONS", "grants"); // that nobody can give in this Cassandra
    settings.put("RINGLET_AUTH_ENFORCE", "false");
    key(settings, "ALICE", "customer");
    try (Packaged open = Packaged.start("callers-grants", CASSANDRA, settings)) {
      open.awaitReady();
      assertEquals(200, send(open, "ALICE", "GET", TABLE + "/hello", "").statusCode());
      assertEquals(1.0, open.metrics("ringlet_denied_total"));
    }
  }

  @Test
  void whatIsNotEnforcedIsCounted() throws Exception {
    Map<String, String> settings = new HashMap<>(closed());
    settings.put("RINGLET_AUTH_ENFORCE", "false");
    key(settings, "ALICE", "customer");
    rule(settings, "OWN", "customer", "read");
    settings.put("RINGLET_RULES_OWN_ROWS", "key=eq.{sub}");
    key(settings, "HAL", "half");
    rule(settings, "HALF", "half", "read");
    settings.put("RINGLET_RULES_HALF_COLUMNS", "*,-value");
    try (Packaged open = Packaged.start("callers-open", CASSANDRA, settings)) {
      open.awaitReady();
      assertEquals(200, send(open, "ALICE", "GET", TABLE + "/hello", "").statusCode());
      assertEquals(200, send(open, "", "GET", TABLE + "/hello", "").statusCode());
      assertEquals(201, send(open, "ALICE", "POST", TABLE, "{\"key\":\"open\"}").statusCode());
      assertEquals(400, send(open, "ALICE", "GET", TABLE, "").statusCode());
      HttpRequest twice =
          HttpRequest.newBuilder(open.uri(TABLE + "/hello"))
              .header("X-API-Key", "key of ALICE")
              .header("Authorization", "Bearer of-a-gateway")
              .build();
      assertEquals(200, CLIENT.send(twice, HttpResponse.BodyHandlers.discarding()).statusCode());
      assertEquals(3.0, open.metrics("ringlet_denied_total"));
      String page = TABLE + "?key=in.(hello,open)&limit=1";
      HttpResponse<String> first = send(open, "HAL", "GET", page, "");
      String link = first.headers().firstValue("Link").orElseThrow();
      String next = link.substring(link.indexOf('<') + 1, link.indexOf('>'));
      assertEquals(200, send(open, "HAL", "GET", next, "").statusCode());
      assertEquals(3.0, open.metrics("ringlet_denied_total"));
      assertEquals(
          1,
          open.log()
              .lines()
              .filter(line -> line.contains("Not refused"))
              .filter(line -> line.contains("alice"))
              .count());
    }
  }
}
