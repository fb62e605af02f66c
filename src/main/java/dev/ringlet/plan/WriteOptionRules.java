package dev.ringlet.plan;

import dev.ringlet.config.Headers;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Target;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.Map;
import java.util.Set;

/** Refuses what a write's headers ask for where HTTP or CQL forbids it, with the reason. */
final class WriteOptionRules {
  private static final Map<String, Set<Condition.Kind>> POSSIBLE =
      Map.of(
          "POST", Set.of(Condition.Kind.NOT_EXISTS),
          "PUT", Set.of(Condition.Kind.NOT_EXISTS, Condition.Kind.EXISTS, Condition.Kind.UNCHANGED),
          "PATCH", Set.of(Condition.Kind.EXISTS, Condition.Kind.UNCHANGED),
          "DELETE", Set.of(Condition.Kind.EXISTS, Condition.Kind.UNCHANGED));

  private WriteOptionRules() {}

  /**
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#CONDITION_NOT_POSSIBLE}
   */
  static void check(String method, Table table, WriteOptions options) {
    if (options.condition().isPresent()) {
      condition(method, table, options.condition().kind());
    }
    if (options.ttl().isPresent() && (table.isCounter() || method.equals("DELETE"))) {
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

  /**
   * @throws ApiException {@link ErrorCode#CONDITION_NOT_POSSIBLE} for a condition on more or less
   *     than a row
   */
  static void requireRow(Target target, WriteOptions options) {
    if (options.condition().isPresent() && !target.isRow()) {
      throw notPossible(
          "CQL has conditions on a row only: the path must have the whole primary key.");
    }
  }

  private static void condition(String method, Table table, Condition.Kind kind) {
    if (!POSSIBLE.get(method).contains(kind)) {
      throw invalid(
          kind.header().replace(": *", ""),
          "%s does not take %s.".formatted(method, kind.header()));
    }
    if (table.isCounter()) {
      throw notPossible("CQL has no conditions on counters.");
    }
    boolean update = kind != Condition.Kind.NOT_EXISTS && !method.equals("DELETE");
    if (update && table.valueColumns().stream().allMatch(Column::isStatic)) {
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
