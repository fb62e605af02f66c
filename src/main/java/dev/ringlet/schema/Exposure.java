package dev.ringlet.schema;

import dev.ringlet.config.TablePattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What exists for all callers. */
final class Exposure implements Visibility {
  private final Optional<List<TablePattern>> exposed;

  /**
   * @param exposed entries {@code keyspace} or {@code keyspace.table}; absent: all but the system's
   */
  Exposure(Optional<List<String>> exposed) {
    this.exposed = exposed.map(entries -> entries.stream().map(Exposure::pattern).toList());
  }

  private static TablePattern pattern(String entry) {
    return TablePattern.of(entry.contains(".") ? entry : entry + ".*");
  }

  /** Whether the keyspace or anything in it is exposed. */
  @Override
  public boolean keyspace(String keyspace) {
    return isAny(keyspace, pattern -> pattern.matchesPartOf(keyspace));
  }

  @Override
  public boolean table(String keyspace, String table) {
    return isAny(keyspace, pattern -> pattern.matches(keyspace, table));
  }

  private boolean isAny(String keyspace, Predicate<TablePattern> matching) {
    return !keyspace.equals("system")
        && !keyspace.startsWith("system_")
        && exposed.map(patterns -> patterns.stream().anyMatch(matching)).orElse(true);
  }
}
