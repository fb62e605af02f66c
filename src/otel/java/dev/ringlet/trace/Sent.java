package dev.ringlet.trace;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.session.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * What a statement says, without its values: only prepared statements are sent, alone or many in a
 * batch, of which it is what the first says.
 *
 * @param cql with bind markers
 * @param size how many rows are written at once
 */
record Sent(String operation, String keyspace, String table, String cql, int size) {

  static Sent of(Request request) {
    if (request instanceof BatchStatement batch) {
      List<PreparedStatement> all = new ArrayList<>();
      batch.forEach(one -> all.add(((BoundStatement) one).getPreparedStatement()));
      boolean alike = all.stream().map(Sent::verb).distinct().count() == 1;
      return of(all.get(0), alike ? "BATCH " + verb(all.get(0)) : "BATCH", all.size());
    }
    PreparedStatement prepared = ((BoundStatement) request).getPreparedStatement();
    return of(prepared, verb(prepared), 1);
  }

  private static String verb(PreparedStatement prepared) {
    return prepared.getQuery().substring(0, prepared.getQuery().indexOf(' '));
  }

  private static Sent of(PreparedStatement prepared, String operation, int size) {
    String cql = prepared.getQuery();
    ColumnDefinitions variables = prepared.getVariableDefinitions();
    ColumnDefinition column =
        (variables.size() > 0 ? variables : prepared.getResultSetDefinitions()).get(0);
    return new Sent(
        operation, column.getKeyspace().asInternal(), column.getTable().asInternal(), cql, size);
  }
}
