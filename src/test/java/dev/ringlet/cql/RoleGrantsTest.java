package dev.ringlet.cql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import dev.ringlet.access.Action;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Permissions;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import dev.ringlet.local.OtherCassandra;
import dev.ringlet.local.TlsCassandra;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a Cassandra that authorizes, asked by a role that may see roles and nothing else. */
class RoleGrantsTest {
  private static final TlsCassandra CASSANDRA = TlsCassandra.SERVER_CERTIFICATE;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final long SEED = Long.getLong("grants.seed", 1);
  private static final int BY_CHANCE = Integer.getInteger("grants.roles", 12);

  private static CqlSession superuser;
  private static CqlSession own;
  private static GrantedKeyspace keyspace;

  /** Asks once. */
  private static RoleGrants once;

  /** Asks again soon. */
  private static RoleGrants refreshed;

  @BeforeAll
  static void connect() {
    superuser = CASSANDRA.session();
    keyspace = GrantedKeyspace.make(superuser);
    String role = keyspace.role("ringlet");
    keyspace.grant("DESCRIBE", "ALL ROLES", role);
    own = keyspace.session(CASSANDRA, role);
    once = new RoleGrants(() -> own, Duration.ofHours(1));
    refreshed = new RoleGrants(() -> own, SOON);
  }

  @AfterAll
  static void leave() {
    superuser.execute("DROP KEYSPACE " + keyspace.name());
    keyspace.roles().forEach(role -> superuser.execute("DROP ROLE IF EXISTS \"" + role + "\""));
    own.close();
    superuser.close();
  }

  private static Permissions of(String... roles) {
    return of(once, roles);
  }

  private static Permissions of(RoleGrants grants, String... roles) {
    return grants.of(List.of(roles), RoleGrantsTest::patient).await().indefinitely();
  }

  private static Deadline patient() {
    return Deadline.of(Duration.ofMinutes(1), System.nanoTime());
  }

  private static List<Table> tables() {
    KeyspaceMetadata metadata = own.getMetadata().getKeyspace(keyspace.name()).orElseThrow();
    return Stream.concat(
            metadata.getTables().values().stream(), metadata.getViews().values().stream())
        .map(Tables::of)
        .toList();
  }

  private static Table table(String name) {
    return Tables.of(
        own.getMetadata()
            .getKeyspace(keyspace.name())
            .orElseThrow()
            .getTable(CqlIdentifier.fromCql(name))
            .orElseThrow());
  }

  private static boolean lets(Action action, Permissions permissions, String table) {
    return permissions.of(table(table)).stream().anyMatch(permission -> permission.allows(action));
  }

  private static boolean reads(String role) {
    return lets(Action.READ, of(refreshed, role), "plain");
  }

  private static boolean writes(String role) {
    return lets(Action.write(true), of(refreshed, role), "plain");
  }

  private static void changes(String statement, String role) {
    superuser.execute(statement.formatted(role));
  }

  /** On a slow machine Cassandra may need longer for an answer than that is good for. */
  private static void awaits(Callable<Boolean> what) {
    await().ignoreException(ApiException.class).until(what);
  }

  @Test
  void rolesMayWhatASessionMayThatIsLoggedInAsThem() {
    int before = keyspace.roles().size();
    keyspace.makeRolesOfViews();
    keyspace.makeRolesByChance(BY_CHANCE, new Random(SEED));
    String boss = keyspace.role("boss");
    superuser.execute("ALTER ROLE \"" + boss + "\" WITH SUPERUSER = true");
    keyspace.grantRole(boss, keyspace.role("deputy"));
    List<String> wrong = new ArrayList<>();
    AtomicInteger let = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    await().until(() -> tables().size() == keyspace.relations().size());
    List<Table> tables = tables();
    for (String role : keyspace.roles().subList(before, keyspace.roles().size())) {
      Permissions permissions = of(role);
      try (CqlSession session = keyspace.session(CASSANDRA, role)) {
        RoleVerdicts verdicts = new RoleVerdicts(session, superuser);
        for (Table table : tables) {
          List<Permission> its = now(permissions, table);
          Set<String> masked = verdicts.masked(table);
          verdicts.of(table, its, masked).stream()
              .peek(verdict -> (verdict.cassandra() ? let : refused).incrementAndGet())
              .filter(verdict -> verdict.isWider() || !verdict.isAsContracted())
              .forEach(verdict -> wrong.add(role + ": " + verdict));
          RoleVerdicts.wronglyShown(table, its, masked)
              .forEach(column -> wrong.add(role + ": " + table.name() + "." + column));
          if (permissions.table(table.keyspace(), table.name()) == its.isEmpty()) {
            wrong.add(role + ": " + table.name() + " is there or not");
          }
        }
      }
    }
    assertEquals(List.of(), wrong, "seed " + SEED);
    assertTrue(let.get() > 300 && refused.get() > 300, let + " and " + refused);
  }

  /** What is masked of a schema that has just changed may not be known yet. */
  private static List<Permission> now(Permissions permissions, Table table) {
    return await()
        .ignoreException(ApiException.class)
        .until(() -> permissions.of(table), known -> true);
  }

  @Test
  void rolesTogetherMayWhatARoleMayThatIsGrantedBoth() {
    String one = keyspace.role("one");
    String other = keyspace.role("other");
    keyspace.grant("SELECT", keyspace.table("plain"), one);
    keyspace.grant("MODIFY", "KEYSPACE " + keyspace.name(), other);
    String both = keyspace.role("both");
    keyspace.grantRole(one, both);
    keyspace.grantRole(other, both);
    for (Table table : tables()) {
      assertEquals(of(both).of(table), of(one, "nobody", other).of(table), table.name());
    }
    assertTrue(lets(Action.CREATE, of(one, other), "plain"));
  }

  @Test
  void whatIsGrantedAndRevokedIsSoonInForce() {
    String role = keyspace.role("changing");
    awaits(() -> !reads(role));
    String table = keyspace.table("plain");
    for (String resource :
        List.of(
            table,
            "KEYSPACE " + keyspace.name(),
            "ALL TABLES IN KEYSPACE " + keyspace.name(),
            "ALL KEYSPACES")) {
      if (keyspace.takesGrant("SELECT", resource, role)) {
        awaits(() -> reads(role));
        changes("REVOKE SELECT ON " + resource + " FROM \"%s\"", role);
        awaits(() -> !reads(role));
      }
    }
  }

  @Test
  void whatIsInheritedIsSoonInForce() {
    String role = keyspace.role("heir");
    String between = keyspace.role("between");
    String giver = keyspace.role("giver");
    keyspace.grant("SELECT", keyspace.table("plain"), giver);
    keyspace.grant("MODIFY", keyspace.table("plain"), giver);
    keyspace.grantRole(giver, between);
    awaits(() -> !writes(role));
    keyspace.grantRole(between, role);
    awaits(() -> writes(role));
    changes("REVOKE MODIFY ON " + keyspace.table("plain") + " FROM \"%s\"", giver);
    awaits(() -> !writes(role) && reads(role));
    changes("DROP ROLE \"%s\"", giver);
    awaits(() -> !reads(role));
  }

  @Test
  void whoIsASuperuserOrNotIsSoonInForce() {
    String role = keyspace.role("rising");
    String heir = keyspace.role("rising_heir");
    keyspace.grantRole(role, heir);
    awaits(() -> !writes(heir));
    changes("ALTER ROLE \"%s\" WITH SUPERUSER = true", role);
    awaits(() -> writes(role) && writes(heir));
    assertTrue(of(heir).keyspace("any"));
    changes("ALTER ROLE \"%s\" WITH SUPERUSER = false", role);
    awaits(() -> !writes(role) && !writes(heir));
  }

  @Test
  void aRoleThatIsDroppedMayNothing() {
    String role = keyspace.role("dropped");
    keyspace.grant("SELECT", "KEYSPACE " + keyspace.name(), role);
    awaits(() -> reads(role));
    changes("DROP ROLE \"%s\"", role);
    awaits(() -> !reads(role));
    assertFalse(of(role).keyspace(keyspace.name()));
  }

  private static void requireMasks() {
    OtherCassandra.require(
        superuser, SimpleStatement.newInstance("SELECT k FROM " + keyspace.name() + ".masked"));
  }

  @Test
  void masksAndViewsAreSoonInForce() {
    requireMasks();
    String role = keyspace.role("masks");
    String table = keyspace.name() + ".fresh";
    superuser.execute("CREATE TABLE " + table + " (k int PRIMARY KEY, v int)");
    keyspace.grant("SELECT", "TABLE " + table, role);
    awaits(() -> isKnown("fresh") && lets(Action.READ, of(refreshed, role), "fresh"));
    superuser.execute("ALTER TABLE " + table + " ALTER v MASKED WITH DEFAULT");
    awaits(() -> of(refreshed, role).of(table("fresh")).get(0).table().column("v").isEmpty());
    keyspace.grant("MODIFY", "TABLE " + table, role);
    awaits(() -> lets(Action.write(true), of(refreshed, role), "fresh"));
    superuser.execute(
        "CREATE MATERIALIZED VIEW %s_by_v AS SELECT * FROM %s WHERE v IS NOT NULL AND k IS NOT NULL PRIMARY KEY (v, k)"
            .formatted(table, table));
    awaits(() -> !lets(Action.write(false), of(refreshed, role), "fresh"));
    superuser.execute("DROP MATERIALIZED VIEW " + table + "_by_v");
    superuser.execute("DROP TABLE " + table);
  }

  @Test
  void whatIsMaskedOfANewTableIsNeverShown() {
    requireMasks();
    String role = keyspace.role("early");
    keyspace.grant("SELECT", "KEYSPACE " + keyspace.name(), role);
    assertEquals(2, of(role).of(table("masked")).get(0).table().columns().size());
    String table = keyspace.name() + ".new_one";
    superuser.execute("CREATE TABLE " + table + " (k int PRIMARY KEY, v int MASKED WITH DEFAULT)");
    try {
      await().until(() -> isKnown("new_one"));
      assertTrue(of(role).of(table("new_one")).get(0).table().column("v").isEmpty());
    } finally {
      superuser.execute("DROP TABLE " + table);
    }
  }

  /** A request may be under way for long, as a stream of rows is. */
  @Test
  void whatIsMaskedOfAColumnThatIsNewIsNotShownToWhomItWasNotThereFor() {
    requireMasks();
    String role = keyspace.role("under_way");
    keyspace.grant("SELECT", "KEYSPACE " + keyspace.name(), role);
    String table = keyspace.name() + ".altered";
    superuser.execute("CREATE TABLE " + table + " (k int PRIMARY KEY, v int)");
    try {
      await().until(() -> isKnown("altered"));
      Permissions underWay = of(role);
      assertEquals(List.of("k", "v"), columns(underWay, "altered"));
      superuser.execute("ALTER TABLE " + table + " ADD ssn text MASKED WITH DEFAULT");
      await().until(() -> table("altered").column("ssn").isPresent());
      ApiException e =
          assertThrows(ApiException.class, () -> underWay.of(table("altered")), "nobody has asked");
      assertEquals(ErrorCode.SCHEMA_CHANGING, e.code());
      assertEquals(List.of("k", "v"), columns(underWay, "altered"));
    } finally {
      superuser.execute("DROP TABLE " + table);
    }
  }

  private static List<String> columns(Permissions permissions, String table) {
    return Column.names(now(permissions, table(table)).get(0).table().columns());
  }

  @Test
  void whatAViewThatIsNewTakesIsAskedOfRequestsUnderWay() {
    String role = keyspace.role("before_view");
    String table = keyspace.name() + ".viewed";
    superuser.execute("CREATE TABLE " + table + " (k int PRIMARY KEY, v int)");
    keyspace.grant("MODIFY", "TABLE " + table, role);
    try {
      await().until(() -> isKnown("viewed"));
      Permissions underWay = of(role);
      assertTrue(lets(Action.write(false), underWay, "viewed"));
      superuser.execute(
          "CREATE MATERIALIZED VIEW %s_by_v AS SELECT * FROM %s WHERE v IS NOT NULL AND k IS NOT NULL PRIMARY KEY (v, k)"
              .formatted(table, table));
      await().until(() -> tables().stream().anyMatch(one -> one.name().equals("viewed_by_v")));
      assertEquals(List.of(), now(underWay, table("viewed")));
    } finally {
      superuser.execute("DROP MATERIALIZED VIEW IF EXISTS " + table + "_by_v");
      superuser.execute("DROP TABLE " + table);
    }
  }

  private static boolean isKnown(String table) {
    return own.getMetadata()
        .getKeyspace(keyspace.name())
        .flatMap(its -> its.getTable(table))
        .isPresent();
  }

  /** None of these is a role, and what they are made of stays what it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "'",
        "''",
        "cassandra'",
        "'cassandra'",
        "cassandra' --",
        "cassandra' /*",
        "x' OR 'a' = 'a",
        "x'; LIST ROLES OF 'cassandra",
        "x' NORECURSIVE; DROP ROLE cassandra",
        "\"cassandra\"",
        "CASSANDRA",
        "Cassandra",
        "cassandra ",
        "cassandra\u0000",
        "\u0000",
        "cassandr\u0430",
        "cassandra\n",
        "$$cassandra$$",
        "?",
        ":role",
        "\\",
        "\\'",
        "cassandra\uD800",
        "\uD800",
        "\uFFFF",
        "%s",
        "roles/cassandra"
      })
  void whatIsNoRoleMayNothing(String role) {
    Permissions permissions = of(role, role.repeat(100));
    for (Table table : tables()) {
      assertEquals(List.of(), permissions.of(table));
    }
    assertFalse(permissions.keyspace(keyspace.name()));
    assertTrue(superuser.execute("LIST ROLES OF cassandra").one().getBoolean("super"));
  }

  /** One quote alone, and Cassandra 5.0.9 has a syntax error of its own when it makes the role. */
  @ParameterizedTest
  @ValueSource(strings = {"two''s", " --", "\"quoted\"", "Üñï", "a b", "a?", "a; b", "x\ny", "%s"})
  void rolesMayHaveAnyName(String name) {
    String role = keyspace.name() + name;
    String literal = "'" + role.replace("'", "''") + "'";
    superuser.execute("CREATE ROLE " + literal);
    try {
      superuser.execute("GRANT SELECT ON " + keyspace.table("plain") + " TO " + literal);
      assertTrue(lets(Action.READ, of(role), "plain"));
      assertFalse(lets(Action.READ, of(role.replace('?', '\uD800') + name), "plain"));
      if (name.contains("?")) { // as which it would be sent
        assertFalse(lets(Action.READ, of(role.replace('?', '\uD800')), "plain"));
      }
    } finally {
      superuser.execute("DROP ROLE " + literal);
    }
  }

  @Test
  void thoseWhoAskFirstShareAQuestion() {
    String role = keyspace.role("asked");
    AtomicInteger questions = new AtomicInteger();
    RoleGrants counted =
        new RoleGrants(
            () -> {
              questions.incrementAndGet();
              return own;
            },
            Duration.ofHours(1));
    List<Uni<Permissions>> asking =
        IntStream.range(0, 100)
            .mapToObj(i -> counted.of(List.of(role), RoleGrantsTest::patient))
            .toList();
    Uni.join().all(asking).andFailFast().await().indefinitely();
    int asked = questions.get() - asking.size(); // each looks at the metadata
    assertTrue(asked >= 3, "roles, permissions and masks");
    assertTrue(asked <= 6, asked + ", masks again after what others do to the schema");
  }

  @Test
  void nothingIsKnownOfRolesWhenCassandraIsAway() {
    String role = keyspace.role("away");
    keyspace.grant("SELECT", keyspace.table("plain"), role);
    CqlSession session = keyspace.session(CASSANDRA, keyspace.roles().get(0));
    RoleGrants asking = new RoleGrants(() -> session, SOON);
    awaits(() -> lets(Action.READ, of(asking, role), "plain"));
    session.close();
    ApiException e =
        assertThrows(
            ApiException.class,
            () -> await().until(() -> !lets(Action.READ, of(asking, role), "plain")));
    assertEquals(ErrorCode.NOT_CONNECTED, e.code());
    assertThrows(ApiException.class, () -> of(asking, role));
  }

  @Test
  void whoAsksWaitsForTheTimeOfTheRequestAtMost() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "slow_" + i).toList();
    Uni<Permissions> asking =
        once.of(many, () -> Deadline.of(Duration.ofMillis(1), System.nanoTime()));
    ApiException e = assertThrows(ApiException.class, asking.await()::indefinitely);
    assertEquals(ErrorCode.NOT_CONNECTED, e.code());
    assertEquals(
        "Cassandra could not be asked what the caller's roles may. Cassandra did not answer in"
            + " time.",
        e.getMessage());
  }

  @Test
  void itIsSaidWhenCassandraDoesNotTellThisService() {
    String blind = keyspace.role("blind");
    try (CqlSession session = keyspace.session(CASSANDRA, blind)) {
      RoleGrants asking = new RoleGrants(() -> session, Duration.ofHours(1));
      ApiException e = assertThrows(ApiException.class, () -> of(asking, "cassandra"));
      assertEquals(ErrorCode.FORBIDDEN, e.code());
      assertEquals(
          "Cassandra does not tell this service what the caller's roles may.", e.getMessage());
    }
  }

  /** A session could not be logged in as them where Ringlet is. */
  @Test
  void rolesOfOtherDatacentersMayNothing() {
    String role = keyspace.role("elsewhere");
    keyspace.grant("SELECT", keyspace.table("plain"), role);
    awaits(() -> reads(role));
    String datacenters =
        "INSERT INTO system_auth.network_permissions (role, dcs) VALUES ('roles/%s', {%s})";
    superuser.execute(datacenters.formatted(role, "'far', 'away'"));
    awaits(() -> !reads(role));
    superuser.execute(datacenters.formatted(role, "'away', 'datacenter1'"));
    awaits(() -> reads(role));
  }

  @Test
  void noRolesMayNothing() {
    assertFalse(of().keyspace(keyspace.name()));
    assertEquals(List.of(), of().of(table("plain")));
  }
}
