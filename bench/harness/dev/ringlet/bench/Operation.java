package dev.ringlet.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one request does. */
enum Operation {
  GET("get", "GET one row by key"),
  SLICE("slice", "GET a slice of 100 rows"),
  PUT("put", "PUT one row"),
  PATCH("patch", "PATCH two columns of a row"),
  POST("post", "POST one row"),
  POST_1000("post-1000", "POST 1000 rows");

  /** Rows of {@link #POST_1000}. */
  static final int MANY = 1000;

  /** Different requests, sent in turn. */
  static final int DISTINCT = 997;

  final String option;
  final String title;

  Operation(String option, String title) {
    this.option = option;
    this.title = title;
  }

  /** The row that the n-th request is about: neighbours are far apart. */
  static int row(int request) {
    return (int) (request * 7919L % Rows.COUNT);
  }

  /**
   * The bytes of requests, to be sent in turn.
   *
   * @param items the path of the table
   * @param many where many rows are posted
   * @param tokens that come with them, in turn; none if there is none
   */
  ByteBuffer[] requests(String items, String many, List<String> tokens) {
    int distinct = this == POST_1000 ? Rows.COUNT / MANY : DISTINCT;
    return IntStream.range(0, distinct)
        .mapToObj(i -> with(tokens, i, request(i, items, many)))
        .map(request -> ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)))
        .toArray(ByteBuffer[]::new);
  }

  private static String with(List<String> tokens, int i, String request) {
    return tokens.isEmpty()
        ? request
        : request.replaceFirst(
            "\r\n", "\r\nAuthorization: Bearer " + tokens.get(i % tokens.size()) + "\r\n");
  }

  private String request(int i, String items, String many) {
    int row = row(i);
    String key = items + "/" + Rows.shelf(row) + "/" + Rows.number(row);
    return switch (this) {
      case GET -> http("GET", key, "");
      case SLICE -> http("GET", items + "/" + Rows.shelf(row), "");
      case PUT -> http("PUT", key, Rows.jsonWithoutKey(row));
      case PATCH -> http("PATCH", key, Rows.patch(row));
      case POST -> http("POST", items, Rows.json(row));
      case POST_1000 ->
          http(
              "POST",
              many,
              IntStream.range(i * MANY, (i + 1) * MANY)
                  .mapToObj(Rows::json)
                  .collect(Collectors.joining(",", "[", "]")));
    };
  }

  private static String http(String method, String path, String body) {
    String content =
        body.isEmpty()
            ? ""
            : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n%s\r\n%s"
        .formatted(method, path, content, body);
  }
}
