package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.plan.Projection;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One page of rows, as it came from Cassandra.
 *
 * @param columns the columns that the rows really have: the result's own word, not the schema's
 * @param projection what the answer makes of them
 * @param size how many rows
 * @param next where the next page starts, if there is one
 */
public record Page(
    ColumnDefinitions columns,
    Projection projection,
    Iterable<Row> rows,
    int size,
    Optional<ByteBuffer> next) {

  static Page of(AsyncResultSet result, Projection projection) {
    return new Page(
        result.getColumnDefinitions(),
        projection,
        result.currentPage(),
        result.remaining(),
        Optional.ofNullable(result.getExecutionInfo().getPagingState()));
  }
}
