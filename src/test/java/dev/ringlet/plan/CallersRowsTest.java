package dev.ringlet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.guard.TestTarget;
import dev.ringlet.header.TestOptions;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.QueryLimits;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.RowsQuery;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.RowBody;
import dev.ringlet.row.TestRows;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is planned for a caller whose rows are not all rows. */
class CallersRowsTest {
  private static final Table ORDERS =
      Tables.table("orders")
          .partitionKey("customer", DataTypes.TEXT)
          .clustering("id", DataTypes.INT)
          .regular("item", DataTypes.TEXT)
          .staticColumn("tier", DataTypes.TEXT)
          .build();

  private static final QueryLimits LIMITS = new QueryLimits(100, 100);
  private static final Map<String, Object> CLAIMS =
      Map.of("sub", "alice", "ids", List.of(1, 2), "id", 1);

  private final Reads reads =
      new Reads(
          TestConfig.of(Map.of("ringlet.in.max", "6")),
          new ScanRules(TestConfig.defaults()),
          new PageTokens(TestConfig.defaults()));
  private final Writes writes = new Writes();
  private final RowWrites rowWrites = new RowWrites(TestConfig.defaults());

  private static Targets targets(String rows, String path) {
    return targets(Map.of("own.rows", rows), path);
  }

  private static Targets targets(Map<String, String> more, String path) {
    return targets(more, ORDERS, keys(path));
  }

  private static List<String> keys(String path) {
    return path == null ? List.of() : List.of(path.split("/", -1));
  }

  private static Targets targets(Map<String, String> more, Table table, List<String> keys) {
    Map<String, String> rules = new HashMap<>();
    for (String rule : more.keySet().stream().map(name -> name.split("\\.", 2)[0]).toList()) {
      rules.put(rule + ".roles", "customer");
      rules.put(rule + ".tables", "*");
      rules.put(rule + ".may", "read,create,write,delete");
    }
    rules.putAll(more);
    return TestTarget.ruled(rules, CLAIMS, table, keys);
  }

  private String readWhere(String rows, String path, String query) {
    ReadPlan plan =
        targets(rows, path)
            .plan(
                target -> reads.page(target, QueryParser.parse(query, LIMITS), TestOptions.read()));
    return plan.cql().replaceFirst(".* WHERE ", "") + " " + plan.values();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "customer=eq.{sub} | - | - | customer = ? [customer=alice]",
        "customer=eq.{sub} | - | customer=eq.alice | customer = ? [customer=alice]",
        "customer=eq.{sub} | - | id=gt.5 | customer = ? AND id > ? [customer=alice, id=5]",
        "customer=eq.{sub} | alice | - | customer = ? [customer=alice]",
        "customer=eq.{sub}&id=in.{ids} | alice | - | customer = ? AND id IN ? [customer=alice, id=[1,2]]",
        "customer=eq.{sub}&id=eq.{id} | - | - | customer = ? AND id = ? [customer=alice, id=1]",
        "customer=eq.{sub}&id=in.{ids} | - | id=in.(2) | customer = ? AND id IN ? [customer=alice, id=[2]]",
        "customer=in.(alice,bob) | - | customer=eq.bob | customer = ? [customer=bob]"
      })
  void whatIsOpenIsFilledIn(String rows, String path, String query, String where) {
    assertEquals(where, readWhere(rows, path, query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "customer=eq.{sub} | bob | - | customer",
        "customer=eq.{sub} | - | customer=eq.bob | customer",
        "customer=eq.{sub} | - | customer=in.(alice,bob) | customer",
        "customer=eq.{sub} | - | customer=gt.alice | customer",
        "customer=eq.{sub}&id=in.{ids} | alice/3 | - | id",
        "customer=eq.{sub}&id=in.{ids} | alice | id=gte.1 | id"
      })
  void anothersRowsAreForbidden(String rows, String path, String query, String column) {
    ApiException e = assertThrows(ApiException.class, () -> readWhere(rows, path, query));
    assertEquals(ErrorCode.FORBIDDEN, e.code());
    assertEquals(column, e.members().get("column"));
  }

  @Test
  void postFillsInWhatTheBodyLeavesOpen() {
    assertEquals("[customer=alice, id=3, item=x, tier=unset]", post("{\"id\":3,\"item\":\"x\"}"));
    assertEquals(
        "[customer=alice, id=3, item=unset, tier=gold]",
        post("{\"customer\":\"alice\",\"id\":3,\"tier\":\"gold\"}"));
    ApiException e =
        assertThrows(ApiException.class, () -> post("{\"customer\":\"bob\",\"id\":3}"));
    assertEquals(ErrorCode.FORBIDDEN, e.code());
    e = assertThrows(ApiException.class, () -> post("{\"customer\":null,\"id\":3}"));
    assertEquals(ErrorCode.INCOMPLETE_PRIMARY_KEY, e.code());
  }

  private String post(String row) {
    Targets targets = targets("customer=eq.{sub}", null);
    PostRequest request =
        new PostRequest(() -> targets, RowsQuery.of(RowOperation.INSERT), TestOptions.write());
    return rowWrites.one(request, TestRows.row(row)).values().toString();
  }

  @Test
  void deleteTakesTheCallersRowsOnly() {
    assertEquals(
        "DELETE FROM ks.orders WHERE customer = ? AND id = ? [customer=alice, id=1]",
        delete("customer=eq.{sub}&id=eq.{id}", "alice"));
    assertEquals(
        "DELETE FROM ks.orders WHERE customer = ? AND id IN ? [customer=alice, id=[1,2]]",
        delete("customer=eq.{sub}&id=in.{ids}", "alice"));
    assertEquals(
        "DELETE FROM ks.orders WHERE customer = ? [customer=alice]",
        delete("customer=eq.{sub}", "alice"));
  }

  @Test
  void filtersNameTheCallersRowsOnly() {
    assertEquals(
        "DELETE FROM ks.orders WHERE customer = ? AND id = ? [customer=alice, id=3]",
        delete("customer=eq.{sub}", null, "id=eq.3"));
    assertEquals(
        "DELETE FROM ks.orders WHERE customer = ? AND id = ? IF item = ? [customer=alice, id=1, item=x]",
        delete("customer=eq.{sub}&id=eq.{id}", null, "item=eq.x"));
    for (String query : List.of("customer=eq.bob&id=eq.1", "customer=in.(alice,bob)&id=eq.1")) {
      ApiException e =
          assertThrows(
              ApiException.class, () -> delete("customer=eq.{sub}&id=in.{ids}", null, query));
      assertEquals(ErrorCode.FORBIDDEN, e.code(), query);
    }
    ApiException e = assertThrows(ApiException.class, () -> delete("customer=eq.{sub}", null, ""));
    assertEquals(ErrorCode.INCOMPLETE_PRIMARY_KEY, e.code());
    assertEquals(List.of("id"), e.members().get("missing"));
  }

  private String delete(String rows, String path) {
    return delete(rows, path, "");
  }

  private String delete(String rows, String path, String query) {
    return delete(targets(rows, path), query);
  }

  private String delete(Targets targets, String query) {
    WritePlan plan =
        targets.plan(
            target ->
                new Deletes(TestConfig.defaults())
                    .delete(
                        target, QueryParser.write(query, LIMITS).filters(), TestOptions.write()));
    return plan.cql() + " " + plan.values();
  }

  /** What is filled in are several values, which nobody has sent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "customer=in.(alice,bob) | - | id=eq.1 | INCOMPLETE_PRIMARY_KEY | [customer]",
        "customer=in.(alice,bob) | - | item=eq.x | INCOMPLETE_PRIMARY_KEY | [customer, id]",
        "customer=in.(alice,bob) | - | id=eq.1&item=eq.x | INCOMPLETE_PRIMARY_KEY | [customer]",
        "customer=eq.{sub}&id=in.{ids} | - | customer=eq.alice | INCOMPLETE_PRIMARY_KEY | [id]",
        "customer=eq.{sub}&id=in.{ids} | alice | tier=eq.x | INCOMPLETE_PRIMARY_KEY | [id]",
        "customer=in.(alice,bob) | - | customer=in.(alice)&id=eq.1 | INVALID_FILTER | -",
        "customer=in.(alice,bob) | - | id=gt.1 | INVALID_FILTER | -",
        "customer=in.(alice,bob) | - | customer=eq.carol&id=eq.1 | FORBIDDEN | -",
        "customer=eq.{sub}&id=in.{ids} | - | id=eq.3 | FORBIDDEN | -"
      })
  void whatIsOpenOfOneRowIsMissingWhereItCouldBeSeveral(
      String rows, String path, String query, ErrorCode code, String missing) {
    WriteQuery filters = QueryParser.write(query, LIMITS);
    for (BiFunction<Target, WriteQuery, WritePlan> write :
        List.<BiFunction<Target, WriteQuery, WritePlan>>of(
            (target, its) -> writes.replace(target, its, TestRows.row("{}"), TestOptions.write()),
            (target, its) -> writes.merge(target, its, TestRows.row("{}"), TestOptions.write()))) {
      ApiException e =
          assertThrows(
              ApiException.class,
              () -> targets(rows, path).plan(target -> write.apply(target, filters)));
      assertEquals(code, e.code(), e.detail());
      Object its = e.members().get("missing");
      assertEquals(missing, its == null ? null : its.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "customer=in.(alice,bob) | - | customer=eq.bob&id=eq.1 | [customer=bob, id=1, ",
        "customer=eq.{sub}&id=in.{ids} | - | id=eq.2 | [customer=alice, id=2, ",
        "customer=eq.{sub}&id=in.{ids} | alice | id=eq.2 | [customer=alice, id=2, "
      })
  void oneOfTheCallersRowsIsWritten(String rows, String path, String query, String key) {
    WriteQuery filters = QueryParser.write(query, LIMITS);
    WritePlan put =
        targets(rows, path)
            .plan(
                target -> writes.replace(target, filters, TestRows.row("{}"), TestOptions.write()));
    assertEquals(true, put.values().toString().startsWith(key), put.values().toString());
  }

  @Test
  void staticColumnsAreOfOthersToo() {
    for (String path : List.of("alice/1", "alice")) {
      ApiException e =
          assertThrows(
              ApiException.class,
              () -> patch("customer=eq.{sub}&id=eq.{id}", path, "{\"tier\":\"x\"}"));
      assertEquals(ErrorCode.FORBIDDEN, e.code());
      assertEquals("tier", e.members().get("column"));
      assertEquals(true, patch("customer=eq.{sub}", path, "{\"tier\":\"x\"}").contains("tier=x"));
    }
  }

  private String patch(String rows, String path, String body) {
    return targets(rows, path)
        .plan(
            target ->
                writes.merge(target, WriteQuery.NONE, TestRows.row(body), TestOptions.write()))
        .values()
        .toString();
  }

  @Test
  void onePermissionIsEnough() {
    Map<String, String> rules = Map.of("own.rows", "customer=eq.{sub}", "all.columns", "*,-item");
    assertEquals(
        "SELECT customer, id, tier FROM ks.orders WHERE customer = ?",
        cql(targets(rules, "bob"), ""));
    assertEquals(
        "SELECT item FROM ks.orders WHERE customer = ?",
        cql(targets(rules, "alice"), "select=item"));
    ApiException e =
        assertThrows(ApiException.class, () -> cql(targets(rules, "bob"), "select=item"));
    assertEquals(ErrorCode.UNKNOWN_COLUMN, e.code());
    assertEquals(
        "SELECT customer, id, item, tier FROM ks.orders WHERE customer = ?",
        cql(targets(rules, null), ""));
  }

  @Test
  void theTableOfEachPermissionCounts() {
    Targets targets =
        targets(Map.of("own.rows", "customer=eq.{sub}", "all.columns", "customer,id"), "alice");
    assertEquals(List.of("GET", "HEAD", "OPTIONS", "PATCH", "DELETE"), targets.methods());
    Targets ofTable =
        targets(Map.of("own.rows", "customer=eq.{sub}", "all.columns", "customer,id"), null);
    PostRequest request =
        new PostRequest(
            () -> ofTable, RowsQuery.of(RowOperation.MERGE), TestOptions.write("If-Match: *"));
    assertEquals(
        "[item=x, tier=unset, customer=alice, id=1]",
        rowWrites.one(request, TestRows.row("{\"id\":1,\"item\":\"x\"}")).values().toString());
    ApiException e =
        assertThrows(
            ApiException.class,
            () -> rowWrites.one(request, TestRows.row("{\"customer\":\"bob\",\"id\":1}")));
    assertEquals(ErrorCode.CONDITION_NOT_POSSIBLE, e.code());
  }

  /** It may be for want of room now that nothing allows it. */
  @Test
  void thatThereIsNoRoomCountsForMoreThanWhatForbidsIt() {
    Targets targets =
        targets(Map.of("own.rows", "customer=eq.{sub}", "other.rows", "customer=eq.bob"), null);
    Iterator<ErrorCode> codes = List.of(ErrorCode.FORBIDDEN, ErrorCode.OVERLOADED).iterator();
    ApiException e =
        assertThrows(
            ApiException.class,
            () ->
                targets.look(
                    target -> {
                      throw new ApiException(codes.next(), "no");
                    }));
    assertEquals(ErrorCode.OVERLOADED, e.code());
  }

  /** The answer would not say that there are fewer rows or columns in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "rows=customer=eq.{sub} | alice | - | true",
        "rows=customer=eq.{sub} | bob | - | false",
        "rows=customer=eq.{sub} | - | customer=eq.alice | true",
        "rows=customer=eq.{sub}&id=eq.{id} | alice/1 | - | true",
        "rows=customer=eq.{sub}&id=eq.{id} | alice | id=eq.1 | true",
        "rows=customer=eq.{sub}&id=eq.{id} | alice | - | false",
        "rows=customer=eq.{sub}&id=in.{ids} | alice | id=in.(1,2) | true",
        "rows=customer=eq.{sub}&id=in.{ids} | alice | - | false",
        "columns=*,-item | alice/1 | select=id,tier | true",
        "columns=*,-item | alice/1 | select=item | false",
        "columns=*,-item | alice/1 | - | false"
      })
  void whatHasBeenUsedTooOftenIsLeftForTheSameOnly(
      String narrower, String path, String query, boolean same) {
    Targets targets = usedUp("some." + narrower, path);
    if (same) {
      assertEquals(cql(targets(Map.of("all.may", "read,scan"), path), query), cql(targets, query));
    } else {
      assertLimited(() -> cql(targets, query));
    }
  }

  /**
   * @param narrower a rule besides the one for everything, which has been used too often
   */
  private static Targets usedUp(String narrower, String path) {
    return usedUp(narrower, ORDERS, keys(path));
  }

  private static Targets usedUp(String narrower, Table table, List<String> keys) {
    String[] setting = narrower.split("=", 2);
    String may = "read,scan,create,write,delete";
    return targets(Map.of("all.may", may, "all.rate", "1", setting[0], setting[1]), table, keys)
        .counted(
            permission -> {
              if (permission.rate().isPresent()) {
                throw new ApiException(ErrorCode.RATE_LIMITED, "The caller has come too often.");
              }
            });
  }

  private static void assertLimited(Executable request) {
    assertEquals(ErrorCode.RATE_LIMITED, assertThrows(ApiException.class, request).code());
  }

  @Test
  void whatHasBeenUsedTooOftenIsNotMadeANarrowerWrite() {
    String mine = "some.rows=customer=eq.{sub}&id=in.{ids}";
    assertLimited(() -> delete(usedUp(mine, "alice"), ""));
    assertEquals(
        "DELETE FROM ks.orders WHERE customer = ? AND id = ? [customer=alice, id=1]",
        delete(usedUp(mine, "alice/1"), ""));
    assertLimited(() -> merge(usedUp("some.columns=*,-tier", "alice/1"), TestOptions.write()));
    Targets unread = usedUp("some.may=write", "alice/1");
    assertEquals("[item=x, tier=unset, customer=alice, id=1]", merge(unread, TestOptions.write()));
    WriteOptions shown = TestOptions.write("Prefer: return=representation");
    assertLimited(() -> merge(unread, shown));
  }

  /** Rows can be deleted without the static columns of their partition. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "*,-tier | -       | POST, DELETE",
        "*,-tier | alice   | DELETE",
        "*,-tier | alice/1 | DELETE",
        "*,-item | -       | -",
        "*,-item | alice   | -",
        "*,-item | alice/1 | -"
      })
  void whoMayDeleteMayWhereNothingHiddenIsRemoved(String columns, String path, String methods) {
    Map<String, String> rule = Map.of("some.may", "read,delete", "some.columns", columns);
    List<String> found = new ArrayList<>(targets(rule, path).methods());
    found.removeAll(List.of("GET", "HEAD", "OPTIONS"));
    assertEquals(methods == null ? "" : methods, String.join(", ", found));
  }

  @Test
  void whatIsMadeForAWriteIsTheSameByEachRule() {
    Table visits =
        Tables.table("visits")
            .partitionKey("customer", DataTypes.TEXT)
            .regular("id", DataTypes.UUID)
            .build();
    RowBody row = TestRows.row("{\"id\":{\"$uuid\":true}}");
    WritePlan plan =
        usedUp("some.may=write", visits, List.of("alice"))
            .plan(target -> writes.replace(target, WriteQuery.NONE, row, TestOptions.write()));
    assertEquals("id", plan.values().get(1).name());
  }

  private String merge(Targets targets, WriteOptions options) {
    return targets
        .plan(
            target ->
                writes.merge(target, WriteQuery.NONE, TestRows.row("{\"item\":\"x\"}"), options))
        .values()
        .toString();
  }

  @Test
  void whatHasBeenUsedTooOftenIsLeftForTheSameStatementsOnly() {
    assertEquals(2, together("some.rows=customer=eq.{sub}").size());
    assertLimited(() -> together("some.columns=*,-tier"));
  }

  /** Rows of a JSON array that are written together. */
  private List<WritePlan> together(String narrower) {
    Targets targets = usedUp(narrower, null);
    PostRequest request =
        new PostRequest(() -> targets, RowsQuery.of(RowOperation.INSERT), TestOptions.write());
    List<RowBody> rows =
        Stream.of("{\"customer\":\"alice\",\"id\":1}", "{\"customer\":\"alice\",\"id\":2}")
            .map(TestRows::row)
            .toList();
    return rowWrites.together(request, rows, plans -> plans.stream().map(Supplier::get).toList());
  }

  private String cql(Targets targets, String query) {
    return targets
        .plan(target -> reads.page(target, QueryParser.parse(query, LIMITS), TestOptions.read()))
        .cql();
  }

  /** Cassandra makes a key of each combination. */
  @Test
  void whatIsFilledInCountsWithTheRequestsOwn() {
    assertEquals(
        ErrorCode.LIMIT_EXCEEDED,
        assertThrows(
                ApiException.class, () -> readWhere("customer=in.(a,b,c,d)", null, "id=in.(1,2)"))
            .code());
  }
}
