package dev.ringlet.openapi;

import java.util.List;
import java.util.Optional;

/**
 * What a document is about.
 *
 * @param keyspace empty if it is about all of them
 * @param tables sorted by keyspace and name
 * @param prefix what a proxy has cut off from the paths
 * @param allForms whether schemas have every form of a value, or the one that is best for clients
 */
public record Shown(
    Optional<String> keyspace, List<ShownTable> tables, String prefix, boolean allForms) {
  public Shown {
    tables = List.copyOf(tables);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shown shown
        && allForms == shown.allForms
        && prefix.equals(shown.prefix)
        && keyspace.equals(shown.keyspace)
        && tables.equals(shown.tables);
  }

  @Override
  public int hashCode() {
    return 31 * keyspace.hashCode() + tables.hashCode();
  }
}
