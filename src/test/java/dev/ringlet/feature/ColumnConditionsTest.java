package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static dev.ringlet.feature.Cassandra.session;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.DriverException;
import dev.ringlet.local.OtherCassandra;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters on columns outside of the primary key of PUT, PATCH and DELETE: CQL's IF. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class ColumnConditionsTest {
  private static final int ASKED = Integer.getInteger("conditions.asked", 400);
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "compare",
            "CREATE TYPE $ks.pair (a int, \"B b\" text)",
            "CREATE TABLE $ks.t (k text PRIMARY KEY, stock int, state text, attrs map<text, text>)",
            "CREATE TABLE $ks.wide (p text, c int, v int, w int, s text static,"
                + " PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.statics (p text, c int, s int static, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.counters (k text PRIMARY KEY, n counter)",
            "CREATE TABLE $ks.types (k text, c int, z int, s int static, sm map<text, int> static,"
                + " i int, t text, bo boolean, f float, du duration, de decimal, ts timestamp,"
                + " id timeuuid, bl blob, l list<int>, st set<text>, m map<text, int>,"
                + " fl frozen<list<int>>, fm frozen<map<text, int>>, fs frozen<set<text>>,"
                + " ml map<text, frozen<list<int>>>, u pair, fu frozen<pair>,"
                + " tu tuple<int, text>, td tuple<int, duration>, ld frozen<list<duration>>,"
                + " \"Mi \"\"x\" int, PRIMARY KEY (k, c))",
            "ALTER TABLE $ks.types ADD v vector<float, 2>");
    String columns =
        "(k, c, s, sm, i, t, bo, f, du, de, ts, id, bl, l, st, m, fl, fm, fs, ml, u, fu, tu, td,"
            + " ld, \"Mi \"\"x\")";
    execute(
        "INSERT INTO %s.types %s VALUES ('full', 1, 1, {'a': 1}, 1, 'x', true, 1.5, 1h, 1.50,"
                .formatted(keyspace, columns)
            + " '2026-11-22T00:00:00Z', b5a1a680-c0f2-11f0-8080-808080808080, 0x01, [1, 2],"
            + " {'a', 'b'}, {'a': 1, 'b': 2}, [1, 2], {'a': 1}, {'a', 'b'}, {'a': [1, 2]},"
            + " {a: 1, \"B b\": 'x'}, {a: 1, \"B b\": 'x'}, (1, 'x'), (1, 1h), [1h],"
            + " 1)");
    Cassandra.takes(
        "UPDATE %s.types SET v = [0.5, 1] WHERE k = 'full' AND c = 1".formatted(keyspace));
    execute(
        "INSERT INTO %s.types (k, c, t, bl, fl, fm, fs, fu, tu) VALUES ('empty', 1, '', 0x, [],"
                .formatted(keyspace)
            + " {}, {}, {a: null}, (null, null))");
    execute("INSERT INTO %s.types (k, c) VALUES ('nulls', 1)".formatted(keyspace));
    execute("UPDATE %s.types SET s = 1, sm = {'a': 1} WHERE k = 'absent'".formatted(keyspace));
  }

  /**
   * @param filter as in the name of a parameter
   * @param values each as a filter has it, a bar, and as a literal
   */
  private record Compared(String filter, String cql, List<String> values) {
    Compared(String filter, String cql, String... values) {
      this(filter, cql, List.of(values));
    }
  }

  private static Compared same(String name, String... values) {
    String[] both = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      both[i] = values[i] + "|" + values[i];
    }
    return new Compared(name, name, both);
  }

  private static final List<Compared> COMPARED =
      List.of(
          same("s", "1", "2"),
          new Compared("sm", "sm", "{\"a\":1}|{'a': 1}", "{}|{}"),
          new Compared("sm[a]", "sm['a']", "1|1", "0|0"),
          same("i", "1", "0"),
          new Compared("t", "t", "x|'x'", "|''", "y|'y'"),
          same("bo", "true", "false"),
          same("f", "1.5", "2"),
          new Compared("du", "du", "PT1H|1h", "PT60M|60m"),
          same("de", "1.5", "1.50", "3"),
          new Compared("ts", "ts", "2026-11-22T00:00:00Z|'2026-11-22T00:00:00Z'"),
          new Compared(
              "id",
              "id",
              "b5a1a680-c0f2-11f0-8080-808080808080|b5a1a680-c0f2-11f0-8080-808080808080",
              "min_timeuuid(2020-01-01T00:00:00Z)|minTimeuuid('2020-01-01T00:00:00Z')",
              "max_timeuuid(2030-01-01T00:00:00Z)|maxTimeuuid('2030-01-01T00:00:00Z')"),
          new Compared("bl", "bl", "AQ==|0x01", "|0x"),
          new Compared("l", "l", "[1,2]|[1, 2]", "[]|[]", "[3]|[3]"),
          same("l[0]", "1", "7"),
          same("l[9]", "1"),
          new Compared("l[-1]", "l[-1]", "1|1"),
          new Compared("st", "st", "[\"a\",\"b\"]|{'a', 'b'}", "[]|{}", "[\"c\"]|{'c'}"),
          new Compared("st[a]", "st['a']", "a|'a'"),
          new Compared(
              "m", "m", "{\"a\":1,\"b\":2}|{'a': 1, 'b': 2}", "{}|{}", "{\"a\":3}|{'a': 3}"),
          new Compared("m[a]", "m['a']", "1|1", "2|2"),
          new Compared("m[\"no\"]", "m['no']", "1|1"),
          new Compared("fl", "fl", "[1,2]|[1, 2]", "[]|[]"),
          same("fl[1]", "2", "3"),
          same("fl[9]", "2"),
          new Compared("fm", "fm", "{\"a\":1}|{'a': 1}", "{}|{}"),
          new Compared("fm[a]", "fm['a']", "1|1", "2|2"),
          new Compared("fs", "fs", "[\"a\",\"b\"]|{'a', 'b'}", "[]|{}"),
          new Compared("ml[a]", "ml['a']", "[1,2]|[1, 2]", "[]|[]"),
          new Compared(
              "u",
              "u",
              "{\"a\":1,\"B b\":\"x\"}|{a: 1, \"B b\": 'x'}",
              "{\"a\":2}|{a: 2}",
              "{}|{a: null}"),
          same("u.a", "1", "0"),
          new Compared("u.\"B b\"", "u.\"B b\"", "x|'x'", "|''"),
          new Compared(
              "fu", "fu", "{\"a\":1,\"B b\":\"x\"}|{a: 1, \"B b\": 'x'}", "{\"a\":2}|{a: 2}"),
          same("fu.a", "1", "0"),
          new Compared("u.no", "u.no", "1|1"),
          new Compared("tu", "tu", "[1,\"x\"]|(1, 'x')", "[1,null]|(1, null)"),
          new Compared("td", "td", "[1,\"PT1H\"]|(1, 1h)"),
          new Compared("ld", "ld", "[\"PT1H\"]|[1h]"),
          new Compared("v", "v", "[0.5,1]|[0.5, 1]", "[1,1]|[1, 1]"),
          new Compared("\"Mi \\\"x\"", "\"Mi \"\"x\"", "1|1", "2|2"));

  /** How a filter's operator and a literal are written in IF. */
  private static final Map<String, String> OPERATORS =
      Map.of(
          "eq", " = %s",
          "ne", " != %s",
          "lt", " < %s",
          "lte", " <= %s",
          "gt", " > %s",
          "gte", " >= %s",
          "in", " IN (%s)",
          "contains", " CONTAINS %s",
          "contains_key", " CONTAINS KEY %s");

  private static final Map<String, String> ELEMENTS =
      Map.of(
          "l", "1|1", "fl", "2|2", "st", "a|'a'", "fs", "a|'a'", "m", "2|2", "fm", "1|1", "ml[a]",
          "1|1", "sm", "1|1", "ld", "PT1H|1h");

  private static final Map<String, String> KEYS =
      Map.of("m", "b|'b'", "fm", "a|'a'", "sm", "a|'a'", "st", "a|'a'");

  private enum Verdict {
    APPLIED,
    NOT_APPLIED,
    REFUSED
  }

  @Test
  void holdsWhatCassandraHolds() {
    List<String> different = new ArrayList<>();
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    List<String> names = OPERATORS.keySet().stream().sorted().toList();
    Random random = new Random(Long.getLong("conditions.seed", 1));
    for (int i = 0; i < ASKED; i++) {
      Compared compared = COMPARED.get(i % COMPARED.size());
      String row = List.of("full", "full", "empty", "nulls", "absent").get(random.nextInt(5));
      String[] value =
          compared.values().get(random.nextInt(compared.values().size())).split("\\|", 2);
      String filter;
      String cql;
      int operator = random.nextInt(names.size() + 2);
      if (operator >= names.size()) {
        boolean none = operator == names.size();
        filter = none ? "is.null" : "is.not_null";
        cql = none ? " = null" : " != null";
      } else {
        String name = names.get(operator);
        if (name.startsWith("contains")) {
          Map<String, String> inside = name.equals("contains") ? ELEMENTS : KEYS;
          value = inside.getOrDefault(compared.filter(), "1|1").split("\\|", 2);
        }
        filter = name + "." + (name.equals("in") ? list(value[0]) : value[0]);
        cql = OPERATORS.get(name).formatted(value[1]);
      }
      String update =
          "UPDATE %s.types SET z = 1 WHERE k = '%s' AND c = 1 IF %s%s"
              .formatted(keyspace, row, compared.cql(), cql);
      Object cassandra = verdict(update);
      restore(row);
      Response response =
          json()
              .queryParam(compared.filter(), filter)
              .body("{\"z\":1}")
              .patch("/v1/" + keyspace + "/types/" + row + "/1");
      restore(row);
      Verdict verdict = cassandra instanceof Verdict known ? known : Verdict.REFUSED;
      verdicts.merge(verdict, 1, Integer::sum);
      if (compared.filter().equals("l[-1]")
          && verdict != Verdict.REFUSED
          && OtherCassandra.takesMore(update)) {
        verdict = Verdict.REFUSED; // by Ringlet, which counts from the first
      }
      Object http =
          switch (response.statusCode()) {
            case 204 -> Verdict.APPLIED;
            case 412 -> Verdict.NOT_APPLIED;
            case 400 ->
                response.path("code").equals("refused-by-cassandra")
                    ? response.asString()
                    : Verdict.REFUSED;
            default -> response.asString();
          };
      boolean same =
          verdict.equals(http)
              || (cassandra instanceof DriverException refusal
                  && !(http instanceof Verdict)
                  && OtherCassandra.lacks(update, refusal.getMessage()));
      if (!same) {
        different.add(
            "%s=%s%n   %s%n   Cassandra: %s%n   HTTP: %s %s"
                .formatted(
                    compared.filter(), filter, update, cassandra, http, response.asString()));
      }
    }
    System.out.println("conditions: " + verdicts);
    assertEquals("", String.join("\n", different), different.size() + " differ");
    assertTrue(verdicts.values().stream().allMatch(n -> n > ASKED / 20), verdicts::toString);
  }

  /**
   * Of each filter: with If-Match: * it is done on no row that is missing, and refused only if
   * CQL's condition holds of one.
   */
  @Test
  void noMissingRowIsMadeBesideIfMatch() {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    List<String> different = new ArrayList<>();
    for (Compared compared : COMPARED) {
      for (Map.Entry<String, String> condition : conditions(compared).entrySet()) {
        for (String row : List.of("absent", "nowhere")) {
          String update =
              "UPDATE %s.types SET z = 1 WHERE k = '%s' AND c = 1 IF %s%s"
                  .formatted(keyspace, row, compared.cql(), condition.getValue());
          if (!(verdict(update) instanceof Verdict verdict)) {
            continue; // it is no condition
          }
          if (verdict == Verdict.APPLIED) {
            restore(row);
          }
          Response response =
              json()
                  .header("If-Match", "*")
                  .queryParam(compared.filter(), condition.getKey())
                  .body("{\"z\":1}")
                  .patch("/v1/" + keyspace + "/types/" + row + "/1");
          if (response.statusCode() < 300) {
            restore(row);
          }
          boolean refused =
              response.statusCode() == 400
                  && List.of("condition-not-possible", "invalid-filter")
                      .contains(response.<String>path("code"));
          boolean isStatic = List.of("s", "sm", "sm[a]").contains(compared.filter());
          boolean possible = verdict == Verdict.NOT_APPLIED && !isStatic;
          if (possible ? response.statusCode() != 412 : !refused) {
            different.add(
                "%s=%s of %s: %s, %s"
                    .formatted(
                        compared.filter(), condition.getKey(), row, verdict, response.asString()));
          }
          verdicts.merge(verdict, 1, Integer::sum);
        }
      }
    }
    System.out.println("conditions on a missing row: " + verdicts);
    assertEquals("", String.join("\n", different), different.size() + " differ");
    assertTrue(verdicts.get(Verdict.APPLIED) > 50, verdicts::toString);
  }

  /** All that there are of what is compared: filters, and what CQL has behind the column. */
  private static Map<String, String> conditions(Compared compared) {
    Map<String, String> conditions = new TreeMap<>();
    conditions.put("is.null", " = null");
    conditions.put("is.not_null", " != null");
    for (String name : OPERATORS.keySet()) {
      Map<String, String> inside = name.equals("contains") ? ELEMENTS : KEYS;
      List<String> values =
          name.startsWith("contains")
              ? List.of(inside.getOrDefault(compared.filter(), "1|1"))
              : compared.values();
      for (String both : values) {
        String[] value = both.split("\\|", 2);
        conditions.put(
            name + "." + (name.equals("in") ? list(value[0]) : value[0]),
            OPERATORS.get(name).formatted(value[1]));
      }
    }
    return conditions;
  }

  private static String list(String value) {
    return "(\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
  }

  /** An absent row is absent again. */
  private static void restore(String row) {
    if (List.of("absent", "nowhere").contains(row)) {
      execute("DELETE FROM %s.types WHERE k = '%s' AND c = 1 IF EXISTS".formatted(keyspace, row));
    }
  }

  private static Object verdict(String cql) {
    try {
      return session().execute(cql).wasApplied() ? Verdict.APPLIED : Verdict.NOT_APPLIED;
    } catch (DriverException e) {
      return e;
    }
  }

  @Test
  void writesWhatIsAsItsFiltersSay() {
    execute("INSERT INTO %s.t (k, stock, state) VALUES ('a', 2, 'open')".formatted(keyspace));
    patch("a?stock=gte.1&state=in.(open,held)", "{\"stock\":1}").then().statusCode(204);
    patch("a?stock=gte.2", "{\"stock\":0}")
        .then()
        .statusCode(412)
        .body("code", equalTo("condition-failed"))
        .body("current.stock", equalTo(1))
        .body("$", hasKey("etag"));
    json()
        .body("{\"state\":\"sold\"}")
        .put(path("a?stock=eq.1&attrs=is.null"))
        .then()
        .statusCode(204);
    given().get(path("a")).then().body("stock", nullValue()).body("state", equalTo("sold"));
    given().delete(path("a?state=ne.sold")).then().statusCode(412);
    given().delete(path("a?state=ne.open")).then().statusCode(204);
    given().get(path("a")).then().statusCode(404);
  }

  @Test
  void comparesElementsAndFields() {
    execute("INSERT INTO %s.t (k, attrs) VALUES ('e', {'color': 'red'})".formatted(keyspace));
    patch("e?attrs[color]=eq.blue", "{\"stock\":1}").then().statusCode(412);
    patch("e?attrs[color]=eq.red", "{\"stock\":1}").then().statusCode(204);
    patch("e?attrs=entry.(color,red)&attrs[size]=is.null", "{\"stock\":2}").then().statusCode(204);
    patch("e?attrs.color=eq.red", "{\"stock\":3}")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-filter"))
        .body("column", equalTo("attrs"));
  }

  @Test
  void holdsHeadersAndFiltersAtOnce() {
    execute("INSERT INTO %s.t (k, stock) VALUES ('h', 2)".formatted(keyspace));
    String tag = given().get(path("h")).getHeader("ETag");
    conditional("If-Match", tag, "h?stock=gt.2").then().statusCode(412);
    conditional("If-Match", "\"other\"", "h?stock=gte.2").then().statusCode(412);
    conditional("If-Match", tag, "h?stock=gte.2").then().statusCode(204);
    conditional("If-Match", "*", "h?stock=eq.9").then().statusCode(204);
    conditional("If-Match", "*", "nowhere?stock=eq.9").then().statusCode(412);
    for (String filter : List.of("stock=is.null", "stock=ne.1")) {
      conditional("If-Match", "*", "h?" + filter)
          .then()
          .statusCode(400)
          .body("code", equalTo("condition-not-possible"));
    }
    conditional("If-None-Match", "*", "h?stock=eq.9").then().statusCode(400);
    json().body("{}").put(path("new?stock=is.null")).then().statusCode(204);
    given().get(path("new")).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"{},none", "{\"k\":\"none-of-key\"},none-of-key"})
  void insertsTheKeyAloneWhereThereIsNoRow(String body, String row) {
    patch(row + "?stock=eq.1", body).then().statusCode(412);
    given().get(path(row)).then().statusCode(404);
    patch(row + "?stock=is.null", body).then().statusCode(204);
    given().get(path(row)).then().statusCode(200);
    patch(row, "{\"stock\":1}").then().statusCode(204);
    patch(row + "?stock=eq.1", body).then().statusCode(204);
    patch(row + "?stock=is.null", body).then().statusCode(412).body("current.stock", equalTo(1));
    patch(row, "{\"stock\":null}").then().statusCode(204);
    given().get(path(row)).then().statusCode(200);
    json()
        .header("Cassandra-TTL", "1000")
        .header("Prefer", "return=representation")
        .body(body.replace(row, row + "2"))
        .patch(path(row + "2?stock=ne.1&state=is.null"))
        .then()
        .statusCode(200)
        .body("k", equalTo(row + "2"));
  }

  private static Response conditional(String header, String value, String path) {
    String method = header.equals("If-None-Match") ? "PUT" : "PATCH";
    return json().header(header, value).body("{\"stock\":9}").request(method, path(path));
  }

  @Test
  void comparesStaticColumnsForPartitions() {
    for (String table : List.of("wide", "statics")) {
      execute(
          "INSERT INTO %s.%s (p, s) VALUES ('x', %s)"
              .formatted(keyspace, table, table.equals("wide") ? "'1'" : "1"));
      String partition = "/v1/" + keyspace + "/" + table + "/x";
      json()
          .body("{\"s\":null}")
          .patch(partition + "?s=eq.2")
          .then()
          .statusCode(412)
          .body("$", not(hasKey("current")));
      json().body("{\"s\":null}").patch(partition + "?s=eq.1").then().statusCode(204);
    }
    json()
        .body("{\"s\":\"y\"}")
        .patch("/v1/" + keyspace + "/wide/x?v=eq.1")
        .then()
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"));
    given()
        .delete("/v1/" + keyspace + "/wide/x?s=eq.y")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-filter"))
        .body("column", equalTo("s"));
    json()
        .body("{\"n\":{\"$inc\":1}}")
        .patch("/v1/" + keyspace + "/counters/x?n=eq.1")
        .then()
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"));
  }

  /**
   * Cassandra takes nothing out of a list that it has not read, and such a condition reads no row.
   */
  @Test
  void nothingIsTakenOutOfAListOnConditionsOnStaticColumnsAlone() {
    for (int c = 1; c <= 2; c++) {
      execute(
          "INSERT INTO %s.types (k, c, s, l) VALUES ('lists', %d, 1, [1, 2])"
              .formatted(keyspace, c));
    }
    String row = "/v1/" + keyspace + "/types/lists/2";
    String body = "{\"l\":{\"$remove\":[1]}}";
    json()
        .body(body)
        .patch(row + "?s=eq.1")
        .then()
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"))
        .body("hint", containsString("If-Match: *"));
    given().get(row).then().body("l", equalTo(List.of(1, 2)));
    json().body(body).patch(row + "?s=eq.1&i=is.null").then().statusCode(204);
    given().get(row).then().body("l", equalTo(List.of(2)));
    json()
        .body("{\"l\":{\"$remove\":[2]}}")
        .header("If-Match", "*")
        .patch(row)
        .then()
        .statusCode(204);
    given().get(row).then().body("l", nullValue());
  }

  @Test
  void reachesRowsThatHaveNoPath() {
    String table = "/v1/" + keyspace + "/wide";
    for (String key : List.of("", ".", "..", "x".repeat(20_000))) {
      Map<String, String> filters = Map.of("p", "eq." + key, "c", "eq.1");
      if (key.length() < 100) {
        json()
            .queryParams(filters)
            .body("{\"v\":1}")
            .put(table)
            .then()
            .statusCode(
                key.isEmpty() ? 400 : 204); // Cassandra takes no empty partition key of one column
        if (key.isEmpty()) {
          continue;
        }
        json()
            .queryParams(filters)
            .queryParam("v", "eq.1")
            .header("Prefer", "return=representation")
            .body("{\"w\":2}")
            .patch(table)
            .then()
            .statusCode(200)
            .header("ETag", not(nullValue()))
            .body("p", equalTo(key))
            .body("w", equalTo(2));
        String tag =
            json()
                .queryParams(filters)
                .header("If-Match", "\"?\"")
                .body("{\"w\":3}")
                .patch(table)
                .then()
                .statusCode(412)
                .extract()
                .header("ETag");
        given().queryParams(filters).header("If-Match", tag).delete(table).then().statusCode(204);
        assertEquals(
            0L,
            one("SELECT count(*) FROM %s.wide WHERE p = ?".formatted(keyspace), key).getLong(0));
      }
    }
    json().body("{\"v\":1}").put(table + "/half?c=eq.5").then().statusCode(204);
    given().get(table + "/half/5").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, p=eq.x, c",
    "PATCH, c=eq.1, p",
    "DELETE, p=eq.x, c",
    "DELETE, 'p=eq.x&c=gte.1', c",
    "DELETE, '', 'p, c'",
    "PATCH, v=eq.1, 'p, c'"
  })
  void writesNoMoreThanTheRowThatIsNamed(String method, String query, String missing) {
    RequestSpecification request = method.equals("DELETE") ? given() : json().body("{\"v\":1}");
    request
        .request(method, "/v1/" + keyspace + "/wide" + (query.isEmpty() ? "" : "?" + query))
        .then()
        .statusCode(400)
        .body("code", equalTo("incomplete-primary-key"))
        .body("missing", equalTo(List.of(missing.split(", "))));
  }

  @Test
  void saysWhatTablesTake() {
    assertAllow("wide", "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE");
    assertAllow("counters", "GET, HEAD, OPTIONS, POST, PATCH, DELETE");
    json()
        .body("{\"n\":{\"$inc\":1}}")
        .patch("/v1/" + keyspace + "/counters?k=eq..")
        .then()
        .statusCode(204);
    given().delete("/v1/" + keyspace + "/counters?k=eq..").then().statusCode(204);
  }

  private static void assertAllow(String table, String allow) {
    given()
        .options("/v1/" + keyspace + "/" + table)
        .then()
        .statusCode(204)
        .header("Allow", equalTo(allow))
        .header("Accept-Patch", containsString("json"));
  }

  @Test
  void explainsWithoutWriting() {
    json()
        .header("Cassandra-TTL", "60")
        .header("Cassandra-Serial-Consistency", "LOCAL_SERIAL")
        .body("{\"stock\":1}")
        .patch(path("shown?stock=lt.5&explain=true"))
        .then()
        .statusCode(200)
        .body(
            "cql",
            equalTo(
                "UPDATE %s.t USING TTL ? SET attrs = ?, state = ?, stock = ? WHERE k = ? IF stock < ?"
                    .formatted(keyspace)))
        .body("values", hasItem(hasEntry("unset", true)))
        .body("values[4].value", equalTo("shown"))
        .body("values[5].value", equalTo(5))
        .body("serial_consistency", equalTo("LOCAL_SERIAL"))
        .body("idempotent", equalTo(false))
        .body("ttl", equalTo(60));
    given()
        .header("If-Match", "\"any\"")
        .delete(path("shown?explain=true"))
        .then()
        .statusCode(200)
        .body("values[1]", hasEntry("read_first", true));
    json()
        .header("Cassandra-Timestamp", "5")
        .body("{\"stock\":1}")
        .put(path("shown?explain=true"))
        .then()
        .statusCode(200)
        .body("timestamp", equalTo("5"))
        .body("idempotent", equalTo(true))
        .body("$", not(hasKey("serial_consistency")));
    given().get(path("shown")).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({
    "stock!=5, Write stock=ne.5",
    "stock=neq.5, Write stock=ne.5",
    "stock=null, Write stock=is.null",
    "stock=not_null.x, Write stock=is.not_null"
  })
  void saysHowConditionsAreWritten(String query, String hint) {
    patch("a?" + query, "{\"stock\":1}").then().statusCode(400).body("hint", equalTo(hint));
  }

  @Test
  void readsHaveNoOperatorsOfConditions() {
    for (String filter : List.of("stock=ne.1", "stock=is.null")) {
      given()
          .get("/v1/" + keyspace + "/t?" + filter)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-filter"))
          .body("operators", not(contains("ne")));
    }
  }

  private static Response patch(String path, String body) {
    return json().body(body).patch(path(path));
  }

  private static String path(String rest) {
    return "/v1/" + keyspace + "/t/" + rest;
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }
}
