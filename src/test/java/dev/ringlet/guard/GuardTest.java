package dev.ringlet.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.ReadOptions;
import dev.ringlet.header.TestOptions;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.local.OtherCassandra;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.plan.Deletes;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The query guard is Cassandra's: tables with each shape of a key and each kind of index, queries
 * by chance, and Cassandra's own verdict on each, with ALLOW FILTERING and without. Another seed is
 * {@code -Dguard.seed=2}.
 */
class GuardTest {
  private static final long SEED = Long.getLong("guard.seed", 1);
  private static final int TABLES = Integer.getInteger("guard.tables", 32);
  private static final int QUERIES = Integer.getInteger("guard.queries", 60);
  private static final String KEYSPACE = "guard_" + Long.toString(System.nanoTime(), 36);

  private static CqlSession session;
  private static GuardTables tables;

  /** What Cassandra says of a query. */
  private enum Verdict {
    RUNS,
    FILTERS,
    REFUSED
  }

  private final Reads reads = reads();
  private final Deletes deletes = new Deletes(TestConfig.defaults());
  private final ReadOptions reading = TestOptions.read();
  private final WriteOptions writing = TestOptions.write();
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final List<String> different = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void createTables() {
    session = PlainDriver.withoutSchema();
    tables = new GuardTables(session, KEYSPACE, new Random(SEED));
    tables.create(TABLES);
    session.refreshSchema();
  }

  @AfterAll
  static void dropTables() {
    session.execute("DROP KEYSPACE " + KEYSPACE);
    session.close();
  }

  @Test
  void readsWhatCassandraReadsAndRefusesWhatItRefuses() {
    each(QUERIES, GuardQuery::of, this::compare);
    assertTrue(verdicts.size() == 3 && verdicts.values().stream().allMatch(n -> n > QUERIES));
  }

  @Test
  void deletesWhatCassandraDeletes() {
    each(QUERIES / 4, GuardQuery::ofDelete, this::compareDelete);
    assertTrue(verdicts.size() == 2 && verdicts.values().stream().allMatch(n -> n > QUERIES));
  }

  private interface Chance {
    GuardQuery query(GuardTables.Shape shape, List<String> indexed, Random random);
  }

  private void each(int number, Chance chance, BiConsumer<Table, GuardQuery> compare) {
    tables
        .tables()
        .forEach(
            (name, shape) -> {
              Table table = table(name);
              Random random = new Random(SEED + name.hashCode());
              List<String> indexed =
                  table.columnIndexes().stream().map(index -> index.column().name()).toList();
              Stream.generate(() -> chance.query(shape, indexed, random))
                  .limit(number)
                  .toList()
                  .parallelStream()
                  .forEach(query -> compare.accept(table, query));
            });
    System.out.printf(
        "seed %d: %d tables, without %d indexes that cannot be: %s%n",
        SEED, tables.tables().size(), tables.refused().size(), verdicts);
    assertEquals(
        "",
        different.stream().limit(20).collect(Collectors.joining(System.lineSeparator())),
        () -> different.size() + " differ");
  }

  /** Preparing is enough: the filters of a DELETE are its key. */
  private void compareDelete(Table table, GuardQuery query) {
    if (table.isView()) {
      return;
    }
    String cql = "DELETE FROM " + table.cqlName() + " WHERE " + query.where();
    Object verdict = prepared(cql);
    Object plan;
    try {
      WritePlan write =
          deletes.delete(
              TestTarget.of(table, query.path()),
              QueryParser.write(query.raw(), TestOptions.LIMITS).filters(),
              writing);
      plan = prepared(write.cql());
    } catch (ApiException e) {
      plan = e.code() == ErrorCode.INVALID_FILTER ? e : e.code();
    }
    boolean runs = verdict.equals("prepared");
    count(runs ? Verdict.RUNS : Verdict.REFUSED);
    if (runs
        ? !plan.equals(verdict)
        : !(plan instanceof ApiException e && e.members().containsKey("column"))) {
      different.add(
          "%s?%s%n   %s%n   Cassandra: %s%n   guard: %s"
              .formatted(query.path(), query.raw(), cql, verdict, plan));
    }
  }

  private static Object prepared(String cql) {
    try {
      session.prepare(cql);
      return "prepared";
    } catch (DriverException e) {
      return e.getMessage();
    }
  }

  private void count(Verdict verdict) {
    synchronized (verdicts) {
      verdicts.merge(verdict, 1, Integer::sum);
    }
  }

  private void compare(Table table, GuardQuery query) {
    String cql = query.cql(table.cqlName()).replace("SELECT *", "SELECT " + table.cql().columns());
    Object without = answer(SimpleStatement.newInstance(cql));
    Object with = answer(SimpleStatement.newInstance(cql + " ALLOW FILTERING"));
    Verdict verdict =
        without instanceof List
            ? Verdict.RUNS
            : with instanceof List ? Verdict.FILTERS : Verdict.REFUSED;
    count(verdict);
    // the one thing that Cassandra does and the guard does not let pass by itself
    boolean all = query.where().isEmpty() && !query.end().contains("ANN");
    String guard =
        all && verdict == Verdict.RUNS
            ? refused(plan(table, query, ""), List.of(ErrorCode.PARTITION_KEY_REQUIRED))
                + ran(plan(table, query, "scan=true&"), false)
            : guard(table, query, verdict);
    if (!guard.isEmpty() && !isOtherwiseElsewhere(table, query, verdict, cql, with)) {
      String indexes =
          table.columnIndexes().stream()
              .map(i -> i.kind() + " " + i.definition().options())
              .toList()
              .toString();
      different.add(
          "%s%n   %s?%s%n   %s%n   %s%n   without: %s%n   with: %s%n   guard: %s"
              .formatted(verdict, query.path(), query.raw(), cql, indexes, without, with, guard));
    }
  }

  /** Another Cassandra finds what the build's own filters, or refuses what that takes. */
  private boolean isOtherwiseElsewhere(
      Table table, GuardQuery query, Verdict verdict, String cql, Object with) {
    return switch (verdict) {
      case RUNS -> guard(table, query, Verdict.FILTERS).isEmpty() && OtherCassandra.takesMore(cql);
      case FILTERS -> false;
      case REFUSED -> {
        Object plain = plan(table, query, "");
        yield (plain instanceof ReadPlan
                || refused(plain, List.of(ErrorCode.PARTITION_KEY_REQUIRED)).isEmpty())
            && OtherCassandra.lacks(cql, with.toString());
      }
    };
  }

  /** What is wrong with the guard's answer, or nothing. */
  private String guard(Table table, GuardQuery query, Verdict verdict) {
    Object plain = plan(table, query, "");
    Object scan = plan(table, query, "scan=true&");
    return switch (verdict) {
      case RUNS -> ran(plain, false) + ran(scan, false);
      case FILTERS -> refused(plain, List.of(ErrorCode.PARTITION_KEY_REQUIRED)) + ran(scan, true);
      case REFUSED -> {
        List<ErrorCode> codes =
            List.of(ErrorCode.INVALID_FILTER, ErrorCode.INVALID_ORDER, ErrorCode.INVALID_PARAMETER);
        yield refused(plain, codes) + refused(scan, codes);
      }
    };
  }

  private static String ran(Object plan, boolean filtering) {
    if (!(plan instanceof ReadPlan read)) {
      return "refused: " + text(plan) + " ";
    }
    if (read.cql().endsWith(" ALLOW FILTERING") != filtering) {
      return read.cql() + " ";
    }
    PreparedStatement prepared = session.prepare(read.cql());
    BoundStatementBuilder bound = prepared.boundStatementBuilder();
    for (int i = 0; i < read.values().size(); i++) {
      bound = bound.setBytesUnsafe(i, read.values().get(i).bytes());
    }
    Object rows = answer(bound.build());
    return rows instanceof List ? "" : read.cql() + " gives " + rows + " ";
  }

  private static String refused(Object plan, List<ErrorCode> codes) {
    boolean named =
        plan instanceof ApiException e
            && codes.contains(e.code())
            && !e.detail().contains(" .")
            && e.members().keySet().stream()
                .anyMatch(
                    List.of("column", "orders", "missing", "index_missing", "parameter")::contains);
    return named ? "" : text(plan) + " ";
  }

  private static String text(Object plan) {
    return plan instanceof ApiException e
        ? e.code() + " " + e.detail() + " " + e.members()
        : ((ReadPlan) plan).cql();
  }

  private Object plan(Table table, GuardQuery query, String scan) {
    try {
      return reads.page(
          TestTarget.of(table, query.path()),
          QueryParser.parse(scan + query.raw(), TestOptions.LIMITS),
          reading);
    } catch (ApiException e) {
      return e;
    }
  }

  /** The rows, or why there are none. */
  private static Object answer(Statement<?> statement) {
    try {
      return session
          .execute(
              statement
                  .setConsistencyLevel(ConsistencyLevel.LOCAL_ONE)
                  .setPageSize(Integer.MAX_VALUE))
          .all()
          .stream()
          .map(Row::getFormattedContents)
          .toList();
    } catch (DriverException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private static Table table(String name) {
    KeyspaceMetadata keyspace = session.getMetadata().getKeyspace(KEYSPACE).orElseThrow();
    CqlIdentifier id = CqlIdentifier.fromInternal(name);
    return Tables.of(
        keyspace
            .getTable(id)
            .<RelationMetadata>map(table -> table)
            .or(() -> keyspace.getView(id))
            .orElseThrow());
  }

  private static Reads reads() {
    var config = TestConfig.of(Map.of("ringlet.scan", "*"));
    return new Reads(config, new ScanRules(config), new PageTokens(config));
  }
}
