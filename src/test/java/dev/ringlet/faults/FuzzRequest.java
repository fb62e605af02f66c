package dev.ringlet.faults;

import java.util.ArrayList;
import java.util.List;

/** A request in the making. What it is made of is already encoded, a character a byte. */
final class FuzzRequest {
  private static final String LINE = "\r\n";

  String method;
  final List<String> path = new ArrayList<>(List.of("v1", FuzzTable.KEYSPACE));
  final List<String> query = new ArrayList<>();
  final List<String> headers = new ArrayList<>();
  String type = "application/json";
  String body = "";
  boolean chunked;

  FuzzRequest(String method) {
    this.method = method;
  }

  boolean writes() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  void body(String text) {
    body = Text.latin(text);
  }

  /** All that is sent. */
  String text() {
    StringBuilder text = new StringBuilder(method).append(" /").append(String.join("/", path));
    if (!query.isEmpty()) {
      text.append('?').append(String.join("&", query));
    }
    text.append(" HTTP/1.1").append(LINE).append("Host: localhost").append(LINE);
    text.append("User-Agent: fuzz")
        .append(LINE); // what follows may continue this, but not the host
    headers.forEach(header -> text.append(header).append(LINE));
    if (body.isEmpty() && !writes()) {
      return text.append(LINE).toString();
    }
    text.append("Content-Type: ").append(type).append(LINE);
    return chunked ? chunks(text) : whole(text);
  }

  private String whole(StringBuilder head) {
    return head.append("Content-Length: ")
        .append(body.length())
        .append(LINE)
        .append(LINE)
        .append(body)
        .toString();
  }

  private String chunks(StringBuilder head) {
    head.append("Transfer-Encoding: chunked").append(LINE).append(LINE);
    int half = body.length() / 2;
    for (String part : List.of(body.substring(0, half), body.substring(half))) {
      if (!part.isEmpty()) {
        head.append(Integer.toHexString(part.length())).append(LINE).append(part).append(LINE);
      }
    }
    return head.append('0').append(LINE).append(LINE).toString();
  }
}
