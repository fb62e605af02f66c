package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.JsonRow;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What depends on the type of a key; the rest is held against Cassandra by BatchOracleTest. */
class CollisionsTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.DECIMAL)
          .clustering("c", DataTypes.DECIMAL)
          .regular("v", DataTypes.TEXT)
          .build();

  private final RowWrites rowWrites =
      new RowWrites(new JsonRow(TestConfig.defaults()), TestConfig.defaults());
  private final Collisions collisions = new Collisions();

  @Test
  void equalClusteringValuesAreOneRow() {
    collisions.add(0, insert("1", "1.0", "a"));
    WritePlan other = insert("1", "1.00", "b");
    ApiException e = assertThrows(ApiException.class, () -> collisions.add(1, other));
    assertEquals(ErrorCode.KEY_MISMATCH, e.code());
    assertEquals(List.of(0, 1), e.members().get("indexes"));
  }

  @Test
  void equalPartitionKeysOfOtherBytesAreTwoPartitions() {
    collisions.add(0, insert("1.0", "1", "a"));
    assertDoesNotThrow(() -> collisions.add(1, insert("1.00", "1", "b")));
  }

  @Test
  void theStatementsOfOneOperationDoNotCollide() {
    collisions.add(0, insert("1", "1", "a"));
    assertDoesNotThrow(() -> collisions.add(0, insert("1", "1", "b")));
  }

  private WritePlan insert(String k, String c, String v) {
    RowWrites.Request request =
        new RowWrites.Request(
            TestTarget.of(TABLE, List.of()), RowOperation.INSERT, TestOptions.write());
    String row = "{\"k\":\"%s\",\"c\":\"%s\",\"v\":\"%s\"}".formatted(k, c, v);
    return rowWrites.one(request, row.getBytes(StandardCharsets.UTF_8), 1);
  }
}
