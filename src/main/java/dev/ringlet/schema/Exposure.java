package dev.ringlet.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What exists for callers. What is not exposed answers exactly as what is not there. */
final class Exposure {
  private final Optional<Set<String>> exposed;

  /**
   * @param exposed entries {@code keyspace} or {@code keyspace.table}; absent: all but the system's
   */
  Exposure(Optional<List<String>> exposed) {
    this.exposed = exposed.map(Set::copyOf);
  }

  /** Whether the keyspace or anything in it is exposed. */
  boolean keyspace(String keyspace) {
    return !system(keyspace)
        && exposed.map(entries -> keyspaces(entries).contains(keyspace)).orElse(true);
  }

  boolean table(String keyspace, String table) {
    return !system(keyspace)
        && exposed
            .map(entries -> entries.contains(keyspace) || entries.contains(keyspace + "." + table))
            .orElse(true);
  }

  private static Set<String> keyspaces(Set<String> entries) {
    return entries.stream().map(entry -> entry.split("\\.", 2)[0]).collect(Collectors.toSet());
  }

  private static boolean system(String keyspace) {
    return keyspace.equals("system") || keyspace.startsWith("system_");
  }
}
