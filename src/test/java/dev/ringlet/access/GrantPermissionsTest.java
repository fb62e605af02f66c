package dev.ringlet.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of rows of LIST ALL PERMISSIONS; RoleGrantsTest compares it with Cassandra. */
class GrantPermissionsTest {
  private static final Table TABLE =
      Tables.table("t")
          .partitionKey("k", DataTypes.INT)
          .regular("secret", DataTypes.INT)
          .regular("v", DataTypes.INT)
          .build();

  private static final Set<Verb> READS = EnumSet.of(Verb.READ, Verb.SCAN);
  private static final Set<Verb> WRITES = EnumSet.of(Verb.CREATE, Verb.WRITE, Verb.DELETE);

  private static Permissions permissions(Masks masks, String... listed) {
    return permissions(masks, List.of(grants(listed)));
  }

  private static Permissions permissions(Masks masks, List<Grants> grants) {
    return new GrantPermissions(
        grants, () -> new GrantPermissions.Tables(new Views(Map.of()), masks));
  }

  /**
   * @param listed as {@code SELECT <table ks.t>}
   */
  private static Grants grants(String... listed) {
    return Grants.of(
        List.of(listed).stream()
            .map(row -> row.split(" ", 2))
            .map(row -> new Grants.Listed(row[1], row[0]))
            .toList());
  }

  private static Masks masks(String... columns) {
    return new Masks(
        columns.length == 0
            ? Map.of()
            : Map.of(new TableName("ks", "t"), Set.copyOf(List.of(columns))));
  }

  @ParameterizedTest
  @CsvSource({
    "<all keyspaces>, true, true",
    "<keyspace ks>, true, true",
    "<all tables in ks>, true, true",
    "<table ks.t>, true, false",
    "<table ks.T>, false, false",
    "<table ks.tt>, false, false",
    "<table Ks.t>, false, false",
    "<table other.t>, false, false",
    "<keyspace KS>, false, false",
    "<keyspace k>, false, false",
    "<all tables in k>, false, false",
    "<all roles>, false, false",
    "<role ks>, false, false",
    "<role x> <table ks.t>, false, false",
    "<role <table ks.t>>, false, false",
    "<all functions>, false, false",
    "<all functions in ks>, false, false",
    "<mbean ks.t>, false, false",
    "<all mbeans>, false, false",
    "all keyspaces, false, false"
  })
  void grantsAreOfTheTablesOfTheirResource(String resource, boolean table, boolean keyspace) {
    for (String right : List.of("SELECT ", "MODIFY ")) {
      Permissions permissions = permissions(masks(), right + resource);
      assertEquals(table, permissions.table("ks", "t"), right);
      assertEquals(table, !permissions.of(TABLE).isEmpty(), right);
      assertEquals(keyspace, permissions.keyspace("ks"), right);
    }
  }

  @ParameterizedTest
  @CsvSource({"CREATE", "ALTER", "DROP", "AUTHORIZE", "DESCRIBE", "EXECUTE", "UNMASK", "select"})
  void othersAreNoneToRows(String right) {
    Permissions permissions = permissions(masks(), right + " <table ks.t>");
    assertFalse(permissions.table("ks", "t"));
    assertEquals(List.of(), permissions.of(TABLE));
  }

  @Test
  void selectReadsAndModifyWrites() {
    Permission reads = permissions(masks(), "SELECT <table ks.t>").of(TABLE).get(0);
    assertEquals(READS, reads.may());
    Permission writes = permissions(masks(), "MODIFY <table ks.t>").of(TABLE).get(0);
    assertEquals(WRITES, writes.may());
    assertEquals(Set.of(), writes.mayOnCondition());
    Permission both =
        permissions(masks(), "MODIFY <table ks.t>", "SELECT <keyspace ks>").of(TABLE).get(0);
    assertEquals(EnumSet.allOf(Verb.class), both.may());
    assertTrue(both.mayOnCondition().containsAll(WRITES));
  }

  @Test
  void rolesTogetherMayWhatARoleMayThatInheritsFromAll() {
    Permissions permissions =
        permissions(
            masks(),
            List.of(grants("SELECT <table ks.t>"), grants("MODIFY <table ks.t>"), Grants.NONE));
    assertTrue(permissions.of(TABLE).get(0).mayOnCondition().containsAll(WRITES));
  }

  @Test
  void maskedColumnsAreThereForThoseWhoSeeBehindTheMask() {
    for (String[] rights :
        new String[][] {
          {"SELECT <table ks.t>", "SELECT_MASKED <table ks.t>", "UNMASK <table ks.other>"},
          {"SELECT <table ks.t>", "MODIFY <table ks.t>"}
        }) {
      Table seen = permissions(masks("secret"), rights).of(TABLE).get(0).table();
      assertEquals(List.of("k", "v"), Column.names(seen.columns()));
    }
    Table seen =
        permissions(masks("secret"), "SELECT <table ks.t>", "UNMASK <keyspace ks>")
            .of(TABLE)
            .get(0)
            .table();
    assertEquals(TABLE, seen);
  }

  @Test
  void aTableWithAMaskedKeyIsNotRead() {
    Masks masks = masks("k");
    Permission reads = permissions(masks, "SELECT <table ks.t>").of(TABLE).get(0);
    assertEquals(Set.of(), reads.may());
    assertEquals(
        Optional.of("Cassandra masks a primary key column of the table t for the caller's roles."),
        reads.fault());
    Permission writes =
        permissions(masks, "SELECT <table ks.t>", "MODIFY <table ks.t>").of(TABLE).get(0);
    assertEquals(WRITES, writes.may());
    assertEquals(Set.of(), writes.mayOnCondition());
    assertEquals(
        READS,
        permissions(masks, "SELECT <table ks.t>", "UNMASK <table ks.t>").of(TABLE).get(0).may());
  }

  /** Who may only write would otherwise write, and be shown, what is masked besides. */
  @Test
  void otherMaskedColumnsAreNotThereWhereTheKeyIsMaskedEither() {
    for (String[] rights :
        new String[][] {
          {"SELECT <table ks.t>"},
          {"MODIFY <table ks.t>"},
          {"SELECT <table ks.t>", "MODIFY <table ks.t>"}
        }) {
      Table seen = permissions(masks("k", "secret"), rights).of(TABLE).get(0).table();
      assertEquals(List.of("k", "v"), Column.names(seen.columns()));
      assertTrue(seen.hides(column -> column.name().equals("secret")));
    }
  }
}
