package dev.ringlet.guard;

import dev.ringlet.row.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is said where no row has a key that looks as if it was written for something else. */
public final class KeyHints {
  private KeyHints() {}

  /**
   * @param key the values that a path has
   */
  public static Optional<String> of(List<Value> key) {
    return key.stream().filter(KeyHints::isDressed).findFirst().map(KeyHints::hint);
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
