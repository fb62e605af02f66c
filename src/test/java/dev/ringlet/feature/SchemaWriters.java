package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Clients that write rows of a table in every form, and read them, until they are stopped. */
final class SchemaWriters {
  private static final int THREADS = 8;
  private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]*)\"");

  /** What Cassandra says then has no code of its own. */
  private static final String REFUSED = "refused-by-cassandra";

  private static final Map<String, String> TYPES =
      Map.of("NDJSON", "application/x-ndjson", "CSV", "text/csv");

  /**
   * @param body with the row's members in {@code %s}, and its key in {@code $k}
   */
  private record Form(String method, String path, List<String> headers, String body) {
    static Form of(String method, String path, String body, String... headers) {
      return new Form(method, path, List.of(headers), body);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of("PUT", "/$k", "{%s}"),
          Form.of("POST", "", "{\"k\":\"$k\",%s}"),
          Form.of("PATCH", "/$k", "{%s}"),
          Form.of("PATCH", "/a$k", "{\"l\":{\"$add\":[1,2]}}"),
          Form.of("POST", "", "[{\"k\":\"$k\",%1$s},{\"k\":\"b$k\",%1$s}]"),
          Form.of("POST", "", "[{\"k\":\"$k\",%1$s},{\"k\":\"c$k\",%1$s}]", "Prefer", "atomic"),
          Form.of(
              "POST",
              "",
              "{\"k\":\"$k\",%1$s}\n{\"k\":\"d$k\",%1$s}\n",
              "Content-Type",
              TYPES.get("NDJSON")),
          Form.of("POST", "", "k,s\n$k,abcd\ne$k,abcd\n", "Content-Type", TYPES.get("CSV")),
          Form.of("PUT", "/$k", "{%s}", "If-None-Match", "*"),
          Form.of("PUT", "/$k", "{%s}", "If-Match", "*"),
          Form.of("PATCH", "/$k", "{%s}", "If-Match", "*"),
          Form.of("PUT", "/$k", "{%s}", "If-Match", "$etag"),
          Form.of("PATCH", "/$k", "{%s}", "If-Match", "$etag"),
          Form.of("DELETE", "/f$k", ""),
          Form.of("GET", "/$k", ""),
          Form.of("GET", "?limit=5&scan=true", ""));

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> tables;
  private final String row;
  private final String members;
  private final Set<String> answers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger epoch = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean stopped;
  private CompletableFuture<Void> all;

  /**
   * @param instances of the application, which the clients use in turns
   * @param row what the path of a row has after its partition key
   * @param members of each row, as JSON
   */
  SchemaWriters(List<String> instances, String keyspace, String row, String members) {
    this.tables = instances.stream().map(url -> url + "/v1/" + keyspace + "/t").toList();
    this.row = row;
    this.members = members;
  }

  void start() {
    all =
        CompletableFuture.allOf(
            IntStream.range(0, THREADS)
                .mapToObj(i -> CompletableFuture.runAsync(this::run, SchemaWriters::daemon))
                .toArray(CompletableFuture[]::new));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "schema-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Keys of rows that are sent from now on begin with the number that is returned. */
  String nextEpoch() {
    return key(epoch.incrementAndGet());
  }

  /** Waits until so many more requests have written. */
  void awaitWritten(int more) {
    int before = written.get();
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> written.get() >= before + more || all.isDone());
  }

  /** What was answered that is no success: status and code, also of single rows. */
  Set<String> stop() {
    stopped = true;
    all.join();
    return answers;
  }

  private static String key(int epoch) {
    return "%04d".formatted(epoch);
  }

  private void run() {
    while (!stopped) {
      int number = next.getAndIncrement();
      Form form = FORMS.get(number % FORMS.size());
      boolean again = form.headers().contains("If-Match"); // the row of the first form
      int of = again ? number - number % FORMS.size() : number;
      String table = tables.get(number / FORMS.size() % tables.size());
      send(form, table, key(epoch.get()) + "%03d".formatted(of % 500));
    }
  }

  private void send(Form form, String table, String k) {
    // eight characters are Base64, too
    String path = form.path().replaceFirst("^/\\$k", "/0\\$k").replace("$k", k + row);
    String body =
        form.body().contains("%")
            ? form.body().replace("\"$k\"", "\"0$k\"").replace("$k", k).formatted(members)
            : form.body().replaceAll("(?m)^\\$k", "0\\$k").replace("$k", k);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(table + path)).timeout(Duration.ofSeconds(30));
    try {
      String etag = form.headers().contains("$etag") ? etag(request.build()) : "*";
      if (!form.headers().contains("Content-Type")) {
        request.header("Content-Type", "application/json");
      }
      for (int i = 0; i < form.headers().size(); i += 2) {
        request.header(form.headers().get(i), form.headers().get(i + 1).replace("$etag", etag));
      }
      request.method(form.method(), BodyPublishers.ofString(body));
      note(form, client.send(request.build(), BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the row as it is, if it is there. */
  private String etag(HttpRequest get) throws IOException, InterruptedException {
    return client.send(get, BodyHandlers.discarding()).headers().firstValue("ETag").orElse("*");
  }

  private void note(Form form, HttpResponse<String> response) {
    Matcher code = CODE.matcher(response.body());
    List<String> codes =
        Stream.iterate(code, Matcher::find, found -> found).map(m -> m.group(1)).toList();
    boolean rows = response.statusCode() == 200;
    codes.forEach(
        found -> answers.add(rows ? found + " of a row" : response.statusCode() + " " + found));
    if ((codes.isEmpty() && response.statusCode() >= 300) || codes.contains(REFUSED)) {
      answers.add(form + " " + response.statusCode() + " " + response.body());
    }
    if (codes.isEmpty() && !form.method().equals("GET") && !form.method().equals("DELETE")) {
      written.incrementAndGet();
    }
  }
}
