package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The query guard: how Cassandra would find the rows. What a key or an index serves is read;
 * anything else is a scan, and needs to be asked for.
 *
 * @param rule what allows it: {@code primary-key}, {@code partition-key}, {@code index:name} or
 *     {@code scan}
 * @param filtering whether CQL wants ALLOW FILTERING
 */
record Access(String rule, boolean filtering) {

  /**
   * @param nearest the column of a vector search, which an index serves
   */
  static Access of(Table table, List<Restriction> restrictions, Optional<String> nearest) {
    List<ColumnMetadata> missing = unpicked(table.partitionKey(), restrictions);
    List<Restriction> byKey = missing.isEmpty() ? byKey(table, restrictions) : List.of();
    if (missing.isEmpty() && byKey.size() == restrictions.size() && nearest.isEmpty()) {
      boolean whole = unpicked(table.primaryKey(), restrictions).isEmpty();
      return new Access(whole ? ReadPlan.Rule.PRIMARY_KEY : ReadPlan.Rule.PARTITION_KEY, false);
    }
    Indexes indexes = new Indexes(table);
    List<Restriction> others = restrictions.stream().filter(r -> !byKey.contains(r)).toList();
    Optional<String> index =
        nearest
            .flatMap(indexes::nearest)
            .or(() -> others.stream().flatMap(r -> indexes.serving(r).stream()).findFirst());
    boolean served =
        others.stream().allMatch(r -> indexes.serving(r).isPresent())
            && (nearest.isPresent() || indexes.serveTogether(others));
    if (index.isPresent() && served) {
      return new Access("index:" + index.get(), false);
    }
    return new Access("scan", !restrictions.isEmpty());
  }

  boolean isScan() {
    return rule.equals("scan");
  }

  /** The refusal of a scan that was not asked for: what is missing, and what would serve. */
  static ApiException refusal(Table table, List<Restriction> restrictions) {
    List<ColumnMetadata> missing = unpicked(table.partitionKey(), restrictions);
    List<ColumnMetadata> unserved = new ArrayList<>();
    List<Restriction> byKey = missing.isEmpty() ? byKey(table, restrictions) : List.of();
    Indexes indexes = new Indexes(table);
    restrictions.stream()
        .filter(r -> !byKey.contains(r) && !missing.contains(r.column()))
        .filter(r -> !table.partitionKey().contains(r.column()))
        .filter(r -> indexes.serving(r).isEmpty())
        .forEach(r -> unserved.add(r.column()));
    ApiException refusal =
        missing.isEmpty()
            ? new ApiException(
                ErrorCode.PARTITION_KEY_REQUIRED,
                "Neither the key nor an index serves the filter on "
                    + String.join(", ", Columns.names(unserved))
                    + ".")
            : Target.partitionKeyRequired(missing);
    if (!unserved.isEmpty()) {
      refusal = refusal.with("index_missing", Columns.names(unserved));
    }
    return refusal.with(
        "hint", "scan=true reads the table from end to end, where ringlet.scan allows it.");
  }

  private static List<ColumnMetadata> unpicked(
      List<ColumnMetadata> key, List<Restriction> restrictions) {
    List<ColumnMetadata> unpicked = new ArrayList<>();
    for (ColumnMetadata column : key) {
      if (on(column, restrictions, Restriction::picks).isEmpty()) {
        unpicked.add(column);
      }
    }
    return unpicked;
  }

  /**
   * The restrictions on key columns that CQL can follow: values for the first ones, and a range at
   * their end.
   */
  static List<Restriction> byKey(Table table, List<Restriction> restrictions) {
    List<Restriction> served = new ArrayList<>();
    for (ColumnMetadata column : table.primaryKey()) {
      List<Restriction> on = on(column, restrictions, r -> r.picks() || r.operator().isRange());
      served.addAll(on);
      if (on.isEmpty() || !on.get(0).picks()) {
        break;
      }
    }
    return served;
  }

  private static List<Restriction> on(
      ColumnMetadata column, List<Restriction> restrictions, Predicate<Restriction> wanted) {
    List<Restriction> on = new ArrayList<>(1);
    for (Restriction restriction : restrictions) {
      if (restriction.column().equals(column) && wanted.test(restriction)) {
        on.add(restriction);
      }
    }
    return on;
  }
}
