package dev.ringlet.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one table of operators: what a filter compares with, what that does to a query, and its CQL.
 * All else follows from these facts.
 */
public enum Operator {
  EQ(Operand.VALUE, Effect.PICKS, " = ?"),
  IN(Operand.VALUES, Effect.PICKS, " IN ?"),
  LT(Operand.VALUE, Effect.BOUNDS_ABOVE, " < ?"),
  LTE(Operand.VALUE, Effect.BOUNDS_ABOVE, " <= ?"),
  GT(Operand.VALUE, Effect.BOUNDS_BELOW, " > ?"),
  GTE(Operand.VALUE, Effect.BOUNDS_BELOW, " >= ?"),
  CONTAINS(Operand.ELEMENT, Effect.LOOKS_INSIDE, " CONTAINS ?"),
  CONTAINS_KEY(Operand.KEY, Effect.LOOKS_INSIDE, " CONTAINS KEY ?"),
  ENTRY(Operand.ENTRY, Effect.LOOKS_INSIDE, "[?] = ?"),
  LIKE(Operand.PATTERN, Effect.MATCHES, " LIKE ?"),
  NE(Operand.VALUE, Effect.DIFFERS, " != ?"),
  /** Whether there is a value: {@code is.null} and {@code is.not_null}. */
  IS(Operand.PRESENCE, Effect.DIFFERS, " = ?");

  /** What a column is compared with, and so which columns have the operator. */
  public enum Operand {
    /** A value of the column's type. */
    VALUE(Arity.ONE),
    VALUES(Arity.LIST),
    /** An element of a list or set, or a value of a map. */
    ELEMENT(Arity.ONE),
    /** A key of a map. */
    KEY(Arity.ONE),
    /** A key of a map and its value. */
    ENTRY(Arity.PAIR),
    /** A fragment of text. */
    PATTERN(Arity.ONE),
    /** {@code null} or {@code not_null}. */
    PRESENCE(Arity.NULL);

    private final Arity arity;

    Operand(Arity arity) {
      this.arity = arity;
    }
  }

  /** How many operands are written, and how. */
  enum Arity {
    /** As it is, commas and all. */
    ONE("value"),
    LIST("(a,b,\"c,d\")"),
    PAIR("(key,value)"),
    NULL("null");

    private final String form;

    Arity(String form) {
      this.form = form;
    }
  }

  private enum Effect {
    PICKS,
    BOUNDS_ABOVE,
    BOUNDS_BELOW,
    LOOKS_INSIDE,
    MATCHES,
    DIFFERS
  }

  private final String symbol = name().toLowerCase(Locale.ROOT);
  private final Operand operand;
  private final Effect effect;
  private final String relation;

  Operator(Operand operand, Effect effect, String relation) {
    this.operand = operand;
    this.effect = effect;
    this.relation = relation;
  }

  /** As in {@code column=lte.5}. */
  public String symbol() {
    return symbol;
  }

  public Operand operand() {
    return operand;
  }

  Arity arity() {
    return operand.arity;
  }

  /** An example of its use, as {@code in.(a,b,"c,d")}. */
  String form() {
    return symbol + "." + operand.arity.form;
  }

  /**
   * As in a WHERE clause, with a marker for each value that is bound.
   *
   * @param column in CQL
   */
  public String relation(String column) {
    return column + relation;
  }

  /** Whether it picks single values, as the columns of a key need. */
  public boolean picks() {
    return effect == Effect.PICKS;
  }

  /** Whether it bounds a range of values. */
  public boolean isRange() {
    return effect == Effect.BOUNDS_ABOVE || effect == Effect.BOUNDS_BELOW;
  }

  /** Whether these two are the ends of a range. */
  public boolean isOtherEnd(Operator end) {
    return isRange() && end.isRange() && effect != end.effect;
  }

  /** Whether it looks for something inside of a collection. */
  public boolean isInside() {
    return effect == Effect.LOOKS_INSIDE;
  }

  /** Whether conditions of writes have it, and WHERE clauses have not. */
  public boolean isOfConditions() {
    return effect == Effect.DIFFERS;
  }

  /**
   * @param conditions whether those that only conditions have are among them
   */
  static Optional<Operator> of(String symbol, boolean conditions) {
    return all(conditions).filter(op -> op.symbol.equals(symbol)).findFirst();
  }

  static List<String> symbols(boolean conditions) {
    return all(conditions).map(Operator::symbol).toList();
  }

  private static Stream<Operator> all(boolean conditions) {
    return Arrays.stream(values()).filter(op -> conditions || !op.isOfConditions());
  }
}
