package dev.ringlet.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request that nobody should get through with.
 *
 * @param statuses that it may be answered with
 * @param line method and target
 * @param headers lines
 */
record Attack(Set<Integer> statuses, String line, String headers, String body) {
  /** Those of a table in a file, for tables in this keyspace. */
  static List<Attack> of(String file, String keyspace) {
    return lines(file, keyspace).stream().map(Attack::parse).toList();
  }

  /** The lines of such a file that are no comments. */
  static List<String> lines(String file, String keyspace) {
    try {
      return Files.readAllLines(Path.of("src", "test", "resources", "attacks", file)).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("# "))
          .map(
              line ->
                  line.replace("{E}", "/v1/" + keyspace + "/events")
                      .replace("{K}", "/v1/" + keyspace))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Attack parse(String text) {
    String[] bodied = text.split(" >> ", 2);
    String[] headers = bodied[0].split(" \\| ", -1);
    String[] first = headers[0].split(" ", 2);
    return new Attack(
        Arrays.stream(first[0].split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet()),
        first[1],
        Arrays.stream(headers).skip(1).map(h -> h + "\r\n").collect(Collectors.joining()),
        bodied.length > 1 ? bodied[1].replace("\\n", "\n") : "");
  }

  String request(Subject subject) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: localhost\r\n");
    request.append(subject.credentials()).append(headers);
    if (bytes.length > 0) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
      if (!headers.contains("Content-Type:")) {
        request.append("Content-Type: application/json\r\n");
      }
    }
    return request + "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
