package dev.ringlet.plan;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.request.RowsQuery;
import dev.ringlet.row.RowNames;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Column;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A row's own TTL and write timestamp, which win over those of the headers. */
final class OwnOptions {
  private final int maxTtl;

  OwnOptions(RingletConfig config) {
    this.maxTtl = config.ttl().max();
  }

  /**
   * Refuses what could be right for no row.
   *
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER}
   */
  static void check(RowsQuery query, boolean counters, WriteOptions options) {
    query
        .ttl()
        .flatMap(name -> impossibleTtl(query, counters))
        .ifPresent(reason -> refuse("ttl", reason));
    query
        .timestamp()
        .flatMap(name -> impossibleTimestamp(counters, options))
        .ifPresent(reason -> refuse("timestamp", reason));
  }

  private static Optional<String> impossibleTtl(RowsQuery query, boolean counters) {
    return switch (query.operation()) {
      case INSERT, MERGE -> Optional.of("A counter has no TTL.").filter(reason -> counters);
      case DELETE -> Optional.of("A DELETE has no TTL.");
    };
  }

  private static Optional<String> impossibleTimestamp(boolean counters, WriteOptions options) {
    if (counters) {
      return Optional.of("A counter has no write timestamp of its own.");
    } else if (options.condition().isPresent()) {
      return Optional.of("A write on a condition takes its timestamp from Cassandra.");
    }
    return Optional.of("Rows that are written together have one timestamp.")
        .filter(reason -> options.preferences().atomic());
  }

  private static void refuse(String parameter, String reason) {
    throw new ApiException(ErrorCode.INVALID_PARAMETER, reason).with("parameter", parameter);
  }

  /**
   * Takes out of a row what is no column.
   *
   * @throws ApiException {@link ErrorCode#INVALID_VALUE}
   */
  <T> WriteOptions take(
      Map<Column, T> row, RowNames names, WriteOptions options, Function<T, Value> value) {
    if (names.ttl().isEmpty() && names.timestamp().isEmpty()) {
      return options;
    }
    return options.own(
        number(row, names.ttl(), value).map(this::ttl),
        number(row, names.timestamp(), value).map(OwnOptions::timestamp));
  }

  private static <T> Optional<Value> number(
      Map<Column, T> row, Optional<Column> member, Function<T, Value> value) {
    return member.map(row::remove).map(value).filter(number -> !number.isNull());
  }

  private int ttl(Value given) {
    int seconds = given.bytes().getInt(given.bytes().position());
    if (seconds < 0 || seconds > maxTtl) {
      throw invalid(given, "a number of seconds from 0 to " + maxTtl)
          .with("limit", "ringlet.ttl.max");
    }
    return seconds;
  }

  /** Cassandra keeps the smallest of all for itself. */
  private static long timestamp(Value given) {
    long microseconds = given.bytes().getLong(given.bytes().position());
    if (microseconds == Long.MIN_VALUE) {
      throw invalid(given, "a number of microseconds since 1970");
    }
    return microseconds;
  }

  private static ApiException invalid(Value given, String expected) {
    return new ApiException(
            ErrorCode.INVALID_VALUE,
            "The member %s: expected %s, got %s.".formatted(given.name(), expected, given.text()))
        .with("column", given.name())
        .with("expected", expected)
        .with("got", given.text());
  }
}
