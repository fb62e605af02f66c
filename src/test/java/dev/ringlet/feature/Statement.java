package dev.ringlet.feature;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** A request of each kind for which the driver sends a statement of its own kind. */
enum Statement {
  READ("read", "GET", "/fake/t/x", ""),
  PUT("write", "PUT", "/fake/t/x", "{\"v\":\"x\"}"),
  PUT_LIST("once", "PUT", "/fake/t/x", "{\"l\":[\"x\"]}"),
  APPEND("once", "PATCH", "/fake/t/x", "{\"l\":{\"$add\":[\"x\"]}}"),
  COUNTER("once", "PATCH", "/fake/c/x", "{\"n\":{\"$inc\":1}}"),
  COUNTERS("counters", "POST", "", counters("a", "b")),
  COUNTERS_OF_A_PARTITION("once", "POST", "", counters("a", "a")),
  LWT("lwt", "PATCH", "/fake/t/x", "{\"v\":\"x\"}"),
  BATCH("batch", "POST", "/fake/t", "[{\"k\":\"a\",\"v\":\"x\"},{\"k\":\"b\",\"v\":\"x\"}]"),
  /** To be prepared: on a table of its own each time. */
  NEW_READ("prepare", "GET", "/fake/%s/x", ""),
  NEW_PUT("prepare", "PUT", "/fake/%s/x", "{\"v\":\"x\"}");

  private final String column;
  private final String method;
  private final String path;
  private final String body;

  Statement(String column, String method, String path, String body) {
    this.column = column;
    this.method = method;
    this.path = path;
    this.body = body;
  }

  /** A batch that adds to counters of these keys. */
  private static String counters(String one, String other) {
    String operation = "{\"merge\":\"/v1/fake/c/%s\",\"row\":{\"n\":{\"$inc\":1}}}";
    return "[" + operation.formatted(one) + "," + operation.formatted(other) + "]";
  }

  /** Seconds that it takes to see where it is sent: to another node, too, if that is allowed. */
  int patience() {
    return column.equals("read") || column.equals("write") || column.equals("batch") ? 2 : 1;
  }

  /** Which column of the table it is in. */
  String column() {
    return column;
  }

  boolean isNew() {
    return column.equals("prepare");
  }

  /**
   * @param wait the request's deadline, in seconds
   * @param fault which of the tables is new
   */
  Response send(int wait, Fault fault) {
    String atomic = this == BATCH ? "atomic, " : "";
    RequestSpecification request = given().header("Prefer", atomic + "wait=" + wait);
    if (this == LWT) {
      request.header("If-Match", "*");
    }
    if (!body.isEmpty()) {
      request.contentType("application/json").body(body);
    }
    return request.request(method, "/v1" + path.formatted(fault.table()));
  }
}
