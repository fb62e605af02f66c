package dev.ringlet.faults;

import java.util.List;

/** Headers: those that mean something, and those that should not. */
final class FuzzHeaders {
  private static final List<String> ACCEPTS =
      List.of(
          "*/*",
          "application/json;q=0.5",
          "application/x-ndjson",
          "text/csv",
          "text/csv;dialect=cqlsh;delimiter=tab");
  private static final List<String> PREFERENCES =
      List.of(
          "return=representation",
          "return=outcomes",
          "return=minimal",
          "unlogged",
          "numbers=json",
          "wait=10",
          "concurrency=2",
          "server-timing",
          "handling=strict, numbers=string",
          "x=y, \"z\"");
  private static final List<String> READ_LEVELS = List.of("ONE", "LOCAL_QUORUM", "SERIAL");
  private static final List<String> WRITE_KNOBS =
      List.of(
          "Cassandra-Consistency: ONE",
          "Cassandra-Consistency: ALL",
          "Cassandra-Serial-Consistency: SERIAL",
          "Cassandra-TTL: 60",
          "Cassandra-TTL: 0",
          "Cassandra-TTL: 630720000", // ends later than Cassandra can store, as a rule
          "Cassandra-Timestamp: 1");
  private static final List<String> NAMES =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Prefer",
          "If-Match",
          "If-None-Match",
          "Expect",
          "Cassandra-Consistency",
          "Cassandra-Serial-Consistency",
          "Cassandra-TTL",
          "Cassandra-Timestamp",
          "X-Request-Id",
          "Content-Encoding",
          "X-Anything",
          "ce-id",
          "ce-specversion",
          "Range",
          "Cookie",
          "Authorization",
          "X-API-Key",
          "X-HTTP-Method-Override",
          "Forwarded",
          "Upgrade",
          "TE");
  private static final List<String> VALUES =
      List.of(
          "*",
          "image/png",
          "application/json;q=0",
          "gzip;q=0, *;q=0",
          "wait=99999",
          "atomic",
          "handling=strict, x=y",
          "\"abc\"",
          "W/\"x\"",
          "\"",
          "LOCAL_SERIAL",
          "ANY",
          "one",
          "-1",
          "630720001",
          "9223372036854775808",
          "100-continue",
          "h2c",
          "Bearer e30.e30.e30",
          "websocket",
          "bytes=0-1",
          "",
          ",,,",
          ";=;");

  private final Dice dice;
  private final FuzzValues values;

  FuzzHeaders(Dice dice, FuzzValues values) {
    this.dice = dice;
    this.values = values;
  }

  /** Some that go with the request. */
  void fitting(FuzzRequest request) {
    if (dice.percent(20)) {
      request.headers.add("Prefer: " + dice.one(PREFERENCES));
    }
    if (dice.percent(10)) {
      request.headers.add(
          request.writes()
              ? dice.one(WRITE_KNOBS)
              : "Cassandra-Consistency: " + dice.one(READ_LEVELS));
    }
    if (dice.percent(10)) {
      request.headers.add("Accept-Encoding: gzip");
    }
    if (!request.writes() && dice.percent(30)) {
      request.headers.add("Accept: " + dice.one(ACCEPTS));
    }
  }

  /** A condition, of those that the method takes. */
  void condition(FuzzRequest request) {
    switch (request.method) {
      case "POST" -> request.headers.add("If-None-Match: *");
      case "PUT" -> request.headers.add(dice.one(List.of("If-Match: *", "If-None-Match: *")));
      default -> request.headers.add("If-Match: *");
    }
  }

  /** One that hardly goes with anything. */
  String wild() {
    String name = dice.percent(97) ? dice.one(NAMES) : Text.latin(values.wild());
    String value = dice.percent(70) ? dice.one(VALUES) : Text.latin(values.wild());
    String header = name + ": " + (dice.percent(97) ? value.replaceAll("[\r\n]", "") : value);
    // an empty line would end the head, and what follows would be a request of its own
    return header.replaceAll("^[\r\n]+|[\r\n]+$", "").replaceAll("[\r\n]{2,}", "\r\n");
  }
}
