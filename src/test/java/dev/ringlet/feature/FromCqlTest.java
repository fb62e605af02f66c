package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.ringlet.local.CqlScript;
import dev.ringlet.local.CqlStatement;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page docs/from-cql.md is true: a read is explained as the CQL beside it, and a write leaves
 * the same behind as the CQL does in keyspaces that are twins of the samples.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(DocsTest.SamplesAlone.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FromCqlTest {
  private static final Path PAGE = Path.of("docs/from-cql.md");
  private static final String TWIN = "_twin";
  private static final List<String> TABLES =
      List.of("shop%s.orders", "weather%s.stations", "weather%s.visits", "world%s.cities");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern REQUEST =
      Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (/v1\\S*)( .*)?");
  private static final Pattern HEADER = Pattern.compile("([A-Z][\\w-]+): (.+)");
  private static final Pattern LITERAL =
      Pattern.compile("'[^']*'|(?<![\\w.])-?\\d+(\\.\\d+)?\\b|(?<=, |OF )\\[[^\\]]*]");

  /** What may be done by the page, and not be in the statement. */
  private static final Pattern LIMIT = Pattern.compile("(?<!PARTITION) LIMIT (\\d+|\\?)");

  private static final Pattern SELECT = Pattern.compile("select (.*?)( from .*)");

  /** What makes another value in each of the twins. */
  private static final Pattern MADE = Pattern.compile("now\\(\\)|uuid\\(\\)");

  /** The samples are all of one day. */
  private static final Pattern TIME_MADE = Pattern.compile("(?<=\"time\": \")(?!2026-11-22)[^\"]*");

  /** A row of the page. */
  private record Form(String cql, String method, String target, List<String> more) {
    private static Stream<Form> of(String line) {
      String[] cells = line.split(" \\| ", -1);
      List<String> left = codes(cells[0]);
      List<String> right = cells.length < 2 ? List.of() : codes(cells[1]);
      Matcher request = REQUEST.matcher(right.isEmpty() ? "" : right.get(0));
      return request.matches() && !left.isEmpty()
          ? Stream.of(
              new Form(
                  left.get(0), request.group(1), request.group(2), right.subList(1, right.size())))
          : Stream.empty();
    }

    Response send(String parameter) {
      RequestSpecification request = given().urlEncodingEnabled(false);
      for (String part : more) {
        Matcher header = HEADER.matcher(part);
        if (header.matches()) {
          request.header(header.group(1), header.group(2));
        } else if (part.startsWith("{") || part.startsWith("[")) {
          request.contentType("application/json").body(part);
        }
      }
      String encoded = target.replace("[", "%5B").replace("]", "%5D");
      String separator = parameter.isEmpty() ? "" : encoded.contains("?") ? "&" : "?";
      return request.request(method, encoded + separator + parameter);
    }

    @Override
    public String toString() {
      return method + " " + target + " " + String.join(" ", more);
    }
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  private static List<Form> forms(String... methods) throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .filter(line -> line.startsWith("| "))
          .flatMap(Form::of)
          .filter(form -> List.of(methods).contains(form.method()))
          .toList();
    }
  }

  static List<Form> reads() throws IOException {
    return forms("GET").stream().filter(form -> form.cql().startsWith("SELECT ")).toList();
  }

  static List<Form> writes() throws IOException {
    return forms("POST", "PUT", "PATCH", "DELETE");
  }

  /** Tables of which the rows are counted; not every Cassandra has the last one. */
  private static List<String> counted = List.of("weather%s.readings", "weather%s.pictures");

  @BeforeAll
  static void makeTwins() throws IOException {
    DocsTest.beginAnew();
    for (String keyspace : DocsTest.SAMPLES) {
      Cassandra.execute("DROP KEYSPACE IF EXISTS " + keyspace + TWIN);
      String script = Files.readString(Path.of("src/cassandra/samples/" + keyspace + ".cql"));
      for (CqlStatement statement : CqlScript.statements(inTwins(script))) {
        Cassandra.takes(statement.text());
      }
    }
    counted =
        counted.stream()
            .filter(table -> Cassandra.takes("SELECT * FROM " + table.formatted(TWIN)))
            .toList();
  }

  private static String inTwins(String cql) {
    return cql.replaceAll("\\b(shop|weather|world)(?=\\.\\w| WITH replication)", "$1" + TWIN);
  }

  @ParameterizedTest
  @MethodSource("reads")
  @Order(1)
  void aReadIsExplainedAsTheCqlBesideIt(Form form) {
    List<Row> rows = inOnePage(form.cql());
    Response explained = form.send("explain=true");
    assertEquals(200, explained.statusCode(), explained.asString());
    String cql = explained.path("cql");
    boolean everything = form.cql().startsWith("SELECT * ");
    assertEquals(normal(form.cql(), everything), normal(cql, everything));
    Matcher limit = LIMIT.matcher(form.cql());
    if (limit.find() && !LIMIT.matcher(cql).find()) {
      assertEquals(Integer.parseInt(limit.group(1)), explained.<Integer>path("page_size"));
    }
    Response answer = form.send("");
    assertEquals(200, answer.statusCode(), answer.asString());
    if (answer.asString().startsWith("[")) {
      assertEquals(rows.size(), answer.<List<Object>>path("$").size(), answer.asString());
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  @Order(2)
  void aWriteLeavesBehindWhatTheCqlDoes(Form form) {
    List<Row> done = Cassandra.require(inTwins(form.cql()));
    Response answer = form.send("");
    boolean applied = done.isEmpty() || done.get(0).getBoolean("[applied]");
    assertEquals(applied, answer.statusCode() < 300, answer.asString());
    assertTrue(applied || answer.statusCode() == 412, answer.asString());
    for (String table : TABLES) {
      assertEquals(content(table, TWIN), content(table, ""), table);
    }
    if (!MADE.matcher(form.cql()).find()) {
      assertEquals(content("weather%s.readings", TWIN), content("weather%s.readings", ""));
    }
    for (String table : counted) {
      assertEquals(content(table, TWIN).size(), content(table, "").size(), table);
    }
  }

  private static List<Row> inOnePage(String cql) {
    DriverExecutionProfile pages =
        Cassandra.session()
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 0);
    return Cassandra.require(SimpleStatement.newInstance(cql).setExecutionProfile(pages));
  }

  private static List<String> content(String table, String twin) {
    return Cassandra.execute("SELECT JSON * FROM " + table.formatted(twin)).stream()
        .map(row -> TIME_MADE.matcher(row.getString(0)).replaceAll("made"))
        .sorted()
        .toList();
  }

  /** With bind markers, in one case, without names of the answer, the columns in their order. */
  private static String normal(String cql, boolean everything) {
    String plain =
        LITERAL
            .matcher(LIMIT.matcher(cql).replaceAll(""))
            .replaceAll("?")
            .replaceAll(" AS \\w+(?= FROM|,)", "")
            .replaceAll("IN \\([(?, )]*\\)", "IN ?")
            .toLowerCase(Locale.ROOT);
    Matcher parts = SELECT.matcher(plain);
    assertTrue(parts.matches(), cql);
    if (everything) {
      return "select *" + parts.group(2);
    }
    String columns = parts.group(1).replaceFirst("^distinct ", "");
    String distinct = columns.equals(parts.group(1)) ? "" : "distinct ";
    return distinct + Stream.of(columns.split(", ", -1)).sorted().toList() + parts.group(2);
  }
}
