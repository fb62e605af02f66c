package dev.ringlet.faults;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table that is fuzzed.
 *
 * @param key its primary key
 * @param partition how many columns of that are the partition key
 */
record FuzzTable(String name, List<Column> key, int partition, List<Column> others) {
  static final String KEYSPACE = "fuzz";

  /** Which tables may be scanned; the others may not. */
  static final String SCANNED = "fuzz.every_type,fuzz.wide,fuzz.typed_keys,fuzz.counted";

  private static final FuzzTable EVERY_TYPE =
      new FuzzTable(
          "every_type",
          columns("k int"),
          1,
          columns(
              "a ascii; b blob; bi bigint; bo boolean; d date; de decimal; do double; du duration;"
                  + " f float; i inet; s smallint; t text; ti time; ts timestamp; tu timeuuid;"
                  + " u uuid; v varint; y tinyint; l list<int>; st set<text>; m map<text, int>;"
                  + " md map<decimal, text>; ml frozen<map<frozen<list<int>>, text>>;"
                  + " fl frozen<list<text>>; p point; fp frozen<point>; tp tuple<int, text>;"
                  + " ve vector<float, 3>"));

  private static final FuzzTable WIDE =
      new FuzzTable(
          "wide",
          columns("k int; c text; d decimal"),
          1,
          columns("t text; m map<text, int>; l list<int>; s text static; sm set<text> static"));

  private static final FuzzTable TYPED_KEYS =
      new FuzzTable(
          "typed_keys",
          columns("u uuid; b blob; ts timestamp; fl frozen<list<text>>"),
          2,
          columns("t text"));

  private static final FuzzTable COUNTED =
      new FuzzTable("counted", columns("k int; c text"), 1, columns("n counter; n2 counter"));

  private static final FuzzTable TEXTS =
      new FuzzTable("texts", columns("k text"), 1, columns("t text"));

  private static final FuzzTable STRANGE_NAMES =
      new FuzzTable(
          "StrangeNames",
          columns("select text; a\"b int"),
          1,
          columns("x,y text; limit int; \u65e5 text; true int"));

  private static final FuzzTable ONLY_KEYS =
      new FuzzTable("only_keys", columns("k int; c int"), 1, List.of());

  static final List<FuzzTable> ALL =
      List.of(EVERY_TYPE, WIDE, TYPED_KEYS, COUNTED, TEXTS, STRANGE_NAMES, ONLY_KEYS);

  /** As often as there is something to try in them. */
  static final List<FuzzTable> WEIGHED =
      List.of(
          EVERY_TYPE,
          EVERY_TYPE,
          EVERY_TYPE,
          EVERY_TYPE,
          WIDE,
          WIDE,
          WIDE,
          WIDE,
          TYPED_KEYS,
          COUNTED,
          TEXTS,
          STRANGE_NAMES,
          ONLY_KEYS);

  /**
   * A column.
   *
   * @param type in CQL
   */
  record Column(String name, String type, boolean isStatic) {
    private String ddl() {
      return quoted() + " " + type + (isStatic ? " static" : "");
    }

    private String quoted() {
      return '"' + name.replace("\"", "\"\"") + '"';
    }
  }

  private static List<Column> columns(String list) {
    return Stream.of(list.split("; *", -1))
        .map(column -> column.split(" ", 2))
        .map(
            column ->
                new Column(
                    column[0], column[1].replace(" static", ""), column[1].endsWith(" static")))
        .toList();
  }

  boolean counts() {
    return others.stream().anyMatch(column -> column.type().equals("counter"));
  }

  /** Key columns first. */
  List<Column> columns() {
    return Stream.concat(key.stream(), others.stream()).toList();
  }

  static List<String> ddl() {
    return Stream.of(
            Stream.of(
                "DROP KEYSPACE IF EXISTS fuzz",
                "CREATE KEYSPACE fuzz WITH replication ="
                    + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
                "CREATE TYPE fuzz.point (x int, y text)"),
            ALL.stream().map(FuzzTable::create),
            Stream.of(
                "CREATE INDEX ON fuzz.every_type (v) USING 'sai'",
                "CREATE INDEX ON fuzz.every_type (ve) USING 'sai'",
                "CREATE INDEX ON fuzz.wide (t)"))
        .flatMap(statements -> statements)
        .toList();
  }

  private String create() {
    List<Column> clustering = key.subList(partition, key.size());
    return "CREATE TABLE %s (%s, PRIMARY KEY ((%s)%s))"
        .formatted(
            qualified(),
            columns().stream().map(Column::ddl).collect(joining(", ")),
            key.subList(0, partition).stream().map(Column::quoted).collect(joining(", ")),
            clustering.stream().map(column -> ", " + column.quoted()).collect(joining()));
  }

  /** In CQL. */
  String qualified() {
    return KEYSPACE + ".\"" + name + '"';
  }
}
