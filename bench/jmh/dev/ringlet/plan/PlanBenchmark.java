package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.config.TestConfig;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.ResourcePath;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.JsonRow;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the request line, the headers and the body to the plan, on the table of bench/run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBenchmark {
  private static final String ROW = "/v1/ks/items/shelf-00042/42";
  private static final byte[] VALUES = json("{%s}");
  private static final byte[] WHOLE = json("{\"shelf\":\"shelf-00042\",\"number\":42,%s}");

  private final Table table =
      Tables.table("items")
          .partitionKey("shelf", DataTypes.TEXT)
          .clustering("number", DataTypes.INT)
          .regular("added", DataTypes.TIMESTAMP)
          .regular("amount", DataTypes.INT)
          .regular("id", DataTypes.UUID)
          .regular("name", DataTypes.TEXT)
          .regular("price", DataTypes.DOUBLE)
          .build();
  private final RingletConfig config = TestConfig.defaults();
  private final Reads reads = new Reads(config, new ScanRules(config), new PageTokens(config));
  private final JsonRow json = new JsonRow(config);
  private final Writes writes = new Writes();
  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  @Benchmark
  public ReadPlan get() {
    return reads.page(target(ROW), QueryParser.parse(null, TestOptions.LIMITS), TestOptions.read());
  }

  @Benchmark
  public ReadPlan getWithFilters() {
    return reads.page(
        target("/v1/ks/items/shelf-00042"),
        QueryParser.parse(
            "number=gte.10&number=lt.20&select=number,name&limit=10", TestOptions.LIMITS),
        TestOptions.read("Prefer: wait=2"));
  }

  @Benchmark
  public WritePlan put() {
    return writes.replace(target(ROW), WriteQuery.NONE, json.row(VALUES), TestOptions.write());
  }

  @Benchmark
  public WritePlan patch() {
    return writes.merge(target(ROW), WriteQuery.NONE, json.row(VALUES), TestOptions.write());
  }

  @Benchmark
  public WritePlan post() {
    PostRequest request =
        new PostRequest(target("/v1/ks/items"), RowOperation.INSERT, TestOptions.write());
    return rowWrites.one(request, json.row(WHOLE));
  }

  private Target target(String path) {
    return TestTarget.of(table, ResourcePath.parse(path).keys());
  }

  private static byte[] json(String form) {
    return form.formatted(
            "\"added\":\"2026-11-22T06:00:00Z\",\"amount\":7,"
                + "\"id\":\"5b6962dd-3f90-4c93-8f61-eabfa4a803e2\","
                + "\"name\":\"thing number 4242\",\"price\":9.5")
        .getBytes(StandardCharsets.UTF_8);
  }
}
