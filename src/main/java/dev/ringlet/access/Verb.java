package dev.ringlet.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done with rows. */
public enum Verb {
  READ,
  /** Writing only what is not there. */
  CREATE,
  /** Writing whatever is there. */
  WRITE,
  DELETE,
  /** Reading what neither the key nor an index finds. */
  SCAN;

  private final String symbol = name().toLowerCase(Locale.ROOT);

  /** As in settings and errors. */
  public String symbol() {
    return symbol;
  }

  /** Whether it changes something. */
  public boolean writes() {
    return this == CREATE || this == WRITE || this == DELETE;
  }

  static Optional<Verb> of(String symbol) {
    return Arrays.stream(values()).filter(verb -> verb.symbol.equals(symbol)).findFirst();
  }

  /** In settings and errors, all. */
  public static List<String> symbols() {
    return Arrays.stream(values()).map(Verb::symbol).toList();
  }
}
