package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CQL over HTTP, which is there in development and tests alone. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class CqlConsoleTest {
  private static final String PATH = "/dev/cql";
  private static final EncoderConfig AS_TEXT =
      EncoderConfig.encoderConfig()
          .defaultContentCharset(StandardCharsets.UTF_8)
          .encodeContentTypeAs("application/cql", ContentType.TEXT);

  @TempDir static Path directory;

  private static String keyspace;

  @BeforeAll
  static void makeTable() {
    Cassandra.awaitConnected();
    keyspace =
        Cassandra.keyspace(
            "console", "CREATE TABLE $ks.t (k int PRIMARY KEY, v decimal, s set<text>)");
  }

  private static ValidatableResponse send(String type, String cql) {
    return given()
        .config(RestAssured.config().encoderConfig(AS_TEXT))
        .contentType(type)
        .body(cql.replace("$ks", keyspace))
        .post(PATH)
        .then();
  }

  private static ValidatableResponse send(String cql) {
    return send("application/cql", cql);
  }

  @Test
  void statementsAreCarriedOutInTurn() {
    send("""
            -- two rows; of all
            INSERT INTO $ks.t (k, v, s) VALUES (1, 1.50, {'it''s; so'});
            BEGIN BATCH
              INSERT INTO $ks.t (k) VALUES (2);
            APPLY BATCH;
            SELECT k, v, s FROM $ks.t WHERE k IN (1, 2);
            SELECT count(*) FROM $ks.t WHERE k = 3
            """)
        .statusCode(200)
        .contentType("application/json")
        .body("line", contains(2, 3, 6, 7))
        .body("[0].rows", nullValue())
        .body("[2].rows[0]", equalTo(row(1, "1.50", List.of("it's; so"))))
        .body("[2].rows[1].v", nullValue())
        .body("[3].rows[0].count", equalTo("0"));
    assertEquals(2, Cassandra.execute("SELECT k FROM %s.t".formatted(keyspace)).size());
  }

  private static Map<String, Object> row(int k, String v, List<String> s) {
    return Map.of("k", k, "v", v, "s", s);
  }

  @Test
  void aTableOfOnesOwnIsServedWithTheNextRequest() {
    for (int i = 0; i < 3; i++) {
      String table = "/v1/%s/own_%d".formatted(keyspace, i);
      send("CREATE TABLE $ks.own_%d (k text PRIMARY KEY)".formatted(i)).statusCode(200);
      given()
          .contentType("application/json")
          .body("{\"k\":\"a\"}")
          .post(table)
          .then()
          .statusCode(201);
      send("ALTER TABLE $ks.own_%d ADD v int".formatted(i)).statusCode(200);
      given().get(table + "/a").then().statusCode(200).body("k", equalTo("a"));
    }
  }

  /** For the script alone: the session is everybody's. */
  @Test
  void aScriptMayUseAKeyspace() {
    send("USE $ks; CREATE TABLE used (k int PRIMARY KEY); SELECT * FROM used; use \"$ks\";")
        .statusCode(200)
        .body("", hasSize(4));
    send("SELECT * FROM used").statusCode(400).body("code", equalTo("refused-by-cassandra"));
    send("USE absent; SELECT * FROM used").statusCode(400).body("line", equalTo(1));
  }

  @Test
  void aThousandRowsAreShown() {
    StringBuilder cql =
        new StringBuilder("CREATE TABLE $ks.many (p int, c int, PRIMARY KEY (p, c));");
    for (int i = 0; i <= 1000; i++) {
      cql.append(i % 100 == 0 ? "BEGIN UNLOGGED BATCH " : "");
      cql.append("INSERT INTO $ks.many (p, c) VALUES (0, %d); ".formatted(i));
      cql.append(i % 100 == 99 || i == 1000 ? "APPLY BATCH;" : "");
    }
    send(cql + "SELECT c FROM $ks.many; SELECT c FROM $ks.many WHERE p = 0 AND c > 1")
        .statusCode(200)
        .body("[12].rows", hasSize(1000))
        .body("[12].more", equalTo(true))
        .body("[13].rows", hasSize(999))
        .body("[13].more", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM $ks.t;\\n\\nSELECT *\\nFORM $ks.t; SELECT 1 | 2 | 4 | mismatched input 'FORM' expecting K_FROM
          INSERT INTO $ks.t (k) VALUES (1);\\nSELECT x FROM $ks.t   | 2 | 2 | Undefined column name x in table $ks.t
          CREATE TABLE $ks.t (k int PRIMARY KEY)                    | 1 | 1 | Object $ks.t already exists
          SELECT 'no end                                            | 1 | 1 | line
          INSERT INTO $ks.t (k) VALUES ('text')                     | 1 | 1 | Invalid STRING constant (text) for "k" of type int
          """)
  void whatIsRefusedIsNamed(String cql, int statement, int line, String reason) {
    send(cql.replace("\\n", "\n"))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("refused-by-cassandra"))
        .body("statement", equalTo(statement))
        .body("line", equalTo(line))
        .body(
            "detail",
            startsWith(
                "Statement %d, line %d: %s"
                    .formatted(
                        statement,
                        line,
                        reason.equals("line") ? "" : reason.replace("$ks", keyspace))));
  }

  @Test
  void anEmptyScriptIsRefused() {
    for (String cql : List.of("", " ;\n-- nothing")) {
      send(cql).statusCode(400).body("code", equalTo("invalid-body"));
    }
  }

  @Test
  void aLongScriptIsRefused() {
    send("-".repeat(1_100_000))
        .statusCode(413)
        .body("code", equalTo("body-too-large"))
        .body("limit", equalTo("ringlet.body.max-size"));
  }

  /** None of what a page may send unasked (Fetch, section 2.2.2) is taken. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/plain", "text/plain; application/cql", "*/*", "application/json"})
  void anotherTypeIsRefused(String type) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url() + PATH).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", type);
    connection.setDoOutput(true);
    connection
        .getOutputStream()
        .write(
            "CREATE TABLE %s.written (k int PRIMARY KEY)"
                .formatted(keyspace)
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(415, connection.getResponseCode());
    given().get("/v1/" + keyspace + "/written").then().statusCode(404);
  }

  /** A browser asks before it sends this type, and is not told that it may. */
  @Test
  void aPageIsNotToldThatItMay() {
    given()
        .header("Origin", "https://example.com")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "content-type")
        .options(PATH)
        .then()
        .statusCode(405)
        .header("Allow", equalTo("POST"))
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void theReadmesTableIsMadeByIt() throws Exception {
    Cassandra.execute("DROP TABLE IF EXISTS my_keyspace.books");
    assertEquals(1, DocsTest.check(directory, "README.md", command -> command.contains(PATH)));
  }

  private static String url() {
    return ConfigProvider.getConfig().getValue("test.url", String.class);
  }
}
