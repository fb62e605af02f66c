package dev.ringlet.plan;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.CallersRows;
import dev.ringlet.guard.Restriction;
import dev.ringlet.guard.Restrictions;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Where;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.Filter;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Storable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Plans what DELETE removes. */
@Singleton
public final class Deletes {
  private final int maxIn;

  public Deletes(RingletConfig config) {
    this.maxIn = config.in().max();
  }

  /**
   * DELETE of a row, a slice or a partition; filters on clustering columns narrow it, and those on
   * other columns are the condition on which a row is deleted.
   *
   * @throws ApiException {@link ErrorCode#INVALID_FILTER}, what filters throw, and what the options
   *     make impossible
   */
  public WritePlan delete(Target path, List<Filter> filters, WriteOptions asked) {
    Addressed addressed = Addressed.rows(path, filters);
    List<Restriction> restrictions = addressed.key();
    Restrictions.requireFew(restrictions, maxIn);
    Where where = new Where(path.table(), restrictions, Optional.empty());
    for (List<Restriction> unfollowed : where.unfollowed()) {
      throw new ApiException(
              ErrorCode.INVALID_FILTER,
              "DELETE follows the clustering columns in their order: values for the first ones, and"
                  + " a range at the end.")
          .with("column", Where.column(unfollowed).name());
    }
    boolean range = restrictions.stream().anyMatch(r -> r.operator() != Operator.EQ);
    Target deleted = range ? path : addressed.target();
    if (!deleted.isRow() && !addressed.conditions().isEmpty()) {
      String column = addressed.conditions().get(0).column().name();
      throw new ApiException(
              ErrorCode.INVALID_FILTER,
              "A filter on %s is a condition: it needs the whole primary key.".formatted(column))
          .with("column", column);
    }
    WriteOptions options = WriteOptionRules.checked("DELETE", addressed, asked);
    WriteOptionRules.requireRow(deleted, options);
    CallersRows.requireNothingHidden(
        path.table(), restrictions.stream().allMatch(r -> r.column().isPartitionKey()));
    Storable.checkKeys(path.table(), deleted.key());
    Fragment delete =
        Statements.delete(path.table(), restrictions, Statements.condition(addressed, options));
    Change change = new Change.Delete(restrictions);
    return new WritePlan(delete, deleted, change, !options.condition().isPresent(), options);
  }
}
