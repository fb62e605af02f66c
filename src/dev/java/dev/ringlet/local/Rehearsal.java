package dev.ringlet.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The packaged application, started with a Cassandra and asked for each thing that clients ask for
 * most, so that its JVM has the classes of that when it ends ({@code
 * src/main/docker/archive-classes}).
 */
final class Rehearsal {
  private static final String NODE = "rehearsal";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePort.find();
  private final int managementPort = FreePort.find();
  private final Path log = CassandraNode.directory(NODE).resolve("application.log");
  private final Process application;

  private Rehearsal(File directory, String[] command, int cassandra) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .retainAll(Set.of("PATH", "HOME", "LANG", "LC_ALL")); // no settings of others
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("QUARKUS_CASSANDRA_CONTACT_POINTS", "127.0.0.1:" + cassandra);
    environment.put("RINGLET_AUTH_ANONYMOUS_ROLES", "anyone");
    environment.put("RINGLET_AUTH_PERMISSIONS", "all");
    application = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(application::destroy, "application-stop"));
  }

  /**
   * @param args where to start the application, and the command that starts it
   * @throws IllegalStateException if it does not do what it is asked for
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    CassandraNode cassandra =
        CassandraNode.start(NODE, FreePort.find(), FreePort.find(), ProcessHandle.current().pid());
    try {
      // an old Cassandra refuses an index of cities, which are not asked for
      Samples.of(NODE).apply(cassandra.port(), refusal -> System.err.println(refusal.getMessage()));
      String[] command = Arrays.copyOfRange(args, 1, args.length);
      new Rehearsal(new File(args[0]), command, cassandra.port()).run();
    } finally {
      cassandra.stop();
    }
  }

  private void run() throws IOException, InterruptedException {
    try {
      awaitReady();
      require(HttpClient.Version.HTTP_2); // before it knows the server as one of HTTP/1.1
      require(HttpClient.Version.HTTP_1_1);
    } finally {
      application.destroy();
      if (!application.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        application.destroyForcibly();
      }
    }
  }

  private void require(HttpClient.Version version) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .version(version)
            .timeout(LIMIT)
            .header("Content-Type", "application/json");
    require(200, request, "GET", ready(), "");
    String api = "http://127.0.0.1:" + port + "/v1";
    require(200, request, "GET", api, "");
    require(200, request, "GET", api + "/shop/orders/alice", "");
    String table = api + "/my_keyspace/my_table";
    require(200, request, "GET", table + "/hello", "");
    require(404, request, "GET", table + "/nobody", "");
    require(204, request, "PUT", table + "/greeting", "{\"value\":\"good morning\"}");
    require(204, request, "PATCH", table + "/greeting", "{\"value\":\"good evening\"}");
    require(201, request, "POST", table, "{\"key\":\"greeting\",\"value\":\"good night\"}");
    require(204, request, "DELETE", table + "/greeting", "");
  }

  private void require(
      int status, HttpRequest.Builder request, String method, String uri, String body)
      throws IOException, InterruptedException {
    HttpRequest sent =
        request
            .uri(URI.create(uri))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    int answer = client.send(sent, BodyHandlers.discarding()).statusCode();
    if (answer != status) {
      throw new IllegalStateException(
          "%s %s gave %d instead of %d%n%s"
              .formatted(method, uri, answer, status, Files.readString(log)));
    }
  }

  /** As a probe does: also before it listens, and before it is connected. */
  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!isReady()) {
      if (application.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new IllegalStateException("It does not start:\n" + Files.readString(log));
      }
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest probe = HttpRequest.newBuilder(URI.create(ready())).timeout(LIMIT).build();
      return client.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String ready() {
    return "http://127.0.0.1:" + managementPort + "/q/health/ready";
  }
}
