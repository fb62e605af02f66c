package dev.ringlet.access;

import dev.ringlet.schema.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A table as it is described to a caller: by all that lets them do something with it together.
 *
 * @param may in the order of {@link Verb}
 */
public record PermittedTable(Table table, Set<Verb> may) {

  /** Whether something may be written. */
  public boolean isWritten() {
    return may.stream().anyMatch(Verb::writes);
  }

  /**
   * @param whole the table with all of its columns
   * @param scanned whether anybody may scan it
   */
  public static PermittedTable of(Table whole, List<Permission> permissions, boolean scanned) {
    List<Permission> sound =
        permissions.stream().filter(permission -> permission.fault().isEmpty()).toList();
    Set<Verb> may = EnumSet.noneOf(Verb.class);
    sound.forEach(permission -> may.addAll(permission.may()));
    if (whole.isView()) {
      may.retainAll(EnumSet.of(Verb.READ, Verb.SCAN));
    }
    if (whole.isCounter()) {
      may.remove(Verb.CREATE);
    }
    if (!scanned) {
      may.remove(Verb.SCAN);
    }
    return new PermittedTable(
        whole.narrowedTo(
            column ->
                sound.stream()
                    .anyMatch(permission -> permission.table().column(column.name()).isPresent())),
        may);
  }
}
