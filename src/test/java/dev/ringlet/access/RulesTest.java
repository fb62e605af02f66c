package dev.ringlet.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules allow, by caller and table. */
class RulesTest {
  private static final Table ORDERS =
      Tables.table("orders")
          .partitionKey("customer", DataTypes.TEXT)
          .partitionKey("year", DataTypes.INT)
          .clustering("id", DataTypes.INT)
          .regular("cost", DataTypes.INT)
          .regular("item", DataTypes.TEXT)
          .build();

  /**
   * @param settings of the rule {@code r}, as {@code may=read}
   */
  private static Rules rules(String... settings) {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "ringlet.rules.r.roles", "customer",
                "ringlet.rules.r.tables", "ks.orders",
                "ringlet.rules.r.may", "read"));
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      properties.put(
          (parts[0].contains(".") ? "ringlet.rules." : "ringlet.rules.r.") + parts[0], parts[1]);
    }
    return new Rules(TestConfig.of(properties));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "grants"})
  void areNotSetInVain(String source) {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                new Rules(
                    TestConfig.of(
                        Map.of(
                            "ringlet.auth.permissions", source,
                            "ringlet.rules.r.roles", "customer",
                            "ringlet.rules.r.tables", "ks.orders",
                            "ringlet.rules.r.may", "read"))));
    assertEquals(
        "ringlet.rules.r is set, but ringlet.auth.permissions is "
            + source
            + ", by which no rule counts: leave one of them out.",
        e.getMessage());
  }

  private static Caller caller(Map<String, Object> claims) {
    return new Caller("alice", List.of("customer"), new Claims(claims));
  }

  private static List<Permission> of(Rules rules, Map<String, Object> claims) {
    return rules.of(caller(claims)).of(ORDERS);
  }

  @Test
  void aRuleIsForItsRolesAndTables() {
    Rules rules = rules();
    assertEquals(1, of(rules, Map.of()).size());
    assertEquals(
        List.of(),
        rules.of(new Caller("bob", List.of("Customer"), new Claims(Map.of()))).of(ORDERS));
    assertEquals(List.of(), of(rules("tables=ks.Orders"), Map.of()));
    assertEquals(List.of(), of(rules("tables=ks.order"), Map.of()));
    assertEquals(List.of(), of(rules("roles=other"), Map.of()));
  }

  /** There may be a thousand callers, and as many columns. */
  @Test
  void columnsAreLeftOutOnceForAllCallers() {
    Rules rules = rules("columns=*,-cost");
    Table one = of(rules, Map.of("sub", "alice")).get(0).table();
    assertSame(one, of(rules, Map.of("sub", "bob")).get(0).table());
    assertEquals(Optional.empty(), one.column("cost"));
  }

  /** However many tables each of them has looked at. */
  @Test
  void columnsOfManyTablesAreLeftOutOnceForAllCallers() {
    Rules rules = rules("tables=ks.*", "columns=*,-cost");
    List<Table> tables = IntStream.range(0, 200).mapToObj(i -> withCost("t" + i)).toList();
    List<Table> first = seen(rules, tables);
    List<Table> second = seen(rules, tables);
    for (int i = 0; i < tables.size(); i++) {
      assertSame(first.get(i), second.get(i));
      assertEquals(List.of("k"), Column.names(first.get(i).columns()));
    }
  }

  private static Table withCost(String name) {
    return Tables.table(name)
        .partitionKey("k", DataTypes.INT)
        .regular("cost", DataTypes.INT)
        .build();
  }

  /** What one more caller sees of the tables. */
  private static List<Table> seen(Rules rules, List<Table> tables) {
    Permissions permissions = rules.of(caller(Map.of()));
    return tables.stream().map(table -> permissions.of(table).get(0).table()).toList();
  }

  @Test
  void ofATableThatIsGoneNothingStays() {
    NarrowedTables narrowed = new NarrowedTables();
    Table[] tables = {withCost("gone"), withCost("whole")};
    assertSame(tables[1], narrowed.of(tables[1], column -> true));
    List<WeakReference<Table>> known =
        Stream.of(tables[0], tables[1], narrowed.of(tables[0], Column::isKey))
            .map(WeakReference::new)
            .toList();
    Arrays.fill(tables, null);
    await()
        .until(
            () -> {
              System.gc();
              assertNotNull(narrowed.of(ORDERS, Column::isKey)); // it lets go when it is asked
              return known.stream().allMatch(table -> table.get() == null);
            });
  }

  @Test
  void spacesBetweenNamesMeanNothing() {
    Rules rules =
        rules("roles=staff, customer", "tables=shop.public_*, ks.orders", "may=read, create");
    Permission permission = of(rules, Map.of()).get(0);
    assertTrue(permission.allows(Action.READ) && permission.allows(Action.CREATE));
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "ks.*, true",
    "k*.o*s, true",
    "ks.orders*, true",
    "*.orders, true",
    "ks.*order, false",
    "s.*, false",
    "other.*, false"
  })
  void starsAreAnyPartOfAName(String pattern, boolean matches) {
    Permissions permissions = rules("tables=" + pattern).of(caller(Map.of()));
    assertEquals(matches, !permissions.of(ORDERS).isEmpty());
    assertEquals(matches, permissions.table("ks", "orders"));
  }

  @Test
  void aKeyspaceIsThereForThoseWhoMaySeeAllOfIt() {
    assertTrue(rules("tables=ks.*").of(caller(Map.of())).keyspace("ks"));
    assertEquals(false, rules("tables=ks.o*").of(caller(Map.of())).keyspace("ks"));
  }

  @Test
  void claimsInTablesStandForThemselves() {
    Rules rules = rules("tables={org}.orders,x_{/deep/org}.*");
    assertEquals(1, of(rules, Map.of("org", "ks")).size());
    assertEquals(1, of(rules, Map.of("org", List.of("other", "ks"))).size());
    for (Object claim :
        List.of("*", "k*", ".*", "KS", "ks.orders", "", 5, Map.of("ks", "ks"), List.of())) {
      assertEquals(List.of(), of(rules, Map.of("org", claim)), claim.toString());
    }
    assertEquals(List.of(), of(rules, Map.of()));
    Permissions deep = rules.of(caller(Map.of("deep", Map.of("org", "shop"))));
    assertTrue(deep.table("x_shop", "orders"));
    assertEquals(false, deep.table("x_", "orders"));
  }

  @Test
  void columnsAreThoseNamedOrAllOthers() {
    assertEquals("customer year id cost item", columns("columns=*"));
    assertEquals("customer year id item", columns("columns=*, -cost"));
    assertEquals("customer year id item", columns("columns=-cost"));
    assertEquals("customer year id cost", columns("columns=cost"));
    assertEquals("customer year id cost", columns("columns=\"cost\""));
    assertEquals("customer year id", columns("columns=Cost"));
  }

  private static String columns(String setting) {
    return String.join(" ", Column.names(of(rules(setting), Map.of()).get(0).table().columns()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns=*,-id | it leaves out a column of the primary key",
        "columns=*,-Cost | it leaves out a column that the table does not have",
        "rows=year=eq.{y} | its rows are not those of the first columns of the key",
        "rows=item=eq.{sub} | its rows are not those of the first columns of the key",
        "rows=customer=eq.{missing} | a claim that it names is missing",
        "rows=customer=eq.{list} | a claim that it names is a list",
        "rows=customer=eq.{deep} | a claim that it names is missing",
        "rows=customer=eq.{sub}&year=eq.{sub} | a claim does not fit the column year of the type int"
      })
  void whatCannotBeAppliedAllowsNothing(String setting, String fault) {
    Permission permission =
        of(
                rules(setting),
                Map.of("sub", "alice", "y", 2026, "list", List.of("a", "b"), "deep", Map.of()))
            .get(0);
    assertEquals("The rule r cannot be applied: " + fault + ".", permission.fault().orElseThrow());
    ApiException e = assertThrows(ApiException.class, () -> permission.require(Action.READ));
    assertEquals(ErrorCode.FORBIDDEN, e.code());
    assertEquals(false, permission.allows(Action.READ));
  }

  @Test
  void rowsHaveTheValuesOfClaims() {
    assertEquals("[customer=alice]", rows("rows=customer=eq.{sub}"));
    assertEquals("[customer=c-alice]", rows("rows=customer=eq.c-{sub}"));
    assertEquals("[customer=alice] [year=2026]", rows("rows=year=eq.{y}&customer=eq.{sub}"));
    assertEquals("[customer=a, customer=b]", rows("rows=customer=in.{list}"));
    assertEquals(
        "[customer=a, customer=b, customer=alice]", rows("rows=customer=in.({list},{sub})"));
    assertEquals("[customer=x,)]", rows("rows=customer=eq.{odd}"));
    assertEquals("[customer=x,)]", rows("rows=customer=in.{odd}"));
    assertEquals("[customer=5]", rows("rows=customer=eq.{/deep/n}"));
    assertEquals("[customer=K\u00f6ln]", rows("rows=customer=eq.K\u00f6ln"));
    assertEquals("[customer=\u0430\ud83d\ude00]", rows("rows=customer=eq.\u0430\ud83d\ude00"));
    assertEquals("[customer=\u0430]", rows("rows=customer=eq.%D0%B0"));
  }

  private static String rows(String setting) {
    Map<String, Object> claims =
        Map.of(
            "sub",
            "alice",
            "y",
            2026,
            "list",
            List.of("a", "b"),
            "odd",
            "x,)",
            "deep",
            Map.of("n", 5L));
    return String.join(
        " ",
        of(rules(setting), claims).get(0).rows().stream()
            .map(limit -> limit.values().toString())
            .toList());
  }

  @Test
  void theWidestIsTheFirst() {
    Rules rules =
        rules(
            "columns=cost",
            "rows=customer=eq.{sub}",
            "broken.roles=customer",
            "broken.tables=*",
            "broken.may=read",
            "broken.rows=item=eq.x",
            "all.roles=customer",
            "all.tables=*",
            "all.may=write",
            "some.roles=customer",
            "some.tables=ks.*",
            "some.may=read",
            "some.columns=item");
    assertEquals(
        List.of(5, 4, 4, 5),
        of(rules, Map.of("sub", "alice")).stream()
            .map(permission -> permission.table().columns().size())
            .toList());
  }

  @Test
  void anActionNeedsItsVerb() {
    Permission permission = of(rules("may=create,read"), Map.of()).get(0);
    assertTrue(permission.allows(Action.READ));
    assertTrue(permission.allows(Action.CREATE));
    for (Action action : List.of(Action.write(false), Action.delete(false), Action.SCAN)) {
      ApiException e = assertThrows(ApiException.class, () -> permission.require(action));
      assertEquals(List.of(action.verb().symbol()), e.members().get("missing"));
    }
    assertTrue(of(rules("may=write"), Map.of()).get(0).allows(Action.CREATE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "may=reed | ringlet.rules.r.may: reed is none of read, create, write, delete, scan.",
        "tables=orders | ringlet.rules.r.tables: Write keyspace.table, keyspace.* or *.",
        "tables=ks.{} | ringlet.rules.r.tables: Write keyspace.table, keyspace.* or *.",
        "columns=a,-a | ringlet.rules.r.columns: A column is named with and without a minus.",
        "columns=\"a | ringlet.rules.r.columns: a quote that is not closed",
        "columns=a,, | ringlet.rules.r.columns: A column has no name.",
        "rows=customer=gt.5 | ringlet.rules.r.rows: Rows are chosen by eq and in.",
        "rows=(customer,id)=eq.(a,1) | ringlet.rules.r.rows: Rows are chosen by columns, each by itself.",
        "rows=customer[a]=eq.1 | ringlet.rules.r.rows: Rows are chosen by columns, each by itself.",
        "rows=customer=eq.{sub | ringlet.rules.r.rows: A claim is written in braces, as {sub}.",
        "rows=customer=eq.a&customer=eq.b | ringlet.rules.r.rows: The column customer comes twice.",
        "rows=limit=5 | ringlet.rules.r.rows: There is no parameter limit here.",
        "rate=0 | ringlet.rules.r.rate: It is at least 1."
      })
  void whatIsNotUnderstoodIsRefusedAtStartup(String setting, String problem) {
    String message = assertThrows(IllegalStateException.class, () -> rules(setting)).getMessage();
    assertTrue(message.startsWith(problem), message);
  }
}
