package dev.ringlet.access;

/** Of a table or a materialized view: case-sensitive, without quotes. */
public record TableName(String keyspace, String table) {
  @Override
  public boolean equals(Object other) {
    return other instanceof TableName name
        && table.equals(name.table)
        && keyspace.equals(name.keyspace);
  }

  @Override
  public int hashCode() {
    return 31 * keyspace.hashCode() + table.hashCode();
  }
}
