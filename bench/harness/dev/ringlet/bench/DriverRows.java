package dev.ringlet.bench;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;

/** Rows to the driver and from it, as a program would write and read them. */
final class DriverRows {
  private DriverRows() {}

  static BoundStatement insert(PreparedStatement insert, int row) {
    return insert.bind(
        Rows.shelf(row),
        Rows.number(row),
        Rows.added(row),
        Rows.amount(row),
        Rows.id(row),
        Rows.name(row),
        Rows.price(row));
  }

  /** Reads each column; the sum is for the compiler, lest it leaves the reading out. */
  static int read(Iterable<Row> rows) {
    int sum = 0;
    for (Row row : rows) {
      sum += row.getString(0).length() + row.getInt(1) + row.getInstant(2).hashCode();
      sum += row.getInt(3) + row.getUuid(4).hashCode() + row.getString(5).length();
      sum += (int) row.getDouble(6);
    }
    return sum;
  }
}
