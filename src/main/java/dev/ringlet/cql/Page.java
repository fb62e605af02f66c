package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.plan.Projection;
import dev.ringlet.session.RowObjects;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * One page of rows, as it came from Cassandra.
 *
 * @param columns the columns that the rows really have: the result's own word, not the schema's
 * @param projection what the answer makes of them
 * @param rows to be gone through once
 * @param size how many rows
 * @param bytes of memory that they take, about
 * @param next where the next page starts, if there is one
 */
public record Page(
    ColumnDefinitions columns,
    Projection projection,
    Iterable<Row> rows,
    int size,
    long bytes,
    Optional<ByteBuffer> next) {
  /** About as long is the name of a column. */
  private static final int NAME = 16;

  /** Bytes of rows that are encoded at once. */
  static final int PORTION = 1 << 16;

  static Page of(AsyncResultSet result, Projection projection) {
    int size = result.remaining();
    ColumnDefinitions columns = result.getColumnDefinitions();
    return new Page(
        columns,
        projection,
        result.currentPage(),
        size,
        result.getExecutionInfo().getResponseSizeInBytes() + RowObjects.bytes(size, columns.size()),
        Optional.ofNullable(result.getExecutionInfo().getPagingState()).map(Page::readable));
  }

  /**
   * A paging state ends with how many rows are left in the partition, as an unsigned vint. After
   * groups of a table without clustering columns Cassandra (5.0.9) writes -1, which it does not
   * read again; there are none.
   */
  private static ByteBuffer readable(ByteBuffer state) {
    int end = state.remaining() - Long.BYTES - 1;
    boolean negative = end > 0;
    for (int i = state.limit() - 1; negative && i >= state.position() + end; i--) {
      negative = state.get(i) == -1;
    }
    return negative ? ByteBuffer.allocate(end + 1).put(0, state, state.position(), end) : state;
  }

  /** This one and the next, as one. */
  Page with(Page following) {
    List<Row> all = new ArrayList<>(size + following.size);
    rows.forEach(all::add);
    following.rows.forEach(all::add);
    return new Page(columns, projection, all, all.size(), bytes + following.bytes, following.next);
  }

  /**
   * The same rows in small portions, each made when it is asked for, so that not all of them are
   * there twice, as they are and encoded. To be gone through once.
   */
  public Iterable<Page> portions() {
    Iterator<Row> left = rows.iterator();
    return size == 0
        ? List.of(this)
        : () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return left.hasNext();
              }

              @Override
              public Page next() {
                return portion(left);
              }
            };
  }

  private Page portion(Iterator<Row> left) {
    List<Row> some = new ArrayList<>();
    long length = 0;
    do {
      Row row = left.next();
      some.add(row);
      length += length(row);
    } while (left.hasNext() && length < PORTION);
    return new Page(columns, projection, some, some.size(), length, next);
  }

  /** About as much as it has when it is encoded: a short value has a name besides. */
  private static long length(Row row) {
    long length = 0;
    for (int i = 0; i < row.size(); i++) {
      ByteBuffer value = row.getBytesUnsafe(i);
      length += NAME + (value == null ? 0 : value.remaining());
    }
    return length;
  }
}
