package dev.ringlet.guard;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.request.Operator;
import dev.ringlet.request.Order;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Storable;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * ORDER BY. Cassandra gives a partition's rows in clustering order or exactly reversed, and the
 * nearest neighbours of a vector.
 *
 * @param clause with a space before it, or nothing
 * @param nearest the vector column, if it is a vector search
 * @param merges whether Cassandra puts rows of several partitions in order, which it does not page
 */
public record Ordering(Fragment clause, Optional<Column> nearest, boolean merges) {
  private static final Ordering NONE = new Ordering(Fragment.NONE, Optional.empty(), false);

  /**
   * @throws ApiException {@link ErrorCode#INVALID_ORDER} with the orders there are, {@link
   *     ErrorCode#UNKNOWN_COLUMN}
   */
  public static Ordering of(Table table, List<Restriction> restrictions, List<Order> order) {
    if (order.isEmpty()) {
      return NONE;
    }
    List<Column> columns = order.stream().map(term -> table.require(term.column())).toList();
    return order.stream().anyMatch(term -> term.direction() == Order.Direction.ANN)
        ? nearest(table, columns.get(0), order)
        : clustering(table, restrictions, order);
  }

  private static Ordering nearest(Table table, Column column, List<Order> order) {
    if (order.size() > 1
        || column.type().kind() != CqlType.Kind.VECTOR
        || new Indexes(table).nearest(column).isEmpty()) {
      throw invalid(table, "A vector search orders by one vector column that has an SAI index.");
    }
    Value vector = Value.parse(column, order.get(0).vector());
    Storable.check(table, List.of(vector));
    Fragment clause = Fragment.of(" ORDER BY " + column.cqlName() + " ANN OF ?", vector);
    return new Ordering(clause, Optional.of(column), false);
  }

  private static Ordering clustering(
      Table table, List<Restriction> restrictions, List<Order> order) {
    List<Restriction> partitions =
        restrictions.stream().filter(r -> r.column().isPartitionKey() && r.picks()).toList();
    if (partitions.size() < table.partitionKey().size()) {
      throw invalid(
          table, "Rows have an order inside of partitions only: give the whole partition key.");
    }
    Iterator<Order> terms = order.iterator();
    Order term = terms.next();
    List<Column> clause = new ArrayList<>();
    Boolean reversed = null;
    for (Column column : table.clusteringColumns()) {
      if (term == null) {
        break;
      }
      boolean named = term.column().equals(column.name());
      boolean picked =
          restrictions.stream()
              .anyMatch(r -> r.column().equals(column) && r.operator() == Operator.EQ);
      if (!named && !picked) {
        throw invalid(table, "Cassandra cannot order by " + term.column() + " here.");
      }
      boolean against = (term.direction() == Order.Direction.DESC) != column.descending();
      if (named && reversed != null && reversed != against) {
        throw invalid(table, "Cassandra gives the clustering order or exactly its reverse.");
      }
      if (named) {
        reversed = against;
        term = terms.hasNext() ? terms.next() : null;
      }
      clause.add(column);
    }
    if (term != null) {
      throw invalid(table, "Cassandra cannot order by " + term.column() + " here.");
    }
    return new Ordering(
        Fragment.of(" ORDER BY " + directed(clause, reversed)),
        Optional.empty(),
        partitions.stream().anyMatch(r -> r.operator() == Operator.IN));
  }

  private static String directed(List<Column> columns, boolean reversed) {
    return columns.stream()
        .map(column -> column.cqlName() + (column.descending() == reversed ? " ASC" : " DESC"))
        .collect(Collectors.joining(", "));
  }

  static ApiException invalid(Table table, String detail) {
    return new ApiException(ErrorCode.INVALID_ORDER, detail)
        .with(
            "orders",
            table.clusteringColumns().isEmpty()
                ? List.of()
                : List.of(all(table, false), all(table, true)));
  }

  private static String all(Table table, boolean reversed) {
    return table.clusteringColumns().stream()
        .map(column -> column.name() + (column.descending() == reversed ? ".asc" : ".desc"))
        .collect(Collectors.joining(","));
  }
}
