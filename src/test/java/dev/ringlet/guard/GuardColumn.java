package dev.ringlet.guard;

import java.util.List;

/**
 * A column of the tables that the guard is held against Cassandra with.
 *
 * @param name as CQL writes it
 * @param text two values as a filter has them
 * @param cql the same two as CQL literals
 * @param element what it may contain: as a filter has it, and as a literal
 * @param key the same of a map's keys
 */
record GuardColumn(
    String name,
    String type,
    List<String> text,
    List<String> cql,
    List<String> element,
    List<String> key) {

  static final List<GuardColumn> VALUES =
      List.of(
          same("i", "int", "1", "2"),
          quoted("t", "text", "x1", "x2"),
          same(
              "u",
              "uuid",
              "5b6962dd-3f90-4c93-8f61-eabfa4a803e1",
              "5b6962dd-3f90-4c93-8f61-eabfa4a803e2"),
          same("b", "boolean", "true", "false"),
          same("n", "decimal", "1.5", "2.5"),
          quoted("ts", "timestamp", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"),
          quoted("ip", "inet", "127.0.0.1", "127.0.0.2"),
          new GuardColumn(
              "bl",
              "blob",
              List.of("AQ==", "Ag=="),
              List.of("0x01", "0x02"),
              List.of("AQ==", "0x01"),
              List.of("AQ==", "0x01")),
          same("d", "duration", "PT1H", "PT2H"),
          numbers("l", "list<int>", "[1]", "[2]"),
          quoted("s", "set<text>", "a", "b").as("{'a'}", "{'b'}", "[\"a\"]", "[\"b\"]"),
          map("m", "map<text, int>"),
          numbers("fl", "frozen<list<int>>", "[1]", "[2]"),
          map("fm", "frozen<map<text, int>>"),
          same("tu", "tuple<int, int>", "1", "2").as("(1, 1)", "(2, 2)", "[1,1]", "[2,2]"),
          same("td", "tuple<int, duration>", "1", "2")
              .as("(1, 1h)", "(2, 2h)", "[1,\"PT1H\"]", "[2,\"PT2H\"]"),
          same("ud", "frozen<$ks.place>", "1", "2")
              .as("{a: 1}", "{a: 2}", "{\"a\":1}", "{\"a\":2}"),
          same("uu", "$ks.place", "1", "2").as("{a: 1}", "{a: 2}", "{\"a\":1}", "{\"a\":2}"),
          same("v", "vector<float, 2>", "[0.5,1]", "[1,0.5]"),
          same("w", "vector<float, 2>", "[0.5,1]", "[1,0.5]"),
          same("\"a\"\"b\"", "int", "1", "2"),
          numbers("\"My\"\"Set\"", "set<int>", "[1]", "[2]").as("{1}", "{2}", "[1]", "[2]"),
          quoted("\"Mixed\"", "text", "x1", "x2"));

  static final GuardColumn STATIC_NUMBER = same("xs", "int", "1", "2");
  static final GuardColumn STATIC_TEXT = quoted("xt", "text", "x1", "x2");

  static GuardColumn same(String name, String type, String one, String two) {
    List<String> element = List.of(one, one);
    return new GuardColumn(name, type, List.of(one, two), List.of(one, two), element, element);
  }

  static GuardColumn quoted(String name, String type, String one, String two) {
    List<String> element = List.of(one, "'" + one + "'");
    return new GuardColumn(
        name, type, List.of(one, two), List.of("'" + one + "'", "'" + two + "'"), element, element);
  }

  static GuardColumn numbers(String name, String type, String one, String two) {
    List<String> element = List.of("1", "1");
    return new GuardColumn(name, type, List.of(one, two), List.of(one, two), element, element);
  }

  private static GuardColumn map(String name, String type) {
    return new GuardColumn(
        name,
        type,
        List.of("{\"a\":1}", "{\"a\":2}"),
        List.of("{'a': 1}", "{'a': 2}"),
        List.of("1", "1"),
        List.of("a", "'a'"));
  }

  /** The column with bounds of the timeuuids of a time for values. */
  GuardColumn bound(boolean most) {
    String min = most ? "max" : "min";
    List<String> times = List.of("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");
    return new GuardColumn(
        name,
        type,
        times.stream().map(time -> min + "_timeuuid(" + time + ")").toList(),
        times.stream().map(time -> min + "Timeuuid('" + time + "')").toList(),
        element,
        key);
  }

  private GuardColumn as(String oneCql, String twoCql, String one, String two) {
    return new GuardColumn(name, type, List.of(one, two), List.of(oneCql, twoCql), element, key);
  }

  /** The name without CQL's quotes. */
  String plain() {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
