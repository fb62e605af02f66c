package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which headers go with which method on which table; headers are separated by semicolons. */
class WriteOptionRulesTest {
  private static final Map<String, Table> TABLES =
      Map.of(
          "plain",
          table("plain").staticColumn("s", DataTypes.TEXT).regular("r", DataTypes.INT).build(),
          "counters",
          table("counters").regular("r", DataTypes.COUNTER).build(),
          "keys",
          table("keys").build(),
          "statics",
          table("statics").staticColumn("s", DataTypes.TEXT).build());

  private final Writes writes = new Writes();
  private final Deletes deletes = new Deletes(TestConfig.defaults());
  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  /** What has no value is null, and so is all of a row that is not there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "e=eq.[1]      | true",
        "e=eq.[]       | false",
        "e=ne.[1]      | false",
        "e=ne.[]       | true",
        "e=in.([1])    | true",
        "e=in.([1],[]) | false",
        "e=lt.[1]      | true",
        "e=gte.[1]     | true",
        "e=contains.1  | true",
        "e=is.null     | false",
        "e=is.not_null | true",
        "f=eq.[]       | true",
        "f=ne.[]       | false",
        "f=in.([])     | true",
        "m[a]=eq.[]    | true",
        "m[a]=in.([])  | true",
        "m[a]=ne.[]    | false",
        "s=eq.x        | false"
      })
  void besideIfMatchAFilterIsOneThatNoMissingRowFits(String filter, boolean possible) {
    DataType frozen = DataTypes.setOf(DataTypes.INT, true);
    Table table =
        table("sets")
            .staticColumn("s", DataTypes.TEXT)
            .regular("e", DataTypes.setOf(DataTypes.INT))
            .regular("f", frozen)
            .regular("m", DataTypes.mapOf(DataTypes.TEXT, frozen))
            .build();
    Executable merge =
        () ->
            writes.merge(
                TestTarget.of(table, List.of("1", "2")),
                new WriteQuery(QueryParser.filtersOfWrite(filter, TestOptions.LIMITS), false),
                TestRows.row("{}"),
                TestOptions.write("If-Match: *"));
    if (possible) {
      assertDoesNotThrow(merge);
    } else {
      ApiException e = assertThrows(ApiException.class, merge);
      assertEquals(ErrorCode.CONDITION_NOT_POSSIBLE, e.code());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | plain        | If-Match: *                                   | INVALID_HEADER         | If-Match
          POST   | plain        | If-Match: "x"                                 | INVALID_HEADER         | If-Match
          PATCH  | plain/1/2    | If-None-Match: *                              | INVALID_HEADER         | If-None-Match
          DELETE | plain/1/2    | If-None-Match: *                              | INVALID_HEADER         | If-None-Match
          PATCH  | counters/1/2 | If-None-Match: *                              | INVALID_HEADER         | If-None-Match
          PATCH  | counters/1/2 | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PATCH  | counters/1/2 | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          DELETE | counters/1/2 | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          DELETE | counters/1/2 | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          PATCH  | plain/1      | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PATCH  | plain/1      | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          DELETE | plain/1      | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          DELETE | plain/1      | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          DELETE | keys/1       | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PUT    | keys/1/2     | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PUT    | keys/1/2     | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          PATCH  | keys/1/2     | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PUT    | statics/1/2  | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PUT    | statics/1/2  | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          PATCH  | statics/1/2  | If-Match: "x"                                 | CONDITION_NOT_POSSIBLE |
          PATCH  | statics/1/2  | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          PATCH  | statics/1    | If-Match: *                                   | CONDITION_NOT_POSSIBLE |
          DELETE | plain/1/2    | Cassandra-TTL: 60                             | INVALID_HEADER         | Cassandra-TTL
          DELETE | plain/1      | Cassandra-TTL: 0                              | INVALID_HEADER         | Cassandra-TTL
          DELETE | counters/1/2 | Cassandra-TTL: 60                             | INVALID_HEADER         | Cassandra-TTL
          PATCH  | counters/1/2 | Cassandra-TTL: 60                             | INVALID_HEADER         | Cassandra-TTL
          PATCH  | counters/1/2 | Cassandra-TTL: 0                              | INVALID_HEADER         | Cassandra-TTL
          PATCH  | counters/1/2 | Cassandra-Timestamp: 1                        | INVALID_HEADER         | Cassandra-Timestamp
          DELETE | counters/1/2 | Cassandra-Timestamp: 1                        | INVALID_HEADER         | Cassandra-Timestamp
          POST   | plain        | Cassandra-Timestamp: 1; If-None-Match: *      | INVALID_HEADER         | Cassandra-Timestamp
          PUT    | plain/1/2    | Cassandra-Timestamp: 1; If-None-Match: *      | INVALID_HEADER         | Cassandra-Timestamp
          PUT    | plain/1/2    | Cassandra-Timestamp: 1; If-Match: *           | INVALID_HEADER         | Cassandra-Timestamp
          PATCH  | plain/1/2    | Cassandra-Timestamp: 1; If-Match: "x"         | INVALID_HEADER         | Cassandra-Timestamp
          DELETE | plain/1/2    | Cassandra-Timestamp: 1; If-Match: *           | INVALID_HEADER         | Cassandra-Timestamp
          """)
  void refusesWhatHttpOrCqlForbids(
      String method, String path, String headers, ErrorCode code, String header) {
    ApiException e = assertThrows(ApiException.class, () -> plan(method, path, headers));
    assertEquals(code, e.code());
    assertEquals(header, e.members().get("header"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | plain        | If-None-Match: *; Cassandra-TTL: 60
          POST   | plain        | Cassandra-Timestamp: 1; Cassandra-TTL: 60
          POST   | keys         | If-None-Match: *
          PUT    | plain/1/2    | If-None-Match: *; Cassandra-TTL: 60
          PUT    | plain/1/2    | If-Match: *; Cassandra-TTL: 60
          PUT    | plain/1/2    | If-Match: "x"
          PUT    | plain/1/2    | Cassandra-Timestamp: 1; Cassandra-TTL: 60
          PUT    | keys/1/2     | If-None-Match: *
          PUT    | statics/1/2  | If-None-Match: *
          PATCH  | plain/1/2    | If-Match: *; Cassandra-TTL: 60
          PATCH  | plain/1/2    | If-Match: "x"
          PATCH  | plain/1      | Cassandra-Timestamp: 1; Cassandra-TTL: 60
          PATCH  | counters/1/2 | Cassandra-Consistency: ONE
          DELETE | plain/1/2    | If-Match: *
          DELETE | plain/1/2    | If-Match: "x"
          DELETE | plain/1      | Cassandra-Timestamp: 1
          DELETE | keys/1/2     | If-Match: *
          DELETE | keys/1/2     | If-Match: "x"
          DELETE | statics/1/2  | If-Match: *
          DELETE | statics/1/2  | If-Match: "x"
          """)
  void whatGoesIsPlannedWithItsOptions(String method, String path, String headers) {
    WritePlan plan = plan(method, path, headers);
    assertEquals(TestOptions.write(headers.split("; ")), plan.options());
    assertEquals(headers.contains("Match"), plan.conditional());
    assertEquals(headers.contains("TTL"), plan.cql().contains("USING TTL ?"));
  }

  @Test
  void theBodyIsNotReadBeforeTheHeadersAreRight() {
    Target row = target("plain/1/2");
    for (String headers : List.of("If-None-Match: *", "Cassandra-Timestamp: 1; If-Match: *")) {
      WriteOptions options = TestOptions.write(headers.split("; "));
      ApiException e =
          assertThrows(
              ApiException.class,
              () -> writes.merge(row, WriteQuery.NONE, TestRows.row(""), options));
      assertEquals(ErrorCode.INVALID_HEADER, e.code());
    }
    assertDoesNotThrow(() -> deletes.delete(row, List.of(), TestOptions.write()));
  }

  private WritePlan plan(String method, String path, String headers) {
    WriteOptions options = TestOptions.write(headers.split("; "));
    Target target = target(path);
    String body = target.table().isCounter() ? "{\"r\":{\"$inc\":1}}" : "{}";
    return switch (method) {
      case "POST" ->
          rowWrites.one(
              new PostRequest(target, RowOperation.INSERT, options),
              TestRows.row("{\"a\":1,\"b\":2}"));
      case "PUT" -> writes.replace(target, WriteQuery.NONE, TestRows.row(body), options);
      case "PATCH" ->
          writes.merge(
              target,
              WriteQuery.NONE,
              TestRows.row(target.isRow() ? body : "{\"s\":\"x\"}"),
              options);
      default -> deletes.delete(target, List.of(), options);
    };
  }

  private static Target target(String path) {
    String[] parts = path.split("/", -1);
    return TestTarget.of(TABLES.get(parts[0]), List.of(parts).subList(1, parts.length));
  }

  private static Tables table(String name) {
    return Tables.table(name).partitionKey("a", DataTypes.INT).clustering("b", DataTypes.INT);
  }
}
