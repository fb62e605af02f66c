package dev.ringlet.trace;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.session.Request;

/**
 * What a statement says, without its values: only prepared statements are sent, alone or many of
 * the same CQL in a batch.
 *
 * @param cql with bind markers
 * @param size how many rows are written at once
 */
record Sent(String operation, String keyspace, String table, String cql, int size) {

  static Sent of(Request request) {
    if (request instanceof BatchStatement batch) {
      BoundStatement first = (BoundStatement) batch.iterator().next();
      return of(first.getPreparedStatement(), "BATCH ", batch.size());
    }
    return of(((BoundStatement) request).getPreparedStatement(), "", 1);
  }

  private static Sent of(PreparedStatement prepared, String prefix, int size) {
    String cql = prepared.getQuery();
    ColumnDefinitions variables = prepared.getVariableDefinitions();
    ColumnDefinition column =
        (variables.size() > 0 ? variables : prepared.getResultSetDefinitions()).get(0);
    return new Sent(
        prefix + cql.substring(0, cql.indexOf(' ')),
        column.getKeyspace().asInternal(),
        column.getTable().asInternal(),
        cql,
        size);
  }
}
