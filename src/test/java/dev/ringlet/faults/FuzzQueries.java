package dev.ringlet.faults;

import dev.ringlet.faults.FuzzTable.Column;
import java.util.List;
import java.util.stream.Collectors;

/** Queries of reads, and filters of deletions. */
final class FuzzQueries {
  private static final List<String> SPLITS = List.of("1/1", "1/4", "4/4", "2/4096");
  private static final List<String> FUNCTIONS =
      List.of(
          "ttl", "writetime", "maxwritetime", "count", "min", "max", "sum", "avg", "similarity");
  private static final List<String> CASTS = List.of("text", "int", "double", "date");
  private static final List<String> RANGES = List.of("lt.", "lte.", "gt.", "gte.");

  private final Dice dice;
  private final FuzzValues values;

  FuzzQueries(Dice dice, FuzzValues values) {
    this.dice = dice;
    this.values = values;
  }

  /** What finds rows where the path has so many values of the key. */
  void read(FuzzRequest request, FuzzTable table, int given) {
    if (given < table.partition()) {
      beyondPartition(request, table, given);
    } else {
      clustering(request, table, given);
      order(request, table, given);
    }
    if (dice.percent(40)) {
      select(request, table);
    }
    if (dice.percent(15)) {
      rows(request, table);
    }
    if (dice.percent(40)) {
      request.query.add("limit=" + (1 + dice.below(8)));
    }
    if (dice.percent(3)) {
      request.query.add("explain=true");
    }
  }

  private void beyondPartition(FuzzRequest request, FuzzTable table, int given) {
    switch (dice.below(10)) {
      case 0, 1 -> scan(request, table);
      case 2 -> indexed(request, table);
      case 3 -> nearest(request, table);
      default -> table.key().subList(given, table.partition()).forEach(c -> equal(request, c));
    }
  }

  private void scan(FuzzRequest request, FuzzTable table) {
    request.query.add("scan=true");
    if (dice.percent(50)) {
      request.query.add("split=" + dice.one(SPLITS));
    }
    if (dice.percent(40) && !table.others().isEmpty()) {
      filter(request, dice.one(table.others()));
    }
  }

  private void indexed(FuzzRequest request, FuzzTable table) {
    List<Column> indexed = table.others().stream().filter(c -> c.name().matches("v|t")).toList();
    if (!indexed.isEmpty()) {
      equal(request, dice.one(indexed));
    }
  }

  private void nearest(FuzzRequest request, FuzzTable table) {
    if (table.others().stream().anyMatch(c -> c.name().equals("ve"))) {
      request.query.add("order=ve.ann.[0.1,0.2," + dice.below(9) + "]");
    } else {
      scan(request, table);
    }
  }

  private void equal(FuzzRequest request, Column column) {
    String value = Text.plain(values.key(column));
    String other = Text.plain(values.key(column));
    request.query.add(
        Text.name(column.name())
            + (dice.percent(70)
                ? "=eq." + Text.percent(value)
                : "=in." + Text.percent("(" + item(value) + "," + item(other) + ")")));
  }

  private static String item(String value) {
    return value.matches("[^\",()]*") ? value : Text.quoted(value);
  }

  /** One that fits the type of the column. */
  private void filter(FuzzRequest request, Column column) {
    String type = column.type();
    String operation =
        switch (type.replaceAll("<.*", "")) {
          case "list", "set" -> "contains." + dice.one(List.of("1", "x"));
          case "map" ->
              dice.one(List.of("contains.1", "contains_key.1", "entry.(1,1)", "entry.(1.0,x)"));
          case "text", "ascii" ->
              dice.one(List.of("eq.", "gte.", "like.")) + Text.percent(Text.plain(fitting(column)));
          case "timeuuid" -> dice.one(List.of("gt.min", "lte.max")) + "_timeuuid(2026-11-22)";
          default -> dice.one(List.of("eq.", "gt.")) + Text.percent(Text.plain(fitting(column)));
        };
    request.query.add(Text.name(column.name()) + "=" + operation);
  }

  private String fitting(Column column) {
    return column.type().equals("counter") ? "1" : values.fitting(column);
  }

  /** Values for clustering columns, or a range of the next; DELETE takes that too. */
  void clustering(FuzzRequest request, FuzzTable table, int given) {
    if (given < table.key().size() && dice.percent(50)) {
      Column next = table.key().get(given);
      if (given + 1 < table.key().size() && dice.percent(30)) {
        tuple(request, table.key().subList(given, given + 2));
      } else if (dice.percent(40)) {
        equal(request, next);
      } else {
        request.query.add(
            Text.name(next.name())
                + "="
                + dice.one(RANGES)
                + Text.percent(Text.plain(values.key(next))));
      }
    }
  }

  /**
   * What the query of a write of a row says.
   *
   * @param key whether it has the row's key
   */
  void write(FuzzRequest request, FuzzTable table, boolean key) {
    if (key) {
      for (Column column : table.key()) {
        request.query.add(
            Text.name(column.name()) + "=eq." + Text.percent(Text.plain(values.key(column))));
      }
    }
    if (dice.percent(10) && !table.others().isEmpty()) {
      compare(request, dice.one(table.others()));
    }
    if (dice.percent(3)) {
      request.query.add("explain=true");
    }
  }

  private void compare(FuzzRequest request, Column column) {
    if (dice.percent(30)) {
      request.query.add(
          Text.name(column.name()) + "=" + dice.one(List.of("is.null", "is.not_null")));
    } else if (column.type().startsWith("map") && dice.percent(50)) {
      request.query.add(Text.name(column.name()) + "[1]=" + dice.one(List.of("eq.1", "ne.1")));
    } else if (dice.percent(50)) {
      request.query.add(
          Text.name(column.name()) + "=ne." + Text.percent(Text.plain(fitting(column))));
    } else {
      filter(request, column);
    }
  }

  private void tuple(FuzzRequest request, List<Column> columns) {
    String operand =
        dice.percent(30)
            ? "in.(" + values(columns) + "," + values(columns) + ")"
            : dice.one(RANGES) + values(columns);
    request.query.add(
        "("
            + columns.stream().map(c -> Text.name(c.name())).collect(Collectors.joining(","))
            + ")="
            + operand);
  }

  private String values(List<Column> columns) {
    return Text.percent(
        columns.stream()
            .map(column -> item(Text.plain(values.key(column))))
            .collect(Collectors.joining(",", "(", ")")));
  }

  private void order(FuzzRequest request, FuzzTable table, int given) {
    List<Column> open = table.key().subList(given, table.key().size());
    if (!open.isEmpty() && dice.percent(30)) {
      String direction = dice.one(List.of(".asc", ".desc"));
      request.query.add(
          "order="
              + open.stream()
                  .map(column -> Text.name(column.name()) + direction)
                  .collect(Collectors.joining(",")));
    }
  }

  void select(FuzzRequest request, FuzzTable table) {
    request.query.add(
        "select="
            + dice.few(table.columns(), 3).stream()
                .map(column -> selected(table, column))
                .collect(Collectors.joining(",")));
  }

  private String selected(FuzzTable table, Column column) {
    String name = Text.name(column.name());
    if (table.key().contains(column) || table.counts() || dice.percent(60)) {
      return name;
    }
    return dice.one(
        List.of(
            "a:" + name,
            name + "[1]",
            name + ".a",
            dice.one(FUNCTIONS) + "(" + name + ")",
            "cast(" + name + "%20as%20" + dice.one(CASTS) + ")",
            "sum(cast(" + name + "%20as%20int))",
            "similarity_cosine(" + name + ",[0.1,0.2,0.3])",
            "token()"));
  }

  /** Of many rows one, or some. */
  private void rows(FuzzRequest request, FuzzTable table) {
    if (dice.percent(50)) {
      int from = dice.below(2);
      List<Column> key = table.key();
      request.query.add(
          "group="
              + key.subList(Math.min(from, key.size() - 1), key.size()).stream()
                  .map(column -> Text.name(column.name()))
                  .collect(Collectors.joining(",")));
    }
    if (dice.percent(20)) {
      request.query.add("distinct=true");
    }
    if (dice.percent(30)) {
      request.query.add("per_partition=" + (1 + dice.below(3)));
    }
  }
}
