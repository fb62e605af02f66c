package dev.ringlet.access;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What allows a caller to do something with a table. Nothing is planned without one, and only this
 * room makes them.
 */
public final class Permission {
  private static final String NO_RULE = "";

  private final String rule;
  private final Table table;
  private final Set<Verb> may;
  private final Set<Verb> mayOnCondition;
  private final List<RowLimit> rows;
  private final OptionalInt rate;

  private Permission(
      String rule,
      Table table,
      Set<Verb> may,
      Set<Verb> mayOnCondition,
      List<RowLimit> rows,
      OptionalInt rate) {
    this.rule = rule;
    this.table = table;
    this.may = may;
    this.mayOnCondition = mayOnCondition;
    this.rows = List.copyOf(rows);
    this.rate = rate;
  }

  /** To do everything. */
  public static Permission all(Table table) {
    Set<Verb> all = EnumSet.allOf(Verb.class);
    return new Permission(NO_RULE, table, all, all, List.of(), OptionalInt.empty());
  }

  /**
   * What Cassandra grants.
   *
   * @param table without the columns that there are not for the caller
   * @param mayOnCondition what may be done on a condition, which tells something of the row
   */
  static Permission granted(Table table, Set<Verb> may, Set<Verb> mayOnCondition) {
    return new Permission(NO_RULE, table, may, mayOnCondition, List.of(), OptionalInt.empty());
  }

  /**
   * What a rule allows.
   *
   * @param table without the columns that there are not for the caller
   * @param rows of the first primary key columns, in key order
   * @param rate requests a second
   */
  static Permission ruled(
      String rule, Table table, Set<Verb> may, List<RowLimit> rows, OptionalInt rate) {
    return new Permission(rule, table, may, may, rows, rate);
  }

  /** The name of the rule, or nothing. */
  public String rule() {
    return rule;
  }

  /** The table as it is for the caller. */
  public Table table() {
    return table;
  }

  /** What may be done; in the order of {@link Verb}. */
  public Set<Verb> may() {
    return may;
  }

  /** The rows that there are for the caller: all, where a column is not among these. */
  public List<RowLimit> rows() {
    return rows;
  }

  /** Requests a second, if they are limited. */
  public OptionalInt rate() {
    return rate;
  }

  /**
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  public Permission require(Verb verb) {
    if (!may.contains(verb)) {
      throw missing(verb);
    }
    return this;
  }

  /**
   * The same on a condition.
   *
   * @throws ApiException {@link ErrorCode#FORBIDDEN}
   */
  public Permission requireOnCondition(Verb verb) {
    if (!mayOnCondition.contains(verb)) {
      throw missing(may.contains(verb) ? Verb.READ : verb);
    }
    return this;
  }

  private ApiException missing(Verb verb) {
    return new ApiException(
            ErrorCode.FORBIDDEN,
            "The caller may not %s in the table %s.".formatted(verb.symbol(), table.name()))
        .with("missing", List.of(verb.symbol()))
        .with("table", table.name());
  }
}
