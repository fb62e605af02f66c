package dev.ringlet.model;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** The tables of the model in Cassandra, by the plain driver. */
final class World implements AutoCloseable {
  private static final int AT_ONCE = 256;

  private final CqlSession session = PlainDriver.session();
  private final Shapes shapes = new Shapes("model_" + Long.toString(System.nanoTime(), 36));
  private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();
  private final Set<List<String>> made = new HashSet<>();

  World() {
    shapes.all().stream().map(Shape::keyspace).distinct().forEach(this::createKeyspace);
    shapes.all().forEach(shape -> session.execute(shape.create()));
  }

  private void createKeyspace(String name) {
    session.execute(
        "CREATE KEYSPACE \"%s\" WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}"
            .formatted(name));
  }

  Shapes shapes() {
    return shapes;
  }

  /** Writes all of them; a row that several have, once. */
  void write(List<Content> contents) throws InterruptedException {
    Semaphore room = new Semaphore(AT_ONCE);
    List<CompletionStage<?>> writes = new ArrayList<>();
    int orders = 0;
    for (Content content : contents) {
      for (Map<String, String> row : content.rows()) {
        Shape shape = content.shape();
        List<String> key = new ArrayList<>(List.of(shape.cql()));
        shape.primaryKey().forEach(name -> key.add(row.get(name)));
        if (made.add(key)) {
          orders += shape.table().equals("orders") ? 1 : 0;
          room.acquire();
          writes.add(
              session
                  .executeAsync(insert(shape).bind(values(shape, row)))
                  .whenComplete((done, failure) -> room.release()));
        }
      }
    }
    writes.forEach(write -> write.toCompletableFuture().join());
    awaitView(orders);
  }

  /** A view follows its table. */
  private void awaitView(int rows) {
    String count = "SELECT count(*) FROM " + shapes.ordersByItem().cql();
    await().until(() -> session.execute(count).one().getLong(0) == rows);
  }

  private PreparedStatement insert(Shape shape) {
    return prepared.computeIfAbsent("insert " + shape.cql(), unused -> session.prepare(cql(shape)));
  }

  private static String cql(Shape shape) {
    List<String> names = shape.columns().stream().map(c -> "\"" + c.name() + "\"").toList();
    if (!shape.has(Kind.COUNTER)) {
      return "INSERT INTO %s (%s) VALUES (%s)"
          .formatted(
              shape.cql(),
              String.join(", ", names),
              names.stream().map(n -> "?").collect(Collectors.joining(", ")));
    }
    String sums =
        shape.names(Kind.COUNTER).stream()
            .map(n -> "\"%s\" = \"%s\" + ?".formatted(n, n))
            .collect(Collectors.joining(", "));
    return "UPDATE %s SET %s WHERE %s".formatted(shape.cql(), sums, where(shape.primaryKey()));
  }

  private static String where(List<String> columns) {
    return columns.stream().map("\"%s\" = ?"::formatted).collect(Collectors.joining(" AND "));
  }

  private static Object[] values(Shape shape, Map<String, String> row) {
    List<Shape.Column> columns = new ArrayList<>(shape.of(Set.of(Kind.COUNTER)));
    columns.addAll(
        shape.columns().stream().filter(column -> column.kind() != Kind.COUNTER).toList());
    return columns.stream().map(column -> value(column, row.get(column.name()))).toArray();
  }

  private static Object value(Shape.Column column, String text) {
    return switch (column.type()) {
      case "int" -> Integer.valueOf(text);
      case "counter" -> Long.valueOf(text);
      default -> text;
    };
  }

  /** What there is in these partitions. */
  List<Map<String, String>> stored(Shape shape, Set<List<String>> partitions) {
    List<String> names = shape.names(Kind.PARTITION);
    PreparedStatement select =
        prepared.computeIfAbsent(
            "select " + shape.cql(),
            unused -> session.prepare("SELECT * FROM " + shape.cql() + " WHERE " + where(names)));
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> partition : partitions) {
      Object[] key = new Object[names.size()];
      for (int i = 0; i < key.length; i++) {
        key[i] = value(shape.column(names.get(i)), partition.get(i));
      }
      session.execute(select.bind(key)).forEach(row -> rows.add(row(shape, row)));
    }
    return rows;
  }

  private static Map<String, String> row(Shape shape, Row row) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Shape.Column column : shape.columns()) {
      Object value = row.getObject("\"" + column.name() + "\"");
      texts.put(column.name(), value == null ? null : value.toString());
    }
    return texts;
  }

  @Override
  public void close() {
    shapes.all().stream()
        .map(Shape::keyspace)
        .distinct()
        .forEach(name -> session.execute("DROP KEYSPACE \"" + name + "\""));
    session.close();
  }
}
