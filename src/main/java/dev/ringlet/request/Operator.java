package dev.ringlet.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operators of filters, and their CQL. */
public enum Operator {
  EQ("="),
  LT("<"),
  LTE("<="),
  GT(">"),
  GTE(">="),
  IN("IN"),
  CONTAINS("CONTAINS"),
  CONTAINS_KEY("CONTAINS KEY"),
  ENTRY("="),
  LIKE("LIKE");

  private final String cql;

  Operator(String cql) {
    this.cql = cql;
  }

  /** As in {@code column=lte.5}. */
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String cql() {
    return cql;
  }

  /** Whether it bounds a range of values. */
  public boolean isRange() {
    return this == LT || this == LTE || this == GT || this == GTE;
  }

  /** Whether it looks for something inside of a collection. */
  public boolean isInside() {
    return this == CONTAINS || this == CONTAINS_KEY || this == ENTRY;
  }

  static Optional<Operator> of(String symbol) {
    return Arrays.stream(values()).filter(op -> op.symbol().equals(symbol)).findFirst();
  }

  static List<String> symbols() {
    return Arrays.stream(values()).map(Operator::symbol).toList();
  }
}
