package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Ordering;
import dev.ringlet.request.Expression;
import dev.ringlet.request.Function;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.Table;
import dev.ringlet.value.CqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives the expressions of {@code select} their types, and writes them as CQL: keys and vectors are
 * bind markers. What CQL refuses of a type is refused here.
 *
 * @param ordering which may have a vector that is searched
 */
record Selection(Table table, Ordering ordering) {
  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, {@link ErrorCode#INVALID_PARAMETER},
   *     {@link ErrorCode#INVALID_VALUE} of a key or vector
   */
  Selected of(Expression expression) {
    if (expression instanceof Expression.At at) {
      return Places.of(table, at.place());
    } else if (expression instanceof Expression.Cast cast) {
      return cast(cast);
    } else if (expression instanceof Expression.Call call) {
      return call(call);
    }
    throw Selected.refused(expression, "A vector alone is no item of select.");
  }

  private Selected call(Expression.Call call) {
    Function function = call.function();
    if (function.isSimilarity()) {
      return similarity(call);
    } else if (function.isOfCells()) {
      return ofCells(call);
    }
    return switch (function) {
      case TOKEN -> new Selected(CqlType.BIGINT, Fragment.of(token()));
      case SIMILARITY -> similarityToSearched(call);
      default -> aggregate(call);
    };
  }

  private String token() {
    return table.partitionKey().stream()
        .map(Column::cqlName)
        .collect(Collectors.joining(", ", "token(", ")"));
  }

  private Selected cast(Expression.Cast cast) {
    Selected value = of(cast.value());
    Optional<CqlType> type = NativeFunctions.cast(value.type(), cast.type());
    if (type.isEmpty()) {
      throw Selected.refused(
              cast,
              "%s is of the type %s, which CQL does not cast to %s."
                  .formatted(cast.value().text(), value.type().cql(), cast.type()))
          .with("casts", NativeFunctions.casts(value.type()));
    }
    return type.get().equals(value.type())
        ? value
        : new Selected(type.get(), around("cast(", value, " as " + type.get().cql() + ")"));
  }

  private Selected ofCells(Expression.Call call) {
    if (!(call.arguments().get(0) instanceof Expression.At at)) {
      throw Selected.refused(
          call, call.function().symbol() + " is of a column, or of a part of one.");
    }
    Column column = table.require(at.place().column());
    if (column.isKey()) {
      throw Selected.refused(call, "A column of the primary key has no write time and no TTL.");
    }
    boolean inside = !at.place().isColumn();
    if (inside && column.type().hasElementCells()) {
      throw Selected.refused(
          call,
          "Cassandra takes no bind marker there: %s(%s) has those of all elements, in their order."
              .formatted(call.function().symbol(), column.name()));
    }
    CqlType one = call.function() == Function.TTL ? CqlType.INT : CqlType.BIGINT;
    // of a part it is one, but Cassandra's functions take it for many
    boolean many = column.type().isMultiCell() && call.function() != Function.MAXWRITETIME;
    return new Selected(
        many ? one.listOf() : one,
        around(call.function().symbol() + "(", Places.of(table, at.place()), ")"));
  }

  private Selected aggregate(Expression.Call call) {
    Function function = call.function();
    if (call.arguments().isEmpty()) {
      return new Selected(CqlType.BIGINT, Fragment.of("count(*)"));
    }
    Expression argument = call.arguments().get(0);
    if (argument.isAggregate()) {
      throw Selected.refused(call, "CQL takes no aggregate inside of " + function.symbol() + ".");
    }
    Selected value = of(argument);
    boolean mistaken =
        argument instanceof Expression.Call cells
            && cells.function().isOfCells()
            && !(cells.arguments().get(0) instanceof Expression.At at && at.place().isColumn());
    if (mistaken && value.type().isCollection() && function != Function.COUNT) {
      throw Selected.refused(call, "Cassandra gives " + call.text() + " a wrong type.");
    }
    boolean adds = function == Function.SUM || function == Function.AVG;
    if (adds && !NativeFunctions.add(value.type())) {
      throw Selected.refused(
          call,
          "%s is of numbers; %s is of the type %s."
              .formatted(function.symbol(), argument.text(), value.type().cql()));
    }
    return new Selected(
        function == Function.COUNT ? CqlType.BIGINT : value.type(),
        around(function.symbol() + "(", value, ")"));
  }

  private static Fragment around(String before, Selected value, String after) {
    return Fragment.concat(value.fragment().after(before), Fragment.of(after));
  }

  private Selected similarity(Expression.Call call) {
    List<Selected> known = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      if (!(argument instanceof Expression.Vector)) {
        known.add(requireVector(call, argument));
      }
    }
    if (known.isEmpty()) {
      throw Selected.refused(call, call.function().symbol() + " needs a column.");
    }
    CqlType type = known.get(0).type();
    if (known.stream().anyMatch(one -> !one.type().equals(type))) {
      throw Selected.refused(call, "The two vectors have not as many elements as each other.");
    }
    Column column = table.require(call.columns().findFirst().orElseThrow());
    List<Fragment> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      arguments.add(
          argument instanceof Expression.Vector vector
              ? Fragment.of("?", vector(call, Value.parse(column, type, vector.text())))
              : of(argument).fragment());
    }
    return compared(call.function().symbol(), arguments);
  }

  private static Value vector(Expression.Call call, Value vector) {
    boolean cosine = call.function() == Function.SIMILARITY_COSINE;
    if (cosine && isZero(vector.bytes())) {
      throw Selected.refused(
          call, "A vector of zeros has no direction: it is similar to none by cosine.");
    }
    return vector;
  }

  private Selected requireVector(Expression.Call call, Expression argument) {
    Selected vector = of(argument);
    if (!NativeFunctions.compare(vector.type())) {
      throw Selected.refused(
          call,
          "%s is of vectors of float; %s is of the type %s."
              .formatted(call.function().symbol(), argument.text(), vector.type().cql()));
    }
    return vector;
  }

  private Selected similarityToSearched(Expression.Call call) {
    Expression argument = call.arguments().get(0);
    Selected vector = requireVector(call, argument);
    Optional<Column> searched = ordering.nearest();
    if (searched.filter(column -> argument.text().equals(column.name())).isEmpty()) {
      throw Selected.refused(
          call, "similarity is of the column of a vector search: order=column.ann.[…].");
    }
    String function =
        table.indexRules(argument.text()).stream()
            .flatMap(rule -> rule.function().stream())
            .findFirst()
            .orElseThrow();
    return compared(
        function, List.of(vector.fragment(), Fragment.of("?", ordering.clause().values().get(0))));
  }

  private static boolean isZero(ByteBuffer vector) {
    boolean zero = true;
    for (int at = vector.position(); zero && at < vector.limit(); at += Float.BYTES) {
      zero = vector.getFloat(at) == 0;
    }
    return zero;
  }

  private static Selected compared(String function, List<Fragment> arguments) {
    return new Selected(
        CqlType.FLOAT,
        Fragment.concat(Fragment.join(function + "(", ", ", arguments), Fragment.of(")")));
  }
}
