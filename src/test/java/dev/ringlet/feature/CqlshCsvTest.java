package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.session;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CSV as cqlsh's COPY and dsbulk write and read it.
 *
 * <p>{@code cqlsh/copied.csv} is what cqlshlib's formatting makes of the rows in {@code types.cql};
 * {@code cqlsh/exported.csv} is what Ringlet makes of them, and was read back by cqlshlib's
 * conversion for COPY FROM, with the same values; that refuses a null in a tuple, though.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class CqlshCsvTest {
  private static final String CQLSH = "text/csv;dialect=cqlsh";
  private static String keyspace;

  @BeforeAll
  static void createTables() throws IOException {
    String table =
        "CREATE TABLE $ks.forms (k int PRIMARY KEY, a text, l list<text>, b boolean, bl blob)";
    List<String> statements = new ArrayList<>(List.of(table));
    for (String name : List.of("types", "copy", "again")) {
      Arrays.stream(resource("types.cql").split(";\n"))
          .filter(statement -> statement.contains("$t") || name.equals("types"))
          .filter(statement -> !statement.contains("INSERT") || name.equals("types"))
          .map(statement -> statement.replace("$t", name))
          .forEach(statements::add);
    }
    keyspace = Cassandra.keyspace("cqlsh", statements.toArray(String[]::new));
  }

  @Test
  void whatCopyToHasWrittenIsReadAsItWas() throws IOException {
    load(CQLSH, resource("copied.csv"), "copy", 13);
    assertEquals(stored("types"), stored("copy"));
  }

  @Test
  void whatIsWrittenIsWhatCopyFromReads() throws IOException {
    String exported = export(CQLSH, "types");
    Files.writeString(Path.of("target", "exported.csv"), exported);
    assertEquals(resource("exported.csv"), exported);
    load(CQLSH, exported, "again", 13);
    assertEquals(stored("types"), stored("again"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv",
        "text/csv;dialect=dsbulk",
        "text/csv;delimiter=tab",
        "text/csv;delimiter=\";\";dialect=cqlsh",
        "text/csv;dialect=dsbulk;delimiter=\"|\"",
        "text/csv;delimiter=\"{\";dialect=cqlsh",
        "text/csv;delimiter=\"'\";dialect=cqlsh"
      })
  void whatIsWrittenInAFormIsReadInIt(String type) {
    execute("TRUNCATE " + keyspace + ".again");
    load(type, export(type, "types"), "again", 13);
    assertEquals(stored("types"), stored("again"));
  }

  @Test
  void answersSayTheirForm() {
    for (String form :
        List.of("header=absent", "dialect=cqlsh", "delimiter=\";\"", "delimiter=tab")) {
      given()
          .accept("text/csv;" + form)
          .get("/v1/" + keyspace + "/forms?scan=true")
          .then()
          .statusCode(200)
          .header("Content-Type", containsString(";" + form));
    }
    given()
        .options("/v1/" + keyspace + "/forms")
        .then()
        .header("Accept-Post", endsWith("text/csv;dialect=cqlsh, text/csv;dialect=dsbulk"));
  }

  @Test
  void withoutAHeaderLineTheQueryNamesTheColumns() {
    execute("TRUNCATE " + keyspace + ".forms");
    post("text/csv;header=absent", "1,a\n2,b\n", "?columns=k,a")
        .then()
        .body(equalTo("{\"written\":2,\"failed\":0}\n"));
    assertEquals(
        "1,a\r\n2,b\r\n",
        given()
            .accept("text/csv;header=absent")
            .get("/v1/" + keyspace + "/forms?select=k,a&scan=true")
            .asString());
    post("text/csv;header=absent", "60,1,c\n", "?columns=t,k,a&ttl=t&op=merge")
        .then()
        .body(equalTo("{\"written\":1,\"failed\":0}\n"));
    post("text/csv;header=absent", "1\n", "?columns=x")
        .then()
        .statusCode(400)
        .body("code", equalTo("unknown-column"));
    post("text/csv;header=absent", "1\n", "")
        .then()
        .statusCode(415)
        .body("parameter", equalTo("header"))
        .body("hint", containsString("columns="));
    for (String type : List.of("text/csv", "application/json", "application/x-ndjson")) {
      post(type, "[]", "?columns=k")
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-parameter"))
          .body("parameter", equalTo("columns"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";dialect=cqlsh", ";dialect=dsbulk"})
  void aFirstValueKeepsItsByteOrderMark(String dialect) {
    String type = "text/csv;header=absent" + dialect;
    execute("TRUNCATE " + keyspace + ".forms");
    execute("INSERT INTO " + keyspace + ".forms (k, a) VALUES (1, '\uFEFFa')");
    byte[] csv =
        given()
            .accept(type)
            .get("/v1/" + keyspace + "/forms?select=a,k&scan=true")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    assertEquals("\"\uFEFFa\",1\r\n", new String(csv, StandardCharsets.UTF_8));
    execute("TRUNCATE " + keyspace + ".forms");
    post(type, new String(csv, StandardCharsets.UTF_8), "?columns=a,k")
        .then()
        .body(equalTo("{\"written\":1,\"failed\":0}\n"));
    Row row = execute("SELECT a FROM " + keyspace + ".forms WHERE k = 1").get(0);
    assertEquals("\uFEFFa", row.getString("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dialect=excel | dialect",
        "dialect= | dialect",
        "delimiter= | delimiter",
        "delimiter=;; | delimiter",
        "delimiter=a | delimiter",
        "delimiter=\"\\\"\" | delimiter",
        "delimiter=\"\\\\\" | delimiter",
        "delimiter=\"::\" | delimiter",
        "header=maybe | header",
        "charset=latin1 | charset",
        "quote=x | quote",
      })
  void namesAParameterThatCannotBe(String parameters, String parameter) {
    String type = "text/csv;" + parameters;
    post(type, "k\n1\n", "")
        .then()
        .statusCode(415)
        .body("code", equalTo("unsupported-media-type"))
        .body("parameter", equalTo(parameter));
    given()
        .accept(type)
        .get("/v1/" + keyspace + "/forms?scan=true")
        .then()
        .statusCode(406)
        .body("parameter", equalTo(parameter));
  }

  @Test
  void theOtherFormIsSuggested() {
    post("text/csv", "k,l\n1,\"['a', 'b']\"\n", "")
        .then()
        .body(containsString("text/csv;dialect=cqlsh"));
  }

  @Test
  void whatDsbulkHasWrittenIsRead() {
    execute("TRUNCATE " + keyspace + ".forms");
    String rows =
        "k,a,l,b,bl\n"
            + "1,\"a \\\"b\\\"\\\\c\",\"[\\\"x, y\\\"]\",1,yv4=\n"
            + "2,\"\",,F,\n"
            + "3,C:\\n"
            + "ew,[],yes,\n";
    load("text/csv;dialect=dsbulk", rows, "forms", 3);
    given()
        .get("/v1/" + keyspace + "/forms/1")
        .then()
        .body(
            equalTo(
                "{\"k\":1,\"a\":\"a \\\"b\\\"\\\\c\",\"b\":true,\"bl\":\"yv4=\",\"l\":[\"x,"
                    + " y\"]}"));
    given()
        .get("/v1/" + keyspace + "/forms/2")
        .then()
        .body("a", equalTo(""))
        .body("b", equalTo(false));
    given().get("/v1/" + keyspace + "/forms/3").then().body("a", equalTo("C:\\new"));
  }

  private static void load(String type, String csv, String table, int rows) {
    given()
        .contentType(type)
        .body(csv.getBytes(StandardCharsets.UTF_8))
        .post("/v1/" + keyspace + "/" + table)
        .then()
        .statusCode(200)
        .body(equalTo("{\"written\":" + rows + ",\"failed\":0}\n"));
  }

  private static Response post(String type, String body, String query) {
    return given()
        .contentType(type)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v1/" + keyspace + "/forms" + query);
  }

  private static String export(String type, String table) {
    return given().accept(type).get("/v1/" + keyspace + "/" + table + "?scan=true").asString();
  }

  /** The bytes of all values, row by row. */
  private static List<String> stored(String table) {
    return session().execute("SELECT * FROM " + keyspace + "." + table).all().stream()
        .sorted((one, other) -> Integer.compare(one.getInt("k"), other.getInt("k")))
        .map(CqlshCsvTest::bytes)
        .toList();
  }

  private static String bytes(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i ->
                row.getColumnDefinitions().get(i).getName()
                    + "="
                    + (row.isNull(i) ? "null" : Bytes.toHexString(row.getBytesUnsafe(i))))
        .toList()
        .toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = CqlshCsvTest.class.getResourceAsStream("/cqlsh/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
