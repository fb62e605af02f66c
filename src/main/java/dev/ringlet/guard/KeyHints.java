package dev.ringlet.guard;

import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is said where no row has a key that looks as if it was written for something else. */
public final class KeyHints {
  private KeyHints() {}

  /**
   * @param values of which some are the key that a path has
   */
  public static Optional<String> of(Table table, List<Value> values) {
    List<String> key = Column.names(table.primaryKey());
    return values.stream()
        .filter(value -> key.contains(value.name()) && isDressed(value))
        .findFirst()
        .map(KeyHints::hint);
  }

  private static boolean isDressed(Value value) {
    return value.type().isText() && !value.text().equals(bare(value));
  }

  private static String hint(Value value) {
    return "A path has values alone, without names, operators and quotes: " + bare(value);
  }

  private static String bare(Value value) {
    return value
        .text()
        .replaceFirst("^" + Pattern.quote(value.name()) + "=", "")
        .replaceFirst("^eq\\.", "")
        .replaceFirst("^(['\"])(.*)\\1$", "$2");
  }
}
