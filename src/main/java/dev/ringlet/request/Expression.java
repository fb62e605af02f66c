package dev.ringlet.request;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an item of {@code select} stands for. */
public sealed interface Expression {
  /** As it is written, without spaces and quotes that could be left out. */
  String text();

  /** The names of the columns in it, those of {@code token()} aside. */
  Stream<String> columns();

  /** Whether it is of any such function. */
  boolean has(Predicate<Function> function);

  /** Whether it makes one value of many rows. */
  default boolean isAggregate() {
    return has(Function::isAggregate);
  }

  /** A column, or a part of it. */
  record At(Place place) implements Expression {
    @Override
    public String text() {
      return place.text();
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(place.column());
    }

    @Override
    public boolean has(Predicate<Function> function) {
      return false;
    }
  }

  /** A vector, in the text form of its type. */
  record Vector(String text) implements Expression {
    @Override
    public Stream<String> columns() {
      return Stream.empty();
    }

    @Override
    public boolean has(Predicate<Function> function) {
      return false;
    }
  }

  /**
   * @param type the name of a scalar type
   */
  record Cast(Expression value, String type) implements Expression {
    @Override
    public String text() {
      return "cast(" + value.text() + " as " + type + ")";
    }

    @Override
    public Stream<String> columns() {
      return value.columns();
    }

    @Override
    public boolean has(Predicate<Function> function) {
      return value.has(function);
    }
  }

  /** A function of as many arguments as it takes. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String text() {
      return arguments.stream()
          .map(Expression::text)
          .collect(Collectors.joining(",", function.symbol() + "(", ")"));
    }

    @Override
    public Stream<String> columns() {
      return arguments.stream().flatMap(Expression::columns);
    }

    @Override
    public boolean has(Predicate<Function> which) {
      return which.test(function) || arguments.stream().anyMatch(argument -> argument.has(which));
    }
  }
}
