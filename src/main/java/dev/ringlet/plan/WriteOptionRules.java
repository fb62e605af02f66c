package dev.ringlet.plan;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.Restriction;
import dev.ringlet.guard.Target;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses what a write's headers ask for where HTTP or CQL forbids it, with the reason. */
final class WriteOptionRules {
  private static final Map<String, Set<Condition.Kind>> POSSIBLE =
      Map.of(
          "POST", Set.of(Condition.Kind.NOT_EXISTS),
          "PUT", Set.of(Condition.Kind.NOT_EXISTS, Condition.Kind.EXISTS, Condition.Kind.UNCHANGED),
          "PATCH", Set.of(Condition.Kind.EXISTS, Condition.Kind.UNCHANGED),
          "DELETE", Set.of(Condition.Kind.EXISTS, Condition.Kind.UNCHANGED),
          "op=merge", Set.of(Condition.Kind.EXISTS),
          "op=delete", Set.of());

  private WriteOptionRules() {}

  /**
   * The options with what filters ask, if that goes together.
   *
   * @throws ApiException as of {@link #check}
   */
  static WriteOptions checked(String method, Addressed addressed, WriteOptions asked) {
    WriteOptions options =
        addressed.conditions().isEmpty() ? asked : asked.comparing(compared(addressed));
    check(method, addressed.target().table(), options);
    requireTogether(options.condition().kind(), addressed.conditions());
    return options;
  }

  private static Condition.Compared compared(Addressed addressed) {
    return addressed.conditions().stream().allMatch(condition -> condition.column().isStatic())
        ? Condition.Compared.PARTITION
        : Condition.Compared.ROW;
  }

  /**
   * @param method or what POST does with rows
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#CONDITION_NOT_POSSIBLE}
   */
  static void check(String method, Table table, WriteOptions options) {
    if (options.condition().isPresent()) {
      condition(method, table, options.condition().kind());
    }
    if (options.ttl().isPresent() && (table.isCounter() || deletes(method))) {
      throw invalid(
          Headers.TTL, table.isCounter() ? "A counter has no TTL." : "A DELETE has no TTL.");
    }
    if (options.timestamp().isPresent() && table.isCounter()) {
      throw invalid(Headers.TIMESTAMP, "A counter has no write timestamp of its own.");
    }
    if (options.timestamp().isPresent() && options.condition().isPresent()) {
      throw invalid(
          Headers.TIMESTAMP, "A write on a condition takes its timestamp from Cassandra.");
    }
  }

  private static boolean deletes(String method) {
    return method.equals("DELETE") || method.equals("op=delete");
  }

  /**
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE} for a condition on more or less
   *     than a row
   */
  static void requireRow(Target target, WriteOptions options) {
    if (options.condition().isPresent() && !target.isRow()) {
      throw notPossible("CQL has conditions on a row only: its whole primary key must be given.");
    }
  }

  /**
   * The same of an UPDATE, which takes conditions on static columns for a partition, too.
   *
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE}
   */
  static void requireRow(Target target, WriteOptions options, List<Restriction> conditions) {
    boolean ofPartition =
        options.condition().kind() == Condition.Kind.NONE
            && target.isPartition()
            && conditions.stream().allMatch(condition -> condition.column().isStatic());
    if (!ofPartition) {
      requireRow(target, options);
    }
    if (target.isRow() && !conditions.isEmpty()) {
      requireColumns(target.table());
    }
  }

  /**
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE} for conditions on columns beside
   *     a header that CQL has no word for
   */
  static void requireTogether(Condition.Kind kind, List<Restriction> conditions) {
    if (conditions.isEmpty()) {
      return;
    }
    if (kind == Condition.Kind.NOT_EXISTS) {
      throw notPossible(
          "A row that is not there has no columns to compare: If-None-Match is alone.");
    }
    if (kind == Condition.Kind.EXISTS && conditions.stream().noneMatch(Restriction::impliesRow)) {
      throw notPossible(
          "CQL has IF EXISTS alone: beside If-Match: * a filter must be one that no missing row"
              + " fits, as column=is.not_null on a column that is not static.");
    }
  }

  private static void condition(String method, Table table, Condition.Kind kind) {
    if (kind != Condition.Kind.NONE && !POSSIBLE.get(method).contains(kind)) {
      throw invalid(
          kind.header().replace(": *", ""),
          "%s does not take %s.".formatted(method, kind.header()));
    }
    if (table.isCounter()) {
      throw notPossible("CQL has no conditions on counters.");
    }
    boolean update = kind == Condition.Kind.EXISTS || kind == Condition.Kind.UNCHANGED;
    if (update && !method.equals("DELETE")) {
      requireColumns(table);
    }
  }

  private static void requireColumns(Table table) {
    if (table.valueColumns().stream().allMatch(Column::isStatic)) {
      throw notPossible("The table's rows have no columns besides the key that CQL could check.");
    }
  }

  private static ApiException notPossible(String detail) {
    return new ApiException(ErrorCode.CONDITION_NOT_POSSIBLE, detail);
  }

  private static ApiException invalid(String header, String detail) {
    return new ApiException(ErrorCode.INVALID_HEADER, detail).with("header", header);
  }
}
