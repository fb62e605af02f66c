package dev.ringlet.guard;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.InvalidConfigurationInQueryException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import dev.ringlet.local.OtherCassandra;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes tables: each shape of a key with some indexes, of one kind or of several. */
final class GuardTables {
  /** What CREATE INDEX has after its name and table. */
  private static final List<String> SAI =
      List.of(
          "i",
          "t",
          "u",
          "b",
          "n",
          "ts",
          "ip",
          "l",
          "s",
          "keys(m)",
          "values(m)",
          "entries(m)",
          "full(fl)",
          "full(fm)",
          "tu",
          "ud",
          "v",
          "w",
          "\"Mixed\"",
          "xs",
          "xt");

  private static final List<String> TABLE =
      List.of(
          "i",
          "t",
          "bl",
          "l",
          "s",
          "keys(m)",
          "values(m)",
          "entries(m)",
          "full(fl)",
          "tu",
          "ud",
          "\"a\"\"b\"",
          "values(\"My\"\"Set\")",
          "\"Mixed\"",
          "xs");

  private static final String ANALYZER = "org.apache.cassandra.index.sasi.analyzer.";
  private static final Map<String, List<String>> SASI =
      Map.of(
          "i", List.of("", "'mode': 'SPARSE'", "'mode': 'CONTAINS'", "'is_literal': 'true'"),
          "ts", List.of("", "'mode': 'SPARSE'"),
          "u", List.of(""),
          "tu", List.of(""),
          "xt", List.of("", "'mode': 'CONTAINS'"),
          "full(fl)", List.of(""),
          "\"Mixed\"", List.of("", "'mode': 'CONTAINS'"),
          "t",
              List.of(
                  "",
                  "'mode': 'CONTAINS'",
                  "'analyzed': 'true'",
                  "'mode': 'CONTAINS', 'analyzed': 'true'",
                  "'is_literal': 'false'",
                  "'analyzer_class': '" + ANALYZER + "StandardAnalyzer', 'analyzed': 'false'",
                  "'mode': 'CONTAINS', 'analyzer_class': '" + ANALYZER + "StandardAnalyzer'",
                  "'analyzer_class': '" + ANALYZER + "DelimiterAnalyzer', 'delimiter': ' '",
                  "'mode': 'CONTAINS', 'analyzer_class': '"
                      + ANALYZER
                      + "NonTokenizingAnalyzer', 'case_sensitive': 'false'"));

  /**
   * @param key its columns, in the order of the key
   * @param partition how many of them are the partition key
   * @param order of clustering
   * @param columns all of them
   */
  record Shape(List<GuardColumn> key, int partition, String order, List<GuardColumn> columns) {
    Shape(List<GuardColumn> key, int partition, String order) {
      this(key, partition, order, columns(key, key.size() > partition));
    }

    boolean clustered() {
      return key.size() > partition;
    }

    Shape without(String type) {
      return new Shape(
          key, partition, order, columns.stream().filter(c -> !c.type().startsWith(type)).toList());
    }

    boolean hasVectors() {
      return columns.stream().anyMatch(column -> column.type().startsWith("vector"));
    }

    boolean hasStatics() {
      return columns.contains(GuardColumn.STATIC_TEXT);
    }

    private static List<GuardColumn> columns(List<GuardColumn> key, boolean statics) {
      List<GuardColumn> columns = new ArrayList<>(key);
      columns.addAll(GuardColumn.VALUES);
      if (statics) {
        columns.addAll(List.of(GuardColumn.STATIC_NUMBER, GuardColumn.STATIC_TEXT));
      }
      return columns;
    }
  }

  private static final GuardColumn P = GuardColumn.quoted("p", "text", "x1", "x2");
  private static final GuardColumn Q = GuardColumn.same("q", "int", "1", "2");
  private static final GuardColumn C1 = GuardColumn.same("c1", "int", "1", "2");
  private static final GuardColumn C2 = GuardColumn.quoted("c2", "text", "x1", "x2");
  private static final GuardColumn C3 = GuardColumn.same("c3", "int", "1", "2");

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(List.of(P), 1, ""),
          new Shape(List.of(P, C1), 1, ""),
          new Shape(List.of(P, C1, C2), 1, ""),
          new Shape(List.of(P, C1, C2, C3), 1, ""),
          new Shape(List.of(P, Q), 2, ""),
          new Shape(List.of(P, Q, C1, C2), 2, ""),
          new Shape(
              List.of(
                  Q,
                  GuardColumn.same(
                      "c1",
                      "uuid",
                      "5b6962dd-3f90-4c93-8f61-eabfa4a803e1",
                      "5b6962dd-3f90-4c93-8f61-eabfa4a803e2"),
                  C2),
              1,
              " WITH CLUSTERING ORDER BY (c1 DESC, c2 DESC)"),
          new Shape(
              List.of(
                  P,
                  GuardColumn.same(
                      "c1",
                      "timeuuid",
                      "b5a1a680-c0f2-11f0-8080-808080808080",
                      "b5a1a680-c0f2-11f0-8080-808080808081"),
                  C2,
                  C3),
              1,
              " WITH CLUSTERING ORDER BY (c1 DESC, c2 ASC, c3 DESC)"),
          new Shape(
              List.of(
                  GuardColumn.numbers("p", "frozen<list<int>>", "[1]", "[2]"),
                  GuardColumn.numbers("c1", "frozen<list<int>>", "[1]", "[2]"),
                  C2),
              1,
              ""));

  private final CqlSession session;
  private final String keyspace;
  private final Random random;
  private final Map<String, Shape> tables = new HashMap<>();
  private final List<String> refused = new ArrayList<>();

  GuardTables(CqlSession session, String keyspace, Random random) {
    this.session = session;
    this.keyspace = keyspace;
    this.random = random;
  }

  /** The tables by their names. */
  Map<String, Shape> tables() {
    return tables;
  }

  /** The indexes that Cassandra did not want. */
  List<String> refused() {
    return refused;
  }

  void create(int number) {
    keyspace();
    boolean vectors =
        OtherCassandra.takes(
            session,
            "CREATE TABLE %s.vectors (k int PRIMARY KEY, v vector<float, 2>)".formatted(keyspace));
    for (int i = 0; i < number; i++) {
      Shape shape = SHAPES.get(i % SHAPES.size());
      shape = vectors ? shape : shape.without("vector");
      String table = "t" + i;
      create(table, shape);
      for (int index = 0; index < 1 + random.nextInt(3) && i >= SHAPES.size(); index++) {
        index(table, shape, i % 4);
      }
    }
  }

  private void keyspace() {
    execute(
        "CREATE KEYSPACE $ks"
            + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    execute("CREATE TYPE $ks.place (a int)");
    execute("CREATE TABLE $ks.counters (p text, c1 int, h counter, PRIMARY KEY (p, c1))");
    execute("UPDATE $ks.counters SET h = h + 1 WHERE p = 'x1' AND c1 = 1");
    List<GuardColumn> counters = List.of(P, C1, GuardColumn.same("h", "counter", "1", "2"));
    tables.put("counters", new Shape(List.of(P, C1), 1, "", counters));
    execute("CREATE TABLE $ks.base (p text, i int, s set<text>, c2 text, PRIMARY KEY (p, c2))");
    execute(
        "CREATE MATERIALIZED VIEW $ks.of_base AS SELECT * FROM $ks.base WHERE i IS NOT NULL"
            + " AND p IS NOT NULL AND c2 IS NOT NULL PRIMARY KEY (i, p, c2)");
    List<GuardColumn> key = List.of(GuardColumn.same("i", "int", "1", "2"), P, C2);
    List<GuardColumn> view = new ArrayList<>(key);
    view.add(GuardColumn.quoted("s", "set<text>", "a", "b"));
    tables.put("of_base", new Shape(key, 1, "", view));
  }

  private void create(String table, Shape shape) {
    tables.put(table, shape);
    String columns =
        shape.columns().stream()
            .map(c -> c.name() + " " + c.type() + (c.name().startsWith("x") ? " static" : ""))
            .collect(Collectors.joining(", "));
    String key = names(shape.key().subList(0, shape.partition()));
    String clustering =
        shape.clustered()
            ? ", " + names(shape.key().subList(shape.partition(), shape.key().size()))
            : "";
    execute(
        "CREATE TABLE $ks.%s (%s, PRIMARY KEY ((%s)%s))%s"
            .formatted(table, columns, key, clustering, shape.order()));
    for (int row = 0; row < 2; row++) {
      int value = row;
      execute(
          "INSERT INTO $ks.%s (%s) VALUES (%s)"
              .formatted(
                  table,
                  names(shape.columns()),
                  shape.columns().stream()
                      .map(column -> column.cql().get(value))
                      .collect(Collectors.joining(", "))));
    }
  }

  /**
   * @param kind 0 and 1 SAI, 2 SASI, 3 Cassandra's first; now and then another
   */
  private void index(String table, Shape shape, int kind) {
    int one = random.nextInt(6) == 0 ? random.nextInt(4) : kind;
    List<String> targets =
        one < 2 ? SAI : one == 2 ? List.copyOf(SASI.keySet().stream().sorted().toList()) : TABLE;
    List<String> keys =
        shape.key().stream()
            .map(c -> c.type().startsWith("frozen") ? "full(" + c.name() + ")" : c.name())
            .filter(name -> one != 2 || name.contains("c"))
            .toList();
    String target =
        random.nextInt(3) == 0 && !keys.isEmpty()
            ? keys.get(random.nextInt(keys.size()))
            : targets.get(random.nextInt(targets.size()));
    String on = "ON $ks." + table + " (" + target + ")";
    List<String> options = SASI.getOrDefault(target.equals("c2") ? "t" : target, List.of(""));
    String option = options.get(random.nextInt(options.size()));
    String create =
        switch (one) {
          case 0, 1 -> "CREATE INDEX " + on + " USING 'sai'";
          case 2 ->
              "CREATE CUSTOM INDEX "
                  + on
                  + " USING 'org.apache.cassandra.index.sasi.SASIIndex'"
                  + (option.isEmpty() ? "" : " WITH OPTIONS = {" + option + "}");
          default -> "CREATE INDEX " + on;
        };
    try {
      execute(create);
    } catch (InvalidQueryException | InvalidConfigurationInQueryException e) {
      refused.add(create + ": " + e.getMessage());
    }
  }

  private void execute(String cql) {
    session.execute(cql.replace("$ks", keyspace));
  }

  private static String names(List<GuardColumn> columns) {
    return columns.stream().map(GuardColumn::name).collect(Collectors.joining(", "));
  }
}
