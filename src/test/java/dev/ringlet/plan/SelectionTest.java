package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.protocol.internal.util.Bytes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.local.OtherCassandra;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Expressions are Cassandra's: of columns of each type, and parts of them, every function, and
 * functions of these by chance. Cassandra reads the same expression with literals: what it gives is
 * read here, what it refuses is refused by name. Another seed is {@code -Dselect.seed=2}.
 */
class SelectionTest {
  private static final long SEED = Long.getLong("select.seed", 1);
  private static final int NESTED = Integer.getInteger("select.nested", 600);

  private static final List<String> TYPES =
      List.of(
          "ascii",
          "text",
          "blob",
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "varint",
          "decimal",
          "float",
          "double",
          "uuid",
          "timeuuid",
          "timestamp",
          "date",
          "time",
          "duration",
          "inet");

  /** Two values of each, as literals. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("ascii", List.of("'a'", "''")),
          Map.entry("text", List.of("'ä'", "'2'")),
          Map.entry("blob", List.of("0x00ff", "0x")),
          Map.entry("boolean", List.of("true", "false")),
          Map.entry("tinyint", List.of("127", "3")),
          Map.entry("smallint", List.of("32767", "-2")),
          Map.entry("int", List.of("2147483647", "5")),
          Map.entry("bigint", List.of("9223372036854775807", "1")),
          Map.entry("varint", List.of("123456789012345678901234567890", "-7")),
          Map.entry("decimal", List.of("1.50", "-2.333333333333333333333")),
          Map.entry("float", List.of("NaN", "1.5")),
          Map.entry("double", List.of("-Infinity", "1e300")),
          Map.entry(
              "uuid",
              List.of(
                  "5b6962dd-3f90-4c93-8f61-eabfa4a803e1", "5b6962dd-3f90-4c93-8f61-eabfa4a803e2")),
          Map.entry(
              "timeuuid",
              List.of(
                  "1f0c6a10-c6f5-11f0-8080-808080808080", "2f0c6a10-c6f5-11f0-8080-808080808080")),
          Map.entry("timestamp", List.of("'2026-11-22T10:00:00Z'", "0")),
          Map.entry("date", List.of("'2026-11-22'", "'1969-01-01'")),
          Map.entry("time", List.of("'10:00:00.000000001'", "'00:00:00'")),
          Map.entry("duration", List.of("1mo2d3h", "1s")),
          Map.entry("inet", List.of("'127.0.0.1'", "'::1'")));

  /** Name, type, and two values. */
  private static final List<List<String>> CONTAINERS =
      List.of(
          List.of("m", "map<text, int>", "{'a': 1, 'b,c': 2}", "{'z': 3}"),
          List.of("fm", "frozen<map<text, frozen<map<int, decimal>>>>", "{'a': {1: 1.5}}", "{}"),
          List.of("st", "set<text>", "{'a', 'b'}", "{'c'}"),
          List.of("fs", "frozen<set<timeuuid>>", "{1f0c6a10-c6f5-11f0-8080-808080808080}", "{}"),
          List.of("l", "list<int>", "[1, 2]", "[3]"),
          List.of("fl", "frozen<list<text>>", "['a']", "[]"),
          List.of("u", "address", "{street: 's', \"Zip\": 1}", "{street: 't'}"),
          List.of(
              "fu",
              "frozen<address>",
              "{street: 's', \"Zip\": 1, tags: {'a': 3}, inside: {a: 1}}",
              "{street: null}"),
          List.of("mu", "map<text, frozen<inside>>", "{'a': {a: 1, b: 'x'}}", "{'b': {a: 2}}"),
          List.of("tu", "tuple<int, text>", "(1, 'a')", "(2, null)"));

  /** The same, not in every version. */
  private static final List<List<String>> VECTORS =
      List.of(
          List.of("v", "vector<float, 2>", "[0.5, 1]", "[1, 0.25]"),
          List.of("\"V w\"", "vector<float, 2>", "[0.5, -1]", "[1, 0.25]"),
          List.of("v3", "vector<float, 3>", "[0.5, -1, 1]", "[1, 0.25, 3]"),
          List.of("vi", "vector<int, 2>", "[1, 2]", "[3, 4]"));

  /** Parts of these: as an item of select has them, and as CQL does. */
  private static final List<List<String>> PARTS =
      List.of(
          List.of("m[a]", "m['a']"),
          List.of("m[\"b,c\"]", "m['b,c']"),
          List.of("fm[a]", "fm['a']"),
          List.of("fm[a][1]", "fm['a'][1]"),
          List.of("fm[x][1]", "fm['x'][1]"),
          List.of("st[a]", "st['a']"),
          List.of("st[x]", "st['x']"),
          List.of(
              "fs[1f0c6a10-c6f5-11f0-8080-808080808080]",
              "fs[1f0c6a10-c6f5-11f0-8080-808080808080]"),
          List.of("sm[a]", "sm['a']"),
          List.of("l[1]", "l[1]"),
          List.of("fl[0]", "fl[0]"),
          List.of("tu[0]", "tu[0]"),
          List.of("v[0]", "v[0]"),
          List.of("u[a]", "u['a']"),
          List.of("r_int[1]", "r_int[1]"),
          List.of("u.street", "u.street"),
          List.of("u.Zip", "u.\"Zip\""),
          List.of("u.tags", "u.tags"),
          List.of("u.tags[a]", "u.tags['a']"),
          List.of("u.nope", "u.nope"),
          List.of("fu.Zip", "fu.\"Zip\""),
          List.of("fu.tags[a]", "fu.tags['a']"),
          List.of("fu.inside.a", "fu.inside.a"),
          List.of("fu.inside.token", "fu.inside.\"token\""),
          List.of("mu[a].b", "mu['a'].b"),
          List.of("m.a", "m.a"),
          List.of("r_int.a", "r_int.a"));

  /**
   * @param text as an item of select
   * @param cql the same with literals
   */
  private record Asked(String text, String cql) {
    Asked in(String before, String after) {
      return new Asked(before + text + after, before + cql + after);
    }
  }

  private static CqlSession session;
  private static String keyspace;
  private final Reads reads = reads();

  @BeforeAll
  static void createTables() {
    session = PlainDriver.withoutSchema();
    keyspace = PlainDriver.keyspace(session, "selection");
    execute("CREATE TYPE $ks.inside (a int, b text, \"token\" int)");
    execute(
        "CREATE TYPE $ks.address (street text, \"Zip\" int, tags frozen<map<text, int>>,"
            + " inside frozen<inside>)");
    List<List<String>> columns = new ArrayList<>(CONTAINERS);
    TYPES.forEach(
        type ->
            columns.add(
                List.of("r_" + type, type, VALUES.get(type).get(0), VALUES.get(type).get(1))));
    if (OtherCassandra.takes(session, vectors().replace("$ks", keyspace))) {
      columns.addAll(VECTORS);
    }
    Stream<String> regular = columns.stream().map(c -> c.get(0) + " " + c.get(1));
    List<String> ordered = TYPES.stream().filter(type -> !type.equals("duration")).toList();
    Stream<String> key = ordered.stream().map(type -> "c_" + type + " " + type);
    String clustering = ordered.stream().map(type -> "c_" + type).collect(Collectors.joining(", "));
    execute(
        "CREATE TABLE $ks.t (p text, \"Q q\" int, s int static, sm map<text, int> static, %s,"
                .formatted(Stream.concat(regular, key).collect(Collectors.joining(", ")))
            + " PRIMARY KEY ((p, \"Q q\"), "
            + clustering
            + "))"
            + " WITH CLUSTERING ORDER BY ("
            + ordered.stream().map(type -> "c_" + type + " DESC").collect(Collectors.joining(", "))
            + ")");
    for (int row = 0; row < 2; row++) {
      int value = 2 + row;
      int keyValue = row;
      execute(
          "INSERT INTO $ks.t (p, \"Q q\", s, sm, %s, %s) VALUES ('a', 1, 7, {'a': 1}, %s, %s)%s"
              .formatted(
                  clustering,
                  columns.stream().map(c -> c.get(0)).collect(Collectors.joining(", ")),
                  ordered.stream()
                      .map(type -> VALUES.get(type).get(keyValue))
                      .collect(Collectors.joining(", ")),
                  columns.stream().map(c -> c.get(value)).collect(Collectors.joining(", ")),
                  " USING TIMESTAMP " + (1_000_000 + row)));
    }
    execute(
        "INSERT INTO $ks.t (p, \"Q q\", %s) VALUES ('a', 1, %s)"
            .formatted(
                clustering,
                ordered.stream()
                    .map(type -> VALUES.get(type).get(type.equals("time") ? 1 : 0))
                    .collect(Collectors.joining(", "))));
    execute("INSERT INTO $ks.t (p, \"Q q\", s) VALUES ('static', 1, 3)");
    execute("CREATE TABLE $ks.c (p int, c int, n counter, PRIMARY KEY (p, c))");
    execute("UPDATE $ks.c SET n = n + 5 WHERE p = 1 AND c = 1");
    execute("UPDATE $ks.c SET n = n - 7 WHERE p = 1 AND c = 2");
    session.refreshSchema();
  }

  private static String vectors() {
    return "CREATE TABLE $ks.vectors (k int PRIMARY KEY, "
        + VECTORS.stream()
            .map(column -> column.get(0) + " " + column.get(1))
            .collect(Collectors.joining(", "))
        + ")";
  }

  @AfterAll
  static void dropTables() {
    session.execute("DROP KEYSPACE " + keyspace);
    session.close();
  }

  @Test
  void everyFunctionIsCassandras() {
    List<Asked> asked = new ArrayList<>();
    simple().forEach(one -> asked.addAll(functions(one)));
    asked.addAll(simple());
    asked.add(new Asked("count()", "count(*)"));
    asked.add(new Asked("token()", "token(p, \"Q q\")"));
    for (String vectors :
        List.of(
            "v,[0.5,2]", "[0.5,2],v", "v,\"V w\"", "v,v3", "vi,[1,2]", "v3,[1,2,3]", "r_int,v")) {
      for (String function : List.of("cosine", "euclidean", "dot_product")) {
        Asked similarity = new Asked(vectors, vectors).in("similarity_" + function + "(", ")");
        asked.add(similarity);
        asked.add(similarity.in("max(", ")"));
      }
    }
    compare("t", List.of("a", "1"), asked);
    compare("t", List.of("static", "1"), asked.subList(0, 300));
    compare("t", List.of("none", "1"), asked);
  }

  @Test
  void functionsOfFunctionsAreCassandras() {
    Random random = new Random(SEED);
    List<Asked> simple = simple();
    List<Asked> asked =
        IntStream.range(0, NESTED)
            .mapToObj(
                i -> {
                  Asked one = pick(functions(pick(simple, random)), random);
                  Asked two = pick(functions(one), random);
                  return random.nextInt(3) == 0 ? pick(functions(two), random) : two;
                })
            .toList();
    compare("t", List.of("a", "1"), asked);
  }

  @Test
  void countersAreCassandras() {
    List<Asked> asked = new ArrayList<>(functions(new Asked("n", "n")));
    asked.addAll(functions(new Asked("cast(n as bigint)", "cast(n as bigint)")));
    asked.addAll(functions(new Asked("c", "c")));
    compare("c", List.of("1"), asked);
    compare("c", List.of("2"), asked);
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<Asked> simple() {
    List<Asked> simple = new ArrayList<>();
    TYPES.forEach(type -> simple.add(new Asked("r_" + type, "r_" + type)));
    TYPES.stream()
        .filter(type -> !type.equals("duration"))
        .forEach(type -> simple.add(new Asked("c_" + type, "c_" + type)));
    Stream.concat(CONTAINERS.stream(), VECTORS.stream())
        .forEach(column -> simple.add(new Asked(column.get(0), column.get(0))));
    PARTS.forEach(part -> simple.add(new Asked(part.get(0), part.get(1))));
    List.of("p", "\"Q q\"", "s", "sm").forEach(name -> simple.add(new Asked(name, name)));
    return simple;
  }

  private static List<Asked> functions(Asked of) {
    List<Asked> functions = new ArrayList<>();
    for (String name :
        List.of("count", "min", "max", "sum", "avg", "writetime", "ttl", "maxwritetime")) {
      functions.add(of.in(name + "(", ")"));
    }
    TYPES.forEach(type -> functions.add(of.in("cast(", " as " + type + ")")));
    functions.add(of.in("cast(", " as counter)"));
    return functions;
  }

  private void compare(String name, List<String> key, List<Asked> asked) {
    Table table =
        Tables.of(
            session
                .getMetadata()
                .getKeyspace(keyspace)
                .orElseThrow()
                .getTable(CqlIdentifier.fromInternal(name))
                .orElseThrow());
    List<String> answers = asked.parallelStream().map(one -> compared(table, key, one)).toList();
    List<String> different = answers.stream().filter(answer -> answer.startsWith("!")).toList();
    assertEquals(
        "",
        different.stream().limit(30).collect(Collectors.joining(System.lineSeparator())),
        () -> different.size() + " of " + asked.size() + " differ");
    assertTrue(answers.contains("read") && answers.contains("refused"));
  }

  private String compared(Table table, List<String> key, Asked asked) {
    String where =
        table.name().equals("t")
            ? "p = '%s' AND \"Q q\" = %s".formatted(key.get(0), key.get(1))
            : "p = " + key.get(0);
    Object cassandra =
        answer(
            SimpleStatement.newInstance(
                "SELECT %s FROM %s WHERE %s".formatted(asked.cql(), table.cqlName(), where)));
    Object ours = planned(table, key, asked.text());
    if (ours instanceof ApiException e && cassandra instanceof DriverException) {
      boolean named =
          List.of(ErrorCode.INVALID_PARAMETER, ErrorCode.UNKNOWN_COLUMN).contains(e.code())
              && (e.members().containsKey("column") || e.members().containsKey("parameter"));
      return named ? "refused" : "! " + asked + " is not refused by name: " + e.members();
    }
    if (cassandra instanceof DriverException e
        && !(ours instanceof List)
        && OtherCassandra.lacks(asked.cql(), e.getMessage())) {
      return "refused";
    }
    if (ours.toString().equals(cassandra.toString()) || isKnown(asked, ours, cassandra)) {
      return "read";
    }
    return "! " + asked + "\n   Cassandra: " + cassandra + "\n   " + text(ours);
  }

  /**
   * Cassandra takes no bind marker in writetime of an element, and no cast of a column in
   * descending order to its own type. What min and max give of the write time of a field is no
   * list, though it says so.
   */
  private static boolean isKnown(Asked asked, Object ours, Object cassandra) {
    return ours instanceof ApiException e
        ? e.detail().matches("Cassandra (takes no bind marker there|gives .* a wrong type).*")
        : cassandra instanceof DriverException
            && asked.cql().matches(".*cast\\(c_(\\w+) as \\1\\).*");
  }

  private static Object text(Object ours) {
    return ours instanceof ApiException e ? e.code() + " " + e.detail() : ours;
  }

  private Object planned(Table table, List<String> key, String text) {
    ReadPlan plan;
    try {
      plan =
          reads.page(
              TestTarget.of(table, key),
              QueryParser.parse(
                  "select=" + URLEncoder.encode(text, StandardCharsets.UTF_8), TestOptions.LIMITS),
              TestOptions.read());
    } catch (ApiException e) {
      return e;
    }
    try {
      BoundStatementBuilder bound = session.prepare(plan.cql()).boundStatementBuilder();
      for (int i = 0; i < plan.values().size(); i++) {
        bound = bound.setBytesUnsafe(i, plan.values().get(i).bytes());
      }
      return answer(bound.build());
    } catch (DriverException e) {
      return e.getMessage();
    }
  }

  /** The bytes of the first column, or why there are none. */
  private static Object answer(Statement<?> statement) {
    try {
      return session.execute(statement).all().stream().map(SelectionTest::bytes).toList();
    } catch (DriverException e) {
      return e;
    }
  }

  private static String bytes(Row row) {
    return row.isNull(0) ? "null" : Bytes.toHexString(row.getBytesUnsafe(0));
  }

  private static void execute(String cql) {
    session.execute(cql.replace("$ks", keyspace));
  }

  private static Reads reads() {
    var config = TestConfig.of(Map.of("ringlet.scan", "*"));
    return new Reads(config, new ScanRules(config), new PageTokens(config));
  }
}
