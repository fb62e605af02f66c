package dev.ringlet.plan;

import static dev.ringlet.plan.Values.assertValues;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.guard.TokenRange;
import dev.ringlet.header.TestOptions;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.Split;
import dev.ringlet.row.Fragment;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each access path: what is asked for, the exact CQL, its values, and the rule that allows it. */
class ReadPlanTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("p", DataTypes.TEXT)
          .partitionKey("q", DataTypes.INT)
          .clustering("c", DataTypes.INT)
          .clusteringDescending("d", DataTypes.INT)
          .regular("a", DataTypes.INT)
          .regular("b", DataTypes.TEXT)
          .regular("m", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT))
          .regular("s", DataTypes.setOf(DataTypes.INT))
          .regular("v", DataTypes.vectorOf(DataTypes.FLOAT, 2))
          .index("by_a", "a", "sai")
          .index("by_s", "values(s)", "sai")
          .index("by_entry", "entries(m)", "sai")
          .index("by_v", "v", "sai")
          .partitioner("org.apache.cassandra.dht.Murmur3Partitioner")
          .build();

  private final Reads reads = reads(Map.of("ringlet.scan", "ks.t"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p=eq.x&q=eq.1                 | WHERE p = ? AND q = ?                                   | [p=x, q=1]               | partition-key
          p=eq.x&q=in.(1,2)             | WHERE p = ? AND q IN ?                                  | [p=x, q:list<int>=[1,2]]       | partition-key
          p=eq.x&q=eq.1&c=gt.2&c=lte.5  | WHERE p = ? AND q = ? AND c > ? AND c <= ?              | [p=x, q=1, c=2, c=5]     | partition-key
          p=eq.x&q=eq.1&c=in.(1)&d=lt.5 | WHERE p = ? AND q = ? AND c IN ? AND d < ?              | [p=x, q=1, c:list<int>=[1], d=5] | partition-key
          p=eq.x&q=eq.1&c=eq.1&d=eq.2   | WHERE p = ? AND q = ? AND c = ? AND d = ?               | [p=x, q=1, c=1, d=2]     | primary-key
          p=eq.x&q=eq.1&order=c.desc,d.asc | WHERE p = ? AND q = ? ORDER BY c DESC, d ASC         | [p=x, q=1]               | partition-key
          p=eq.x&q=eq.1&order=c.asc     | WHERE p = ? AND q = ? ORDER BY c ASC                    | [p=x, q=1]               | partition-key
          p=eq.x&q=eq.1&c=eq.1&order=d.asc | WHERE p = ? AND q = ? AND c = ? ORDER BY c DESC, d ASC | [p=x, q=1, c=1]        | partition-key
          a=eq.5                        | WHERE a = ?                                             | [a=5]                    | index:by_a
          a=gt.5&a=lt.9                 | WHERE a > ? AND a < ?                                   | [a=5, a=9]               | index:by_a
          a=eq.5&s=contains.7           | WHERE a = ? AND s CONTAINS ?                            | [a=5, s:int=7]               | index:by_a
          m=entry.(k,7)                 | WHERE m[?] = ?                                          | [m:text=k, m:int=7]               | index:by_entry
          p=eq.x&q=eq.1&a=eq.5          | WHERE p = ? AND q = ? AND a = ?                         | [p=x, q=1, a=5]          | index:by_a
          d=lt.5&c=in.(1)&q=eq.1&p=eq.x | WHERE p = ? AND q = ? AND c IN ? AND d < ?              | [p=x, q=1, c:list<int>=[1], d=5] | partition-key
          s=contains.7&a=lt.9&a=gt.5    | WHERE a > ? AND a < ? AND s CONTAINS ?                  | [a=5, a=9, s:int=7]          | index:by_a
          order=v.ann.[0.5,1]&limit=3   | ORDER BY v ANN OF ? LIMIT ?                             | [v=[0.5,1.0], limit=3]   | index:by_v
          a=eq.5&order=v.ann.[0,1]      | WHERE a = ? ORDER BY v ANN OF ? LIMIT ?                 | [a=5, v=[0.0,1.0], limit=100] | index:by_v
          scan=true                     | ''                                                      | []                       | scan
          scan=true&b=eq.x              | WHERE b = ? ALLOW FILTERING                             | [b=x]                    | scan
          scan=true&p=eq.x              | WHERE p = ? ALLOW FILTERING                             | [p=x]                    | scan
          scan=true&p=eq.x&q=eq.1&d=eq.2 | WHERE p = ? AND q = ? AND d = ? ALLOW FILTERING        | [p=x, q=1, d=2]          | scan
          scan=true&a=eq.5&b=eq.x       | WHERE a = ? AND b = ? ALLOW FILTERING                   | [a=5, b=x]               | scan
          """)
  void plansEachAccessPath(String query, String clauses, String values, String rule) {
    ReadPlan plan = page(query);
    String expected =
        "SELECT p, q, c, d, a, b, m, s, v FROM ks.t" + (clauses.isEmpty() ? "" : " " + clauses);
    assertEquals(expected, plan.cql());
    assertValues(values, plan);
    assertEquals(rule, plan.rule().name());
  }

  @Test
  void selectsColumnsUnderOtherNames() {
    ReadPlan plan =
        page("p=eq.x&q=eq.1&select=b,other:b,a,true:b,writetime(b),T:ttl(b),U:ttl(b),ttl(a)");
    assertEquals(
        "SELECT a, b, ttl(a), ttl(b), writetime(b) FROM ks.t WHERE p = ? AND q = ?", plan.cql());
    assertEquals(
        "b=1 other=1again a=0 true=1again writetime(b)=4 T=3 U=3again ttl(a)=2",
        plan.projection().members().stream()
            .map(m -> m.name() + "=" + m.position() + (m.again() ? "again" : ""))
            .collect(Collectors.joining(" ")));
    assertEquals("othertruewritetime(b)TUttl(a)".length(), plan.projection().aliases());
  }

  @Test
  void theOrderOfFiltersMakesNoOtherQuery() {
    assertArrayEquals(
        page("s=contains.1&s=contains.2").identity(), page("s=contains.2&s=contains.1").identity());
    assertArrayEquals(
        page("m[a]=eq.1&m[a]=eq.2&m[b]=eq.1").identity(),
        page("m[b]=eq.1&m[a]=eq.2&m[a]=eq.1").identity());
  }

  @Test
  void namesAndTheirOrderMakeNoOtherStatement() {
    ReadPlan plan = page("p=eq.x&q=eq.1&select=a,b");
    for (String select : List.of("b,a", "x:a,y:b", "a,b,c:a,d:a,e:b")) {
      ReadPlan other = page("p=eq.x&q=eq.1&select=" + select);
      assertEquals(plan.cql(), other.cql());
      assertArrayEquals(plan.identity(), other.identity());
    }
    assertEquals(false, plan.projection().isWhole());
    assertEquals(true, page("p=eq.x&q=eq.1").projection().isWhole());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | PARTITION_KEY_REQUIRED
          p=eq.x                       | PARTITION_KEY_REQUIRED
          p=gt.x&q=eq.1                | PARTITION_KEY_REQUIRED
          b=eq.x                       | PARTITION_KEY_REQUIRED
          a=eq.5&b=eq.x                | PARTITION_KEY_REQUIRED
          p=eq.x&q=eq.1&b=eq.x         | PARTITION_KEY_REQUIRED
          p=eq.x&q=eq.1&d=eq.1         | PARTITION_KEY_REQUIRED
          v=eq.[1,2]                   | INVALID_FILTER
          nix=eq.1                     | UNKNOWN_COLUMN
          p=eq.x&q=eq.1&select=nix | UNKNOWN_COLUMN
          order=nix.asc                | UNKNOWN_COLUMN
          p=eq.x&q=eq.1&select=a,a | INVALID_PARAMETER
          p=eq.x&q=eq.1&select=ttl(p) | INVALID_PARAMETER
          q=eq.one                     | INVALID_VALUE
          s=eq.[1]                     | INVALID_FILTER
          a=contains.1                 | INVALID_FILTER
          a=like.1                     | INVALID_FILTER
          s=contains_key.1             | INVALID_FILTER
          a=eq.1&a=eq.2                | INVALID_FILTER
          a=gt.1&a=gte.2               | INVALID_FILTER
          p=eq.x&q=eq.1&order=d.asc    | INVALID_ORDER
          p=eq.x&q=eq.1&order=c.asc,d.asc | INVALID_ORDER
          p=eq.x&q=eq.1&order=a.asc    | INVALID_ORDER
          order=c.asc                  | INVALID_ORDER
          p=eq.x&q=in.(1,2)&order=c.asc | INVALID_PARAMETER
          p=eq.x&q=in.(1,2)&order=c.asc&limit=3&select=count() | INVALID_PARAMETER
          p=eq.x&q=in.(1,2)&order=c.asc&limit=3&group=p,q | INVALID_PARAMETER
          order=a.ann.[1,2]            | INVALID_ORDER
          p=eq.x&q=eq.1&order=c.asc,d.ann.[1] | INVALID_ORDER
          order=v.ann.[1]              | INVALID_VALUE
          p=eq.x&q=eq.1&limit=1001 | LIMIT_EXCEEDED
          order=v.ann.[1,2]&limit=10&select=count() | INVALID_PARAMETER
          split=1/2                    | INVALID_PARAMETER
          scan=true&p=eq.x&q=eq.1&split=1/2 | INVALID_PARAMETER
          after=x&p=eq.x&q=eq.1        | INVALID_PAGE_TOKEN
          """)
  void refusesWhatCassandraCannotDoWell(String query, ErrorCode code) {
    ApiException e = assertThrows(ApiException.class, () -> page(query), query);
    assertEquals(code, e.code(), query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m[k]=gt.5 | m | [contains, contains_key, entry] | m[key]=eq.value",
        "m[k]=in.(5,6) | m | [contains, contains_key, entry] | m[key]=eq.value",
        "m[k][l]=eq.5 | m | [contains, contains_key, entry] | m[key]=eq.value",
        "f[k]=eq.5 | f | [eq, in, lt, lte, gt, gte, contains, contains_key] | ''",
        "a[0]=eq.5 | a | [eq, in, lt, lte, gt, gte] | ''",
        "home.street=eq.x | home | [] | ''",
        "q.x=eq.1 | q | [eq, in, lt, lte, gt, gte] | ''"
      })
  void aPartOfAColumnFindsNothing(String query, String column, String operators, String hint) {
    ApiException e = assertThrows(ApiException.class, () -> parts(query + "&scan=true"), query);
    assertEquals(ErrorCode.INVALID_FILTER, e.code(), e.detail());
    assertEquals(column, e.members().get("column"));
    assertEquals(operators, e.members().get("operators").toString());
    assertEquals(true, e.members().getOrDefault("hint", "").toString().contains(hint), e.detail());
    assertEquals(hint.isEmpty(), !e.members().containsKey("hint"));
  }

  @Test
  void aPartOfNoColumnIsUnknown() {
    for (String query : List.of("nix[k]=eq.1", "nix.x=gt.1", "nix.x.y=lt.1")) {
      ApiException e = assertThrows(ApiException.class, () -> parts(query), query);
      assertEquals(ErrorCode.UNKNOWN_COLUMN, e.code());
      assertEquals("nix", e.members().get("column"));
    }
  }

  private ReadPlan parts(String query) {
    Table table =
        Tables.table("t")
            .partitionKey("q", DataTypes.INT)
            .regular("a", DataTypes.INT)
            .regular("f", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT, true))
            .regular("m", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT))
            .regular(
                "home",
                new UserDefinedTypeBuilder("ks", "home")
                    .withField("street", DataTypes.TEXT)
                    .build())
            .build();
    return reads.page(
        TestTarget.of(table, List.of()),
        QueryParser.parse(query, TestOptions.LIMITS),
        TestOptions.read());
  }

  @Test
  void saysWhatIsMissing() {
    ApiException e = assertThrows(ApiException.class, () -> page("p=eq.x&b=eq.y"));
    assertEquals(List.of("q"), e.members().get("missing"));
    assertEquals(List.of("b"), e.members().get("index_missing"));
    e = assertThrows(ApiException.class, () -> page("p=eq.x&q=eq.1&order=a.asc"));
    assertEquals(List.of("c.asc,d.desc", "c.desc,d.asc"), e.members().get("orders"));
  }

  @Test
  void scansOnlyWhereItIsAllowed() {
    for (String scan : List.of("", "other.t", "ks.u")) {
      Map<String, String> config = scan.isEmpty() ? Map.of() : Map.of("ringlet.scan", scan);
      ApiException e =
          assertThrows(ApiException.class, () -> page(reads(config), "scan=true"), scan);
      assertEquals(ErrorCode.FORBIDDEN, e.code());
    }
    for (String scan : List.of("*", "ks.*", "x.y,ks.t")) {
      assertEquals("scan", page(reads(Map.of("ringlet.scan", scan)), "scan=true").rule().name());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 4095, 4096})
  void splitsTheRingWithoutGapOrOverlap(int parts) {
    String expected = String.valueOf(Long.MIN_VALUE);
    for (int part = 1; part <= parts; part++) {
      Fragment range = TokenRange.of(TABLE, new Split(part, parts));
      assertEquals("token(p, q) > ? AND token(p, q) <= ?", range.cql());
      assertEquals(expected, range.values().get(0).text());
      expected = range.values().get(1).text();
      BigInteger width =
          new BigInteger(expected).subtract(new BigInteger(range.values().get(0).text()));
      BigInteger ideal = BigInteger.ONE.shiftLeft(64).divide(BigInteger.valueOf(parts));
      assertEquals(true, width.subtract(ideal).abs().compareTo(BigInteger.TWO) < 0, "part " + part);
    }
    assertEquals(String.valueOf(Long.MAX_VALUE), expected);
  }

  @Test
  void cannotSplitAnotherPartitionersRing() {
    Table other =
        Tables.table("t")
            .partitionKey("p", DataTypes.INT)
            .partitioner("org.apache.cassandra.dht.RandomPartitioner")
            .build();
    ApiException e = assertThrows(ApiException.class, () -> TokenRange.of(other, new Split(1, 2)));
    assertEquals(ErrorCode.INVALID_PARAMETER, e.code());
  }

  @Test
  void streamsAllRowsUnlessALimitIsGiven() {
    ReadPlan all =
        reads.stream(
            target(), QueryParser.parse("scan=true", TestOptions.LIMITS), TestOptions.read());
    assertEquals("SELECT p, q, c, d, a, b, m, s, v FROM ks.t", all.cql());
    assertEquals(1000, all.paging().size());
    ReadPlan some =
        reads.stream(
            target(),
            QueryParser.parse("scan=true&limit=5000", TestOptions.LIMITS),
            TestOptions.read());
    assertEquals("SELECT p, q, c, d, a, b, m, s, v FROM ks.t LIMIT ?", some.cql());
    assertValues("[limit=5000]", some);
    for (String query : List.of("scan=true&after=x", "scan=true&explain=true")) {
      assertThrows(
          ApiException.class,
          () ->
              reads.stream(
                  target(), QueryParser.parse(query, TestOptions.LIMITS), TestOptions.read()));
    }
  }

  @Test
  void aPageOfTheLargestSizeIsAPageLikeAnyOther() {
    ReadPlan plan = page("p=eq.x&q=eq.1&limit=1000");
    assertEquals(1000, plan.paging().size());
    assertEquals(ReadPlan.Pages.ROWS, plan.paging().pages());
    assertValues("[p=x, q=1]", plan);
  }

  private ReadPlan page(String query) {
    return page(reads, query);
  }

  private static ReadPlan page(Reads reads, String query) {
    return reads.page(target(), QueryParser.parse(query, TestOptions.LIMITS), TestOptions.read());
  }

  private static Target target() {
    return TestTarget.of(TABLE, List.of());
  }

  private static Reads reads(Map<String, String> properties) {
    var config = TestConfig.of(properties);
    return new Reads(config, new ScanRules(config), new PageTokens(config));
  }
}
