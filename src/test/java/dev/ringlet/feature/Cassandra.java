package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.local.OtherCassandra;
import dev.ringlet.local.PlainDriver;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** The plain driver's view of the same Cassandra: makes tables, and says what is really in them. */
final class Cassandra {
  private static CqlSession session;

  private Cassandra() {}

  static synchronized CqlSession session() {
    if (session == null) {
      session = PlainDriver.session();
    }
    return session;
  }

  /** A new keyspace with these tables; it returns when the application has seen them all. */
  static String keyspace(String name, String... statements) {
    String keyspace = create(name, statements);
    awaitSeen(keyspace);
    return keyspace;
  }

  /**
   * The same without waiting for the application. It is without what another Cassandra refuses:
   * what needs that asks for it by {@link #require}.
   */
  static String create(String name, String... statements) {
    String keyspace = PlainDriver.keyspace(session(), name);
    for (String statement : statements) {
      takes(statement.replace("$ks", keyspace));
    }
    return keyspace;
  }

  /** Executes a statement, unless another Cassandra refuses it. */
  @CanIgnoreReturnValue
  static boolean takes(String statement) {
    return OtherCassandra.takes(session(), statement);
  }

  /** Executes what a test needs, or skips it where another Cassandra refuses that. */
  @CanIgnoreReturnValue
  static List<Row> require(String statement) {
    return require(SimpleStatement.newInstance(statement));
  }

  /** The same of a statement that is more than its text. */
  static List<Row> require(SimpleStatement statement) {
    return OtherCassandra.require(session(), statement);
  }

  /** Skips what needs an index that another Cassandra has refused. */
  static void requireIndex(String keyspace, String index) {
    require("DESCRIBE INDEX " + keyspace + "." + index);
  }

  /** Waits until the application describes the keyspace's tables as the driver does. */
  static void awaitSeen(String keyspace) {
    List<String> there =
        relations(session().getMetadata().getKeyspace(keyspace).orElseThrow())
            .flatMap(table -> Stream.concat(columns(table), indexes(table)))
            .sorted()
            .toList();
    await().pollInterval(Duration.ofMillis(50)).until(() -> there.equals(seen(keyspace)));
  }

  private static Stream<RelationMetadata> relations(KeyspaceMetadata keyspace) {
    return Stream.concat(
        keyspace.getTables().values().stream(), keyspace.getViews().values().stream());
  }

  private static Stream<String> columns(RelationMetadata table) {
    return table.getColumns().values().stream()
        .map(
            column ->
                table.getName().asInternal()
                    + "."
                    + column.getName().asInternal()
                    + " "
                    + column.getType().asCql(true, true));
  }

  private static Stream<String> indexes(RelationMetadata relation) {
    return relation instanceof TableMetadata table
        ? table.getIndexes().keySet().stream()
            .map(index -> table.getName().asInternal() + " " + index.asInternal())
        : Stream.empty();
  }

  /** Waits until the application has its session. */
  static void awaitConnected() {
    await().until(() -> given().get(url() + "/v1").statusCode() == 200);
  }

  /** Before the first test method REST-assured does not know it yet. */
  private static String url() {
    return ConfigProvider.getConfig().getValue("test.url", String.class);
  }

  private static List<String> seen(String keyspace) {
    var response = given().get(url() + "/v1/" + keyspace);
    if (response.statusCode() != 200) {
      return List.of();
    }
    return response
        .jsonPath()
        .<String>getList(
            "tables.collectMany { t -> t.columns.collect { t.table + '.' + it.column + ' ' + it.type }"
                + " + t.indexes.collect { t.table + ' ' + it.index } }")
        .stream()
        .sorted()
        .toList();
  }

  @CanIgnoreReturnValue
  static List<Row> execute(String cql, Object... values) {
    return session().execute(cql, values).all();
  }

  /** The only row there is. */
  static Row one(String cql, Object... values) {
    List<Row> rows = execute(cql, values);
    if (rows.size() != 1) {
      throw new AssertionError(cql + " has " + rows.size() + " rows");
    }
    return rows.get(0);
  }
}
