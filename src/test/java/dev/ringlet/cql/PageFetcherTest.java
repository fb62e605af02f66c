package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many rows are asked for first, of which nothing is known. */
class PageFetcherTest {
  private static final int MEGABYTE = 1_000_000;

  private final Reads reads =
      new Reads(
          TestConfig.defaults(),
          new ScanRules(TestConfig.defaults()),
          new PageTokens(TestConfig.defaults()));
  private final List<Integer> asked = new ArrayList<>();
  private final PageFetcher fetcher = new PageFetcher(this::fails, MEGABYTE);

  private Uni<AsyncResultSet> fails(ReadPlan plan) {
    asked.add(plan.paging().size());
    return Uni.createFrom().failure(new IllegalStateException());
  }

  @ParameterizedTest
  @CsvSource({
    "3, '', 100", // of 10 kB
    "120, '', 100",
    "250, '', 49", // of 80 bytes a value, and 56
    "250, c1, 100",
    "250, 'c1,x:c1', 100",
    "250, 'a:c1,b:c1,c:c1,d:c1,e:c1,f:c1,g:c1,h:c1,i:c1,j:c1,k:c1,l:c1,m:c1,n:c1,o:c1', 100"
  })
  void wideRowsAreFew(int columns, String select, int rows) {
    Tables builder = Tables.table("t").partitionKey("p", DataTypes.INT);
    for (int i = 2; i < columns; i++) {
      builder = builder.regular("c" + i, DataTypes.INT);
    }
    Table table = builder.clustering("c1", DataTypes.INT).build();
    String query = "limit=1000" + (select.isEmpty() ? "" : "&select=" + select);
    ReadPlan plan =
        reads.page(
            TestTarget.of(table, List.of("1")),
            QueryParser.parse(query, TestOptions.LIMITS),
            TestOptions.read());
    assertThrows(
        IllegalStateException.class, () -> fetcher.page(plan, kept -> {}).await().indefinitely());
    assertEquals(List.of(rows), asked);
  }
}
