package dev.ringlet.faults;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an answer leads: to the next page, or to the same row on the condition that it is still so.
 *
 * @param page the path and query of the next page, or nothing
 * @param row the path of a row, or nothing
 * @param etag of that row
 */
record FuzzFollow(String page, String row, String etag) {
  static final FuzzFollow NOWHERE = new FuzzFollow("", "", "");
  static final List<String> METHODS = List.of("GET", "PATCH", "PUT", "DELETE");

  private static final Pattern LINK = Pattern.compile("\nLink: <([^>]+)>; rel=\"next\"");
  private static final Pattern ETAG = Pattern.compile("\nETag: (\\S+)");

  static FuzzFollow of(String request, String head) {
    Matcher link = LINK.matcher(head);
    if (link.find()) {
      return new FuzzFollow(link.group(1), "", "");
    }
    Matcher etag = ETAG.matcher(head);
    String target = request.split(" ", 3)[1];
    return etag.find() && !target.contains("?")
        ? new FuzzFollow("", target, etag.group(1))
        : NOWHERE;
  }

  /**
   * What follows, if anything does.
   *
   * @param method of a request of a row
   * @param damaged whether a character of the token is another
   */
  Optional<String> request(String method, boolean damaged) {
    if (!page.isEmpty()) {
      String token = damaged ? page.replaceFirst(".$", "_") : page;
      return Optional.of("GET " + token + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    if (row.isEmpty()) {
      return Optional.empty();
    }
    String condition = method.equals("GET") ? "If-None-Match: " : "If-Match: ";
    String head = " HTTP/1.1\r\nHost: localhost\r\n" + condition + etag + "\r\n";
    boolean body = method.startsWith("P");
    return Optional.of(method + " " + row + head + (body ? "Content-Length: 2\r\n\r\n{}" : "\r\n"));
  }
}
