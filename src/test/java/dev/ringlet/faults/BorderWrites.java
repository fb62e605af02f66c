package dev.ringlet.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.local.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Writes values in every form there is, and says which answers are not as they should be. */
final class BorderWrites {
  /**
   * One form of a write.
   *
   * @param onRow whether the path has the key
   * @param body {@code $value} for the columns that are not in the path, {@code $row} for all
   * @param again whether it is of the row that the first form wrote
   */
  private record Form(
      String method, boolean onRow, List<String> headers, String body, boolean again) {
    static Form onRow(String method, String body, String... headers) {
      boolean again = List.of(headers).contains("If-Match");
      return new Form(method, true, typed(JSON, headers), body, again);
    }

    static Form post(String type, String body, String... headers) {
      return new Form("POST", false, typed(type, headers), body, false);
    }

    private static List<String> typed(String type, String... headers) {
      return Stream.concat(Stream.of("Content-Type", type), Stream.of(headers)).toList();
    }

    /** Whether the answer tells of each row. */
    boolean isRows() {
      return !onRow && !body.equals("$row") && !headers.contains("atomic");
    }
  }

  private static final String JSON = "application/json";

  private static final List<Form> FORMS =
      List.of(
          Form.onRow("PUT", "$value"),
          Form.onRow("PUT", "$value", "If-Match", "*"),
          Form.onRow("PATCH", "$value", "If-Match", "*"),
          Form.onRow("PUT", "$value", "If-None-Match", "*"),
          Form.onRow("PUT", "$value", "Cassandra-TTL", "1000000"),
          Form.onRow("PATCH", "$value"),
          Form.onRow("PATCH", "{\"v\":{\"$add\":$v}}"),
          Form.post(JSON, "$row"),
          Form.post(JSON, "$row", "If-None-Match", "*"),
          Form.post(JSON, "[$row]"),
          Form.post(JSON, "[$row]", "Prefer", "atomic"),
          Form.post("application/x-ndjson", "$row\n"),
          Form.post("text/csv", "$csv"));

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Packaged ringlet;
  private int key = 1000;
  private int sent;
  private int refused;

  BorderWrites(Packaged ringlet) {
    this.ringlet = ringlet;
  }

  /** How many writes there were. */
  int sent() {
    return sent;
  }

  int refused() {
    return refused;
  }

  /**
   * Writes a value that is to be accepted.
   *
   * @param keys takes those that were
   * @return what was answered else
   */
  List<String> accepted(Border border, String value, Set<String> keys) {
    List<String> wrong = new ArrayList<>();
    for (Form form : forms(border)) {
      String k = key(form);
      HttpResponse<String> answer = send(border, form, value, k);
      keys.add(k);
      if (answer.statusCode() >= 300 || answer.body().contains("\"code\"")) {
        wrong.add(told(border, form, answer));
      }
    }
    return wrong;
  }

  /** Writes, overwrites and deletes a row; nothing is left of it. */
  List<String> erased(Border border) {
    String k = Integer.toString(key++);
    List<String> wrong = new ArrayList<>();
    for (Form form :
        List.of(
            FORMS.get(0),
            Form.onRow("PATCH", border.isKey() ? "{}" : "{\"v\":null}"),
            FORMS.get(0),
            Form.onRow("DELETE", ""))) {
      HttpResponse<String> answer = send(border, form, border.fits().get(0), k);
      if (answer.statusCode() >= 300) {
        wrong.add(told(border, form, answer));
      }
    }
    return wrong;
  }

  /** Writes values that are to be accepted in one request, each in a row of its own. */
  List<String> many(Border border, List<String> values, Set<String> keys) {
    Form form = Form.post("application/x-ndjson", "$row\n");
    StringBuilder body = new StringBuilder();
    for (String value : values) {
      keys.add(Integer.toString(key));
      body.append("{\"k\":%d,\"v\":%s}\n".formatted(key++, value));
    }
    sent += values.size();
    HttpRequest.BodyPublisher rows = HttpRequest.BodyPublishers.ofString(body.toString());
    HttpResponse<String> answer = send(request(border.table(), form, rows));
    return answer.body().contains("\"failed\":0") ? List.of() : List.of(told(border, form, answer));
  }

  /** The same of a value that is to be refused, by the index if there is one. */
  List<String> refused(Border border, String value) {
    List<String> wrong = new ArrayList<>();
    for (Form form : forms(border)) {
      if (value.equals("null") && form.body().contains("$add")) {
        continue; // no operand
      }
      HttpResponse<String> answer = send(border, form, value, key(form));
      refused++;
      String by = "\"indexed_by\":\"" + border.limit() + "\"";
      boolean told =
          answer.body().contains("\"code\":\"invalid-value\"")
              && answer.body().contains("\"column\":\"v\"")
              && answer.body().contains(by) == border.isIndexed();
      if (answer.statusCode() != (form.isRows() ? 200 : 400) || !told) {
        wrong.add(told(border, form, answer));
      }
    }
    return wrong;
  }

  /** Five rows are found by their vectors. */
  void assertNearest(Border border) throws IOException {
    HttpRequest search =
        HttpRequest.newBuilder(
                ringlet.uri(
                    "/v1/borders/%s?select=k&limit=5&order=v.ann.%%5B1,1,1%%5D"
                        .formatted(border.table())))
            .build();
    HttpResponse<String> answer = send(search);
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(5, answer.body().split("\"k\"", -1).length - 1, answer.body());
  }

  private String key(Form form) {
    return Integer.toString(form.again() ? key - 1 : key++);
  }

  private static List<Form> forms(Border border) {
    return FORMS.stream()
        .filter(form -> !form.onRow() || !border.path().isEmpty())
        .filter(form -> !form.body().contains("$add") || border.isCollection())
        .toList();
  }

  private HttpResponse<String> send(Border border, Form form, String value, String k) {
    boolean text = value.startsWith("\"");
    String plain = text ? value.substring(1, value.length() - 1) : value;
    String path =
        border
            .path()
            .replace("$k", k)
            .replace("$v", URLEncoder.encode(plain, StandardCharsets.UTF_8));
    String row = "{\"k\":" + k + ",\"v\":" + value + border.members() + "}";
    String body =
        form.body()
            .replace("$row", row)
            .replace("$value", border.isKey() ? "{}" : "{\"v\":" + value + "}")
            .replace("$csv", csv(border, plain, k))
            .replace("$v", value);
    sent++;
    String resource = border.table() + (form.onRow() ? path : "");
    return send(request(resource, form, HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest request(String resource, Form form, HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(ringlet.uri("/v1/borders/" + resource))
        .method(form.method(), body)
        .headers(form.headers().toArray(String[]::new))
        .build();
  }

  private static String csv(Border border, String value, String k) {
    String quoted = value.equals("null") ? "" : '"' + value.replace("\"", "\"\"") + '"';
    return border.members().isEmpty()
        ? "k,v\n" + k + "," + quoted + "\n"
        : "k,v,c\n" + k + "," + quoted + "," + border.members().replaceAll("^,\"c\":", "") + "\n";
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String told(Border border, Form form, HttpResponse<String> answer) {
    return "%s: %s %s %s: %d %s"
        .formatted(
            border.table(),
            form.method(),
            form.headers(),
            form.body(),
            answer.statusCode(),
            answer.body());
  }
}
