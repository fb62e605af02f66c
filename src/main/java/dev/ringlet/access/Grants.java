package dev.ringlet.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Cassandra lets a role do with tables, by its own grants and those that it inherits. */
public final class Grants {
  /** Of a role that there is not, too. */
  public static final Grants NONE = new Grants(false, Map.of());

  public static final Grants SUPERUSER = new Grants(true, Map.of());

  /** Cassandra's permissions that are about rows. */
  enum Right {
    SELECT,
    MODIFY,
    UNMASK
  }

  /**
   * A row of LIST ALL PERMISSIONS.
   *
   * @param resource as {@code <table keyspace.table>}, with names as they are
   */
  public record Listed(String resource, String permission) {}

  /** In the place of a name: all there are. */
  private static final String ALL = "";

  private static final TableName EVERYTHING = new TableName(ALL, ALL);

  /** Of all that is listed only roles may have other characters in their names. */
  private static final Pattern RESOURCE =
      Pattern.compile(
          "<(?:all keyspaces|(?:keyspace|all tables in) (?<keyspace>\\w+)"
              + "|table (?<its>\\w+)\\.(?<table>\\w+))>");

  private final boolean superuser;
  private final Map<TableName, Set<Right>> rights;

  private Grants(boolean superuser, Map<TableName, Set<Right>> rights) {
    this.superuser = superuser;
    this.rights = rights;
  }

  /** What is not about tables, or no right to their rows, counts for nothing. */
  public static Grants of(List<Listed> listed) {
    Map<TableName, Set<Right>> rights = new HashMap<>();
    for (Listed row : listed) {
      Matcher resource = RESOURCE.matcher(row.resource());
      Optional<Right> right =
          Arrays.stream(Right.values())
              .filter(known -> known.name().equals(row.permission()))
              .findFirst();
      if (resource.matches() && right.isPresent()) {
        rights
            .computeIfAbsent(name(resource), first -> EnumSet.noneOf(Right.class))
            .add(right.get());
      }
    }
    return new Grants(false, Map.copyOf(rights));
  }

  private static TableName name(Matcher resource) {
    if (resource.group("table") != null) {
      return new TableName(resource.group("its"), resource.group("table"));
    }
    return resource.group("keyspace") != null
        ? new TableName(resource.group("keyspace"), ALL)
        : EVERYTHING;
  }

  /** To a table: what is granted on all of its keyspace, or on all keyspaces, is granted on it. */
  boolean give(Right right, TableName table) {
    return superuser || has(right, table) || giveAll(right, table.keyspace());
  }

  /** To all tables of a keyspace. */
  boolean giveAll(Right right, String keyspace) {
    return superuser || has(right, EVERYTHING) || has(right, new TableName(keyspace, ALL));
  }

  private boolean has(Right right, TableName name) {
    return rights.getOrDefault(name, Set.of()).contains(right);
  }
}
