package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches on conditions; BatchTest and BatchOracleTest hold the same against Cassandra. */
class ConditionRulesTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("p", DataTypes.INT)
          .clustering("c", DataTypes.DECIMAL)
          .staticColumn("s", DataTypes.TEXT)
          .regular("l", DataTypes.listOf(DataTypes.TEXT))
          .regular("v", DataTypes.TEXT)
          .build();
  private static final String REMOVED = "{\"l\":{\"$remove\":[\"a\"]}}";

  private final Writes writes = new Writes();
  private final Deletes deletes = new Deletes(TestConfig.defaults());

  /** Two operations: a row's clustering value and what it is changed on, or which rows go. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 exists    | remove 2      | 1",
        "remove 2    | 1 v=is.null   | 0",
        "1 s=eq.x    | remove 2      | 1",
        "2 s=eq.x    | remove 2      | 1",
        "2.0 exists  | remove 2      | -1",
        "2 v=is.null | remove 2      | -1",
        "1 exists    | c=in.(5,6)    | 1",
        "c=in.(7)    | 1 exists      | 0",
        "1 exists    | c=gt.5        | -1",
        "1 exists    | 1 v=is.null   | 1",
        "1 v=eq.a    | 1.0 exists    | 1",
        "1 exists    | 1 s=eq.x      | -1",
        "1 exists    | 2 v=is.null   | -1",
        "1 v=is.null | 1 v=is.null   | -1"
      })
  void areOnRowsThatCassandraReads(String one, String other, int culprit) {
    List<BatchStep> steps = new ArrayList<>();
    for (String operation : List.of(one, other)) {
      steps.add(new BatchStep(steps.size(), plan(operation)));
    }
    if (culprit < 0) {
      assertDoesNotThrow(() -> BatchPlan.of(steps, TestOptions.write()));
    } else {
      ApiException e =
          assertThrows(ApiException.class, () -> BatchPlan.of(steps, TestOptions.write()));
      assertEquals(ErrorCode.CONDITION_NOT_POSSIBLE, e.code());
      assertEquals(culprit, e.members().get("index"));
    }
  }

  private WritePlan plan(String operation) {
    if (operation.startsWith("c=")) {
      return deletes.delete(
          TestTarget.of(TABLE, List.of("1")),
          QueryParser.filtersOfWrite(operation, TestOptions.LIMITS),
          TestOptions.write());
    }
    String[] words = operation.split(" ", -1);
    if (words[0].equals("remove")) {
      return writes.merge(
          row(words[1]), WriteQuery.NONE, TestRows.row(REMOVED), TestOptions.write());
    }
    boolean exists = words[1].equals("exists");
    return writes.merge(
        row(words[0]),
        exists
            ? WriteQuery.NONE
            : new WriteQuery(QueryParser.filtersOfWrite(words[1], TestOptions.LIMITS), false),
        TestRows.row("{\"v\":\"b\"}"),
        exists ? TestOptions.write("If-Match: *") : TestOptions.write());
  }

  private static Target row(String c) {
    return TestTarget.of(TABLE, List.of("1", c));
  }
}
