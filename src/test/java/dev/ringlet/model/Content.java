package dev.ringlet.model;

import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What some partitions of a table hold, as plain maps: every value is a text, or null. */
final class Content {
  /** A partition that was never written has neither. */
  private record Partition(Map<String, String> statics, Map<List<String>, Line> lines) {}

  /**
   * The regular columns of a row.
   *
   * @param inserted whether it is there without any
   */
  private record Line(boolean inserted, Map<String, String> cells) {
    boolean isThere() {
      return inserted || cells.values().stream().anyMatch(Objects::nonNull);
    }
  }

  private final Shape shape;
  private final Map<List<String>, Partition> partitions = new LinkedHashMap<>();

  Content(Shape shape) {
    this.shape = shape;
  }

  Content copy() {
    Content copy = new Content(shape);
    partitions.forEach(
        (key, partition) -> {
          Map<List<String>, Line> lines = new LinkedHashMap<>();
          partition
              .lines()
              .forEach(
                  (at, line) ->
                      lines.put(at, new Line(line.inserted(), new TreeMap<>(line.cells()))));
          copy.partitions.put(key, new Partition(new TreeMap<>(partition.statics()), lines));
        });
    return copy;
  }

  Shape shape() {
    return shape;
  }

  /** The keys of the partitions that were ever written. */
  Set<List<String>> partitionKeys() {
    return partitions.keySet();
  }

  /** As INSERT: columns that are not named stay, and the row is there even without any. */
  void insert(Map<String, String> row) {
    write(row, true);
  }

  /** As UPDATE. */
  void update(Map<String, String> row) {
    write(row, false);
  }

  private void write(Map<String, String> row, boolean inserted) {
    Partition partition =
        partitions.computeIfAbsent(
            key(row, Kind.PARTITION), k -> new Partition(new TreeMap<>(), new LinkedHashMap<>()));
    Map<String, String> regular = new TreeMap<>();
    row.forEach(
        (column, value) -> {
          Kind kind = shape.kind(column);
          if (kind == Kind.STATIC) {
            partition.statics().put(column, value);
          } else if (kind != Kind.PARTITION && kind != Kind.CLUSTERING) {
            regular.put(column, value);
          }
        });
    if (!row.keySet().containsAll(shape.primaryKey())) {
      return; // nothing but static columns
    }
    List<String> at = key(row, Kind.CLUSTERING);
    Line before = partition.lines().getOrDefault(at, new Line(false, new TreeMap<>()));
    before.cells().putAll(regular);
    partition.lines().put(at, new Line(before.inserted() || inserted, before.cells()));
  }

  /** Adds to counters. */
  void count(Map<String, String> row) {
    Map<String, String> sums = new LinkedHashMap<>(row);
    Map<String, String> before = row(row);
    for (String counter : shape.names(Kind.COUNTER)) {
      if (row.containsKey(counter)) {
        String held = before.get(counter);
        long sum = (held == null ? 0 : Long.parseLong(held)) + Long.parseLong(row.get(counter));
        sums.put(counter, Long.toString(sum));
      }
    }
    update(sums);
  }

  void delete(Collection<Restriction> where) {
    boolean whole = where.stream().allMatch(r -> shape.kind(r.column()) == Kind.PARTITION);
    for (List<String> key : List.copyOf(partitions.keySet())) {
      Partition partition = partitions.get(key);
      if (!holds(where, shape.names(Kind.PARTITION), key)) {
        continue;
      }
      if (whole) {
        partitions.put(key, new Partition(new TreeMap<>(), new LinkedHashMap<>()));
      } else {
        partition.lines().keySet().removeIf(at -> holds(where, shape.names(Kind.CLUSTERING), at));
      }
    }
  }

  private List<String> key(Map<String, String> row, Kind kind) {
    List<String> key = new ArrayList<>();
    shape.names(kind).forEach(name -> key.add(row.get(name)));
    return key;
  }

  private boolean holds(Collection<Restriction> where, List<String> columns, List<String> key) {
    return where.stream()
        .filter(r -> columns.contains(r.column()))
        .allMatch(r -> r.holds(shape, key.get(columns.indexOf(r.column()))));
  }

  /** The row of a key; empty if it is not there, or the key is not whole. */
  Map<String, String> row(Map<String, String> key) {
    if (shape.primaryKey().stream().anyMatch(name -> key.get(name) == null)) {
      return Map.of();
    }
    List<Restriction> where =
        shape.primaryKey().stream().map(name -> Restriction.eq(name, key.get(name))).toList();
    return rows(where).stream().findFirst().orElse(Map.of());
  }

  List<Map<String, String>> rows() {
    return rows(List.of());
  }

  /** Rows with every column. */
  List<Map<String, String>> rows(Collection<Restriction> where) {
    List<Map<String, String>> rows = new ArrayList<>();
    boolean whole = where.stream().allMatch(r -> shape.kind(r.column()) == Kind.PARTITION);
    partitions.forEach(
        (key, partition) -> {
          if (!holds(where, shape.names(Kind.PARTITION), key)) {
            return;
          }
          Set<List<String>> living =
              partition.lines().entrySet().stream()
                  .filter(line -> line.getValue().isThere())
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toSet());
          living.stream()
              .filter(at -> holds(where, shape.names(Kind.CLUSTERING), at))
              .map(at -> row(key, at, partition))
              .filter(row -> regularHold(where, row))
              .forEach(rows::add);
          if (living.isEmpty()
              && whole
              && partition.statics().values().stream().anyMatch(Objects::nonNull)) {
            rows.add(row(key, List.of(), partition)); // Cassandra's row of static columns alone
          }
        });
    return rows;
  }

  private boolean regularHold(Collection<Restriction> where, Map<String, String> row) {
    return where.stream()
        .filter(r -> !shape.primaryKey().contains(r.column()))
        .allMatch(r -> row.get(r.column()) != null && r.holds(shape, row.get(r.column())));
  }

  private Map<String, String> row(List<String> key, List<String> at, Partition partition) {
    Map<String, String> row = new LinkedHashMap<>();
    Map<String, String> cells =
        partition.lines().getOrDefault(at, new Line(false, Map.of())).cells();
    for (Shape.Column column : shape.columns()) {
      String name = column.name();
      row.put(
          name,
          switch (column.kind()) {
            case PARTITION -> key.get(shape.names(Kind.PARTITION).indexOf(name));
            case CLUSTERING ->
                at.isEmpty() ? null : at.get(shape.names(Kind.CLUSTERING).indexOf(name));
            case STATIC -> partition.statics().get(name);
            default -> cells.get(name);
          });
    }
    return row;
  }

  /** Lists of rows that have no order, to be compared. */
  static List<String> unordered(List<Map<String, String>> rows) {
    return rows.stream().map(row -> new TreeMap<>(row).toString()).sorted().toList();
  }
}
