package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Operator;
import dev.ringlet.row.Fragment;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * GROUP BY. Cassandra groups the rows as they come: by the columns of the primary key from the
 * first on, of which those with a value may be left out.
 *
 * @param clause with a space before it, or nothing
 * @param byRow whether the groups are parts of partitions
 */
public record GroupBy(Fragment clause, boolean byRow) {
  private static final GroupBy NONE = new GroupBy(Fragment.NONE, false);

  /**
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}, {@link ErrorCode#UNKNOWN_COLUMN}
   */
  public static GroupBy of(Table table, List<Restriction> restrictions, List<String> names) {
    if (names.isEmpty()) {
      return NONE;
    }
    List<Column> columns = new ArrayList<>();
    Iterator<Column> key = table.primaryKey().iterator();
    for (String name : names) {
      Column column = table.require(name);
      if (!follows(column, key, restrictions)) {
        throw invalid(table, column);
      }
      columns.add(column);
    }
    Column last = columns.get(columns.size() - 1);
    if (last.isPartitionKey() && key.hasNext()) {
      Column next = key.next();
      if (next.isPartitionKey()) {
        throw invalid(table, next);
      }
    }
    String clause = columns.stream().map(Column::cqlName).collect(Collectors.joining(", "));
    return new GroupBy(Fragment.of(" GROUP BY " + clause), last.isClustering());
  }

  private static boolean follows(
      Column column, Iterator<Column> key, List<Restriction> restrictions) {
    while (key.hasNext()) {
      Column next = key.next();
      if (next.equals(column)) {
        return true;
      }
      if (restrictions.stream()
          .noneMatch(r -> r.column().equals(next) && r.operator() == Operator.EQ)) {
        return false;
      }
    }
    return false;
  }

  private static ApiException invalid(Table table, Column column) {
    return new ApiException(
            ErrorCode.INVALID_PARAMETER,
            "Cassandra groups by the whole partition key, and clustering columns from the first"
                + " on; columns that have a value by eq may be left out.")
        .with("parameter", "group")
        .with("column", column.name())
        .with("primary_key", Column.names(table.primaryKey()));
  }
}
