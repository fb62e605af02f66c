package dev.ringlet.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table of the model.
 *
 * @param columns in the order in which rows have them
 * @param base the table that a view is of; otherwise empty
 */
record Shape(String keyspace, String table, List<Column> columns, String base) {
  enum Kind {
    PARTITION,
    CLUSTERING,
    REGULAR,
    COUNTER,
    STATIC
  }

  /**
   * A column.
   *
   * @param type in CQL
   */
  record Column(String name, Kind kind, String type) {}

  /**
   * Whose rows they are: the same in a table whose key is a text and in one whose key is an int.
   */
  record Owner(String text, int number) {}

  /** {@code name kind} or {@code name kind type}, where the type is text if it is left out. */
  static Shape of(String keyspace, String table, String... columns) {
    List<Column> all = new ArrayList<>();
    for (String column : columns) {
      String[] parts = column.split(":", -1);
      all.add(new Column(parts[0], Kind.valueOf(parts[1]), parts.length > 2 ? parts[2] : "text"));
    }
    return new Shape(keyspace, table, List.copyOf(all), "");
  }

  boolean isView() {
    return !base.isEmpty();
  }

  List<Column> of(Set<Kind> kinds) {
    return columns.stream().filter(column -> kinds.contains(column.kind())).toList();
  }

  List<String> names(Kind... kinds) {
    return of(Set.of(kinds)).stream().map(Column::name).toList();
  }

  List<String> primaryKey() {
    return names(Kind.PARTITION, Kind.CLUSTERING);
  }

  boolean has(Kind kind) {
    return columns.stream().anyMatch(column -> column.kind() == kind);
  }

  boolean knows(String name) {
    return columns.stream().anyMatch(c -> c.name().equals(name));
  }

  Column column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  Kind kind(String name) {
    return column(name).kind();
  }

  boolean isInt(String name) {
    return column(name).type().equals("int");
  }

  /** What a path may be asked for that has so many key values. */
  Set<String> methods(int keys) {
    Set<String> methods = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));
    int partition = names(Kind.PARTITION).size();
    boolean row = keys == primaryKey().size() || keys == 0; // whose rows filters name
    if (isView()) {
      return methods;
    }
    if (keys == 0 && !has(Kind.COUNTER)) {
      methods.add("POST");
    }
    if (row && !has(Kind.COUNTER)) {
      methods.add("PUT");
    }
    if (row || (keys == partition && has(Kind.STATIC))) {
      methods.add("PATCH");
    }
    if (keys >= partition || row) {
      methods.add("DELETE");
    }
    return methods;
  }

  /** The value with which a row was made: it tells its column and its key. */
  static String value(String column, Map<String, String> key) {
    return column + "~" + String.join("/", key.values());
  }

  /** The first column of the key of the owner's rows. */
  String first(Owner owner) {
    if (isView()) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("customer", owner.text());
      row.put("year", "2026");
      row.put("no", "1");
      return value(columns.get(0).name(), row);
    }
    return isInt(columns.get(0).name()) ? Integer.toString(owner.number()) : owner.text();
  }

  /**
   * The values that each column of the key has in rows that were made, the first of which is the
   * usual one.
   */
  List<String> values(String column, Owner owner) {
    return switch (column) {
      case "year" -> List.of("2026", "2025");
      case "day" -> List.of("d1", "d2");
      case "seq", "no" -> List.of("1", "2");
      case "page" -> List.of("p1", "p2");
      default -> List.of(column.equals("customer") ? owner.text() : first(owner));
    };
  }

  /** {@code "keyspace"."table"}. */
  String cql() {
    return "\"" + keyspace + "\".\"" + table + "\"";
  }

  String create() {
    String quoted = "\"%s\"";
    if (isView()) {
      String key = primaryKey().stream().map(quoted::formatted).collect(Collectors.joining(", "));
      return "CREATE MATERIALIZED VIEW %s AS SELECT * FROM \"%s\".\"%s\" WHERE %s PRIMARY KEY (%s)"
          .formatted(
              cql(),
              keyspace,
              base,
              primaryKey().stream()
                  .map(name -> "\"" + name + "\" IS NOT NULL")
                  .collect(Collectors.joining(" AND ")),
              key);
    }
    String definitions =
        columns.stream()
            .map(
                c ->
                    "\"" + c.name() + "\" " + c.type() + (c.kind() == Kind.STATIC ? " static" : ""))
            .collect(Collectors.joining(", "));
    String partition =
        names(Kind.PARTITION).stream().map(quoted::formatted).collect(Collectors.joining(", "));
    String clustering =
        names(Kind.CLUSTERING).stream().map(", \"%s\""::formatted).collect(Collectors.joining());
    return "CREATE TABLE %s (%s, PRIMARY KEY ((%s)%s))"
        .formatted(cql(), definitions, partition, clustering);
  }
}
