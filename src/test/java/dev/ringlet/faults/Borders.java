package dev.ringlet.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The borders there are: of vectors, of terms of each kind of index, and of keys. */
final class Borders {
  private static final String ROW = "/$k";
  private static final String SASI = "org.apache.cassandra.index.sasi.SASIIndex";
  private static final String ANALYZER = "org.apache.cassandra.index.sasi.analyzer.";
  private static final String VECTOR = "vector<float,3>";

  private static final List<String> BEYOND =
      List.of(
          "[\"NaN\",0,1]",
          "[1,\"Infinity\",0]",
          "[1,0,\"-Infinity\"]",
          "[1.00000007E17,1,1]",
          "[1,-1.00000007E17,1]",
          "[3E38,3E38,3E38]");
  private static final List<String> ZERO =
      List.of("[0,0,0]", "[0,-0.0,0]", "[1E-45,0,0]", "[1E-23,1E-23,-1E-23]");
  private static final List<String> VECTORS =
      List.of("[3E-23,0,0]", "[0,0,-3E-23]", "[1E17,-1E17,1E17]", "[1E17,3E-23,0]", "[1,1E-45,0]");

  private Borders() {}

  static List<Border> all() {
    return Stream.of(vectors(), vectorsInside(), sai(), sasi(), legacy(), keys())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Border> vectors() {
    List<Border> all = new ArrayList<>();
    for (String function : List.of("cosine", "dot_product", "euclidean")) {
      boolean cosine = function.equals("cosine");
      String index = sai("v") + (cosine ? "" : similarity(function));
      String many = columns(VECTOR);
      all.add(
          cosine
              ? new Border(function, many, index, ROW, "", VECTORS, join(ZERO, BEYOND))
              : new Border(function, many, index, ROW, "", join(ZERO, VECTORS), BEYOND));
      String wide = columns("vector<float,8192>");
      List<String> most = List.of(repeated("1E17", "1E17"), repeated("1E17", "-1E17"));
      List<String> beyond = List.of(repeated("1", "1.00000007E17"));
      all.add(new Border(function + "_wide", wide, index, ROW, "", most, beyond));
    }
    return all;
  }

  private static List<Border> vectorsInside() {
    String frozen = "frozen<" + VECTOR + ">";
    List<String> one = List.of("[[1,0,0]]");
    List<String> byKey = List.of("[[[1,0,0],\"a\"]]");
    List<String> byName = List.of("{\"a\":[1,0,0]}");
    List<String> entries = List.of("{\"a\":[0,0,0]}", "{\"a\":[\"NaN\",3E38,0]}");
    String list = "frozen<list<" + VECTOR + ">>";
    String key = "k int, v %s, o int, PRIMARY KEY (k, v)".formatted(VECTOR);
    String part = "v %s, k int, o int, PRIMARY KEY ((v, k))".formatted(VECTOR);
    String statics = "k int, c int, v %s static, o int, PRIMARY KEY (k, c)".formatted(VECTOR);
    return List.of(
        value("list_of_vectors", "list<" + frozen + ">", sai("v"), List.of(), one),
        value("set_of_vectors", "set<" + frozen + ">", sai("v"), List.of(), one),
        value("vectors_by_name", "map<text," + frozen + ">", sai("values(v)"), List.of(), byName),
        value("by_vectors", "map<" + frozen + ",text>", sai("keys(v)"), List.of(), byKey),
        value(
            "entries_of_vectors",
            "map<text," + frozen + ">",
            sai("entries(v)"),
            entries,
            List.of()),
        value(
            "vectors_as_whole",
            list,
            sai("full(v)"),
            List.of("[[0,0,0]]", "[[3E38,0,0]]"),
            List.of()),
        new Border("vector_clustering", key, sai("v"), "/$k/$v", "", VECTORS, join(ZERO, BEYOND)),
        new Border("vector_partition", part, sai("v"), "/$v/$k", "", VECTORS, join(ZERO, BEYOND)),
        new Border("vector_static", statics, sai("v"), "/$k/1", ",\"c\":1", VECTORS, ZERO));
  }

  private static List<Border> sai() {
    return texts("sai", 8192, "USING 'sai'");
  }

  private static List<Border> sasi() {
    String using = "USING '%s'".formatted(SASI);
    String analyzed = " WITH OPTIONS = {'mode':'CONTAINS','analyzer_class':'%s%s'}";
    String tokens = using.concat(analyzed.formatted(ANALYZER, "StandardAnalyzer"));
    String whole = using.concat(analyzed.formatted(ANALYZER, "NonTokenizingAnalyzer"));
    List<String> fits = List.of(text(1023));
    List<String> refused = List.of(text(1024));
    return List.of(
        value("sasi_text", "text", index(using, "v"), fits, refused),
        value("sasi_whole", "text", index(whole, "v"), fits, refused),
        value(
            "sasi_tokens", "text", index(tokens, "v"), List.of(text(1024), text(9000)), List.of()),
        clustering("sasi_clustering", index(using, "v"), "/$k/$v", fits, refused));
  }

  private static List<Border> legacy() {
    String index = index("USING 'legacy_local_table'", "v");
    List<Border> all = new ArrayList<>(texts("legacy", 65_534, "USING 'legacy_local_table'"));
    // their keys are too long before
    all.removeIf(border -> border.isKey());
    // three bytes more for each column of the key
    int most = 65_535 - 3 - 4 - 3;
    all.add(clustering("legacy_clustering", index, "", around(most, "%s"), beyond(most, "%s")));
    all.add(
        new Border(
            "legacy_key",
            "k int, v text, c text, PRIMARY KEY (k, v)",
            index.replace("(v)", "(c)"),
            "",
            ",\"c\":\"c\"",
            around(most, "%s"),
            beyond(most, "%s")));
    return all;
  }

  private static List<Border> texts(String kind, int most, String using) {
    String prefix = kind + "_";
    String path = most < 10_000 ? "/$k/$v" : "";
    String map = "map<text,text>";
    String part = "v text, k int, o int, PRIMARY KEY ((v, k))";
    String statics = "k int, c int, v text static, o int, PRIMARY KEY (k, c)";
    List<String> fits = List.of(text(most), "\"" + "é".repeat(most / 2) + "\"");
    List<String> refused = List.of(text(most + 1), "\"" + "é".repeat(most / 2) + "x\"");
    return List.of(
        value(prefix + "text", "text", index(using, "v"), fits, refused),
        value(prefix + "ascii", "ascii", index(using, "v"), around(most, "%s"), beyond(most, "%s")),
        inside(prefix + "set", "set<text>", index(using, "v"), most, "[\"a\",%s]"),
        inside(prefix + "list", "list<text>", index(using, "v"), most, "[%s,\"a\"]"),
        inside(prefix + "keys", map, index(using, "keys(v)"), most, "{%s:\"a\"}"),
        inside(prefix + "values", map, index(using, "values(v)"), most, "{\"a\":%s}"),
        // a key or value of one byte, and three bytes more for each
        inside(prefix + "entries", map, index(using, "entries(v)"), most - 7, "{\"a\":%s}"),
        inside(prefix + "entry_keys", map, index(using, "entries(v)"), most - 7, "{%s:\"a\"}"),
        // the number of elements, and the length of each
        inside(prefix + "full", "frozen<set<text>>", index(using, "full(v)"), most - 8, "[%s]"),
        inside(prefix + "tuple", "tuple<text,int>", index(using, "v"), most - 12, "[%s,1]"),
        clustering(prefix + "clustering", index(using, "v"), path, fits, refused),
        new Border(prefix + "partition", part, index(using, "v"), "/$v/$k", "", fits, refused),
        new Border(
            prefix + "static", statics, index(using, "v"), "/$k/1", ",\"c\":1", fits, refused));
  }

  private static List<Border> keys() {
    String view =
        "CREATE MATERIALIZED VIEW $i AS SELECT * FROM $t WHERE k IS NOT NULL AND v IS NOT NULL"
            + " PRIMARY KEY ";
    int most = 65_535;
    String two = "k int, v text, c text, PRIMARY KEY (k, v, c)";
    String set = "frozen<set<text>>";
    return List.of(
        value("view_partition", "text", view + "(v, k)", around(most, "%s"), beyond(most, "%s")),
        value(
            "view_both",
            "text",
            view + "((v, k))",
            around(most - 10, "%s"),
            beyond(most - 10, "%s")),
        value("view_rows", "text", view + "(k, v)", around(most, "%s"), beyond(most, "%s")),
        value("view_set", set, view + "(v, k)", around(most - 8, "[%s]"), beyond(most - 8, "[%s]")),
        new Border(
            "two_clusterings",
            two,
            "",
            "",
            ",\"c\":" + text(32_768),
            List.of(text(32_767)),
            List.of(text(32_768))));
  }

  /** One vector for each key, so that the graph of the index has more than a few. */
  static List<String> manyVectors(boolean cosine) {
    List<String> large = List.of("1E17", "-1E17", "3E-23", "-3E-23", "1", "-0.5", "7E16");
    List<String> tiny = List.of("0", "1E-45", "1E-30", "-1E-38");
    Random random = new Random(1);
    return IntStream.range(0, 60)
        .mapToObj(
            i ->
                "[%s,%s,%s]"
                    .formatted(
                        (cosine || i % 3 > 0 ? large : tiny).get(random.nextInt(4)),
                        Float.toString(random.nextFloat() * (i % 2 == 0 ? 0x1p56f : -0x1p-100f)),
                        tiny.get(random.nextInt(4))))
        .toList();
  }

  private static Border value(
      String table, String type, String ddl, List<String> fits, List<String> refused) {
    return new Border(table, columns(type), ddl, ROW, "", fits, refused);
  }

  private static Border inside(String table, String type, String ddl, int most, String json) {
    return value(table, type, ddl, around(most, json), beyond(most, json));
  }

  private static Border clustering(
      String table, String ddl, String path, List<String> fits, List<String> refused) {
    String columns = "k int, v text, o int, PRIMARY KEY (k, v)";
    return new Border(table, columns, ddl, path, "", fits, refused);
  }

  private static String columns(String type) {
    return "k int PRIMARY KEY, v " + type + ", o int";
  }

  private static String sai(String target) {
    return index("USING 'sai'", target);
  }

  private static String index(String using, String target) {
    String custom = using.contains(SASI) ? "CUSTOM " : "";
    return "CREATE " + custom + "INDEX $i ON $t (" + target + ") " + using;
  }

  private static String similarity(String function) {
    return " WITH OPTIONS = {'similarity_function': '" + function + "'}";
  }

  private static List<String> around(int most, String json) {
    return List.of(json.formatted(text(most)));
  }

  private static List<String> beyond(int most, String json) {
    return List.of(json.formatted(text(most + 1)));
  }

  private static String text(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }

  private static String repeated(String one, String other) {
    return IntStream.range(0, 8192)
        .mapToObj(i -> i % 2 == 0 ? one : other)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> join(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
