package dev.ringlet.faults;

import static java.util.stream.Collectors.joining;

import dev.ringlet.faults.FuzzTable.Column;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Bodies of writes: rows as JSON, NDJSON and CSV, and changes of rows. */
final class FuzzBodies {
  private static final Map<String, List<String>> CHANGES =
      Map.of(
          "list<int>", List.of("{\"$add\":[1]}", "{\"$remove\":[1]}", "{\"$prepend\":[2,3]}"),
          "set<text>", List.of("{\"$add\":[\"z\"],\"$remove\":[\"x\"]}", "{\"$remove\":[\"'\"]}"),
          "map<text, int>", List.of("{\"$add\":{\"b\":1}}", "{\"$remove\":[\"a\",\"b\"]}"),
          "point", List.of("{\"x\":2}", "{\"y\":null}"));

  private final Dice dice;
  private final FuzzValues values;

  FuzzBodies(Dice dice, FuzzValues values) {
    this.dice = dice;
    this.values = values;
  }

  /** A row without its key: the path has that. */
  String content(FuzzTable table) {
    return table.others().isEmpty() ? "{}" : object(dice.few(table.others(), 4).stream());
  }

  /** A whole row. */
  String row(FuzzTable table) {
    Stream<Column> others =
        table.others().isEmpty() ? Stream.empty() : dice.few(table.others(), 4).stream();
    return "{"
        + Stream.concat(
                table.key().stream().map(column -> member(column, values.key(column))),
                others.map(column -> member(column, value(column))))
            .collect(joining(","))
        + "}";
  }

  /** The same as a CloudEvent, one or a batch, or with the headers that make it one. */
  void event(FuzzRequest request, FuzzTable table) {
    switch (dice.below(3)) {
      case 0 -> {
        request.type = "application/cloudevents+json";
        request.body(event(table));
      }
      case 1 -> {
        request.type = "application/cloudevents-batch+json";
        request.body("[" + dice.some(4, ",", () -> event(table)) + "]");
      }
      default -> {
        List.of("specversion: 1.0", "id: 1", "source: /%2F", "type: t")
            .forEach(attribute -> request.headers.add("ce-" + attribute));
        request.body(row(table));
      }
    }
  }

  private String event(FuzzTable table) {
    return "{\"specversion\":\"%s\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":%s}"
        .formatted(dice.percent(90) ? "1.0" : "0.3", row(table));
  }

  /** Nothing but the key. */
  String key(FuzzTable table) {
    return table.key().stream()
        .map(column -> member(column, values.key(column)))
        .collect(joining(",", "{", "}"));
  }

  /** Some of what PATCH can do. */
  String change(FuzzTable table) {
    return table.others().isEmpty() || dice.percent(3)
        ? "{}"
        : dice.few(table.others(), 4).stream()
            .map(column -> member(column, changed(column)))
            .collect(joining(",", "{", "}"));
  }

  /** The same with the key inside. */
  String merged(FuzzTable table) {
    String key = key(table);
    String change = change(table);
    return change.equals("{}")
        ? key
        : key.substring(0, key.length() - 1) + "," + change.substring(1);
  }

  /** The static columns of a partition. */
  String statics(FuzzTable table) {
    return object(table.others().stream().filter(Column::isStatic));
  }

  private String object(Stream<Column> columns) {
    return columns.map(column -> member(column, value(column))).collect(joining(",", "{", "}"));
  }

  private static String member(Column column, String value) {
    return Text.json(column.name()) + ":" + value;
  }

  private String value(Column column) {
    if (dice.percent(3)) {
      return dice.one(List.of("{\"$now\":true}", "{\"$uuid\":true}", "{\"$now\":false}"));
    }
    return dice.percent(10) && !column.type().equals("counter") ? "null" : values.fitting(column);
  }

  private String changed(Column column) {
    List<String> changes = CHANGES.get(column.type());
    return changes == null || dice.percent(50) ? value(column) : dice.one(changes);
  }

  /** Many rows in one of the three forms. */
  void many(FuzzRequest request, FuzzTable table, boolean deletes) {
    Supplier<String> row = deletes ? () -> key(table) : () -> row(table);
    switch (dice.below(3)) {
      case 0 -> request.body("[" + row.get() + "," + dice.some(4, ",", row) + "]");
      case 1 -> {
        request.type = "application/x-ndjson";
        request.body(dice.some(5, dice.percent(80) ? "\n" : "\r\n\r\n", row));
      }
      default -> {
        request.type = "text/csv";
        csv(request, table, deletes);
      }
    }
  }

  /** Operations of a batch, most of one table. */
  String operations(FuzzTable table) {
    return "["
        + dice.some(4, ",", () -> operation(dice.percent(70) ? table : dice.one(FuzzTable.WEIGHED)))
        + "]";
  }

  private String operation(FuzzTable table) {
    if (dice.percent(5)) {
      return dice.one(List.of("{}", "[]", "{\"insert\":1}", "{\"op\":\"x\"}", "{\"row\":{}}"));
    }
    String path = "/v1/" + FuzzTable.KEYSPACE + "/" + table.name();
    String row = path + "/" + table.key().stream().map(this::segment).collect(joining("/"));
    String member =
        dice.one(List.of(",\"ttl\":60", ",\"if_match\":\"*\"", ",\"if_none_match\":\"*\""));
    return switch (table.counts() ? 1 : dice.below(4)) {
          case 0 -> of("insert", path, row(table));
          case 1 -> of("merge", row, change(table));
          case 2 -> of("replace", row, content(table));
          default -> "{\"delete\":" + Text.json(row);
        }
        + (dice.percent(15) ? member : "")
        + "}";
  }

  private static String of(String member, String path, String row) {
    return "{" + Text.json(member) + ":" + Text.json(path) + ",\"row\":" + row;
  }

  private String segment(Column column) {
    return Text.percent(Text.plain(values.key(column)));
  }

  /** Its columns are named in its first record, or by the query. */
  private void csv(FuzzRequest request, FuzzTable table, boolean deletes) {
    List<Column> columns =
        deletes || table.others().isEmpty()
            ? table.key()
            : Stream.concat(table.key().stream(), dice.few(table.others(), 3).stream()).toList();
    String end = dice.one(List.of("\n", "\r\n"));
    String header = columns.stream().map(c -> Text.csv(c.name())).collect(joining(",")) + end;
    if (dice.percent(20)) {
      header = "";
      request.type += ";header=absent";
      request.query.add(
          "columns=" + columns.stream().map(c -> Text.name(c.name())).collect(joining(",")));
    }
    request.body(
        (dice.percent(5) ? "\uFEFF" : "")
            + header
            + dice.some(
                5, end, () -> columns.stream().map(c -> field(table, c)).collect(joining(","))));
  }

  private String field(FuzzTable table, Column column) {
    if (table.key().contains(column)) {
      return Text.csv(Text.plain(values.key(column)));
    }
    String value = value(column);
    return value.equals("null") ? "" : Text.csv(Text.plain(value));
  }
}
