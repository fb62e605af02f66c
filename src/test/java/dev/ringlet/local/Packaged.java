package dev.ringlet.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The packaged application in a process of its own, as an operator runs it: the native binary where
 * there is one.
 */
public final class Packaged implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path APPLICATION = Path.of("target", "quarkus-app").toAbsolutePath();
  private static final Path BINARY = Path.of(System.getProperty("native.image.path", ""));

  private final Process process;
  private final int port;
  private final int managementPort;
  private final Path log;

  private Packaged(Process process, int port, int managementPort, Path log) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
    this.log = log;
  }

  /** Whether it is the native binary. */
  public static boolean isNative() {
    return Files.isRegularFile(BINARY);
  }

  /**
   * Starts it for callers who need no credentials and may do everything, without waiting.
   *
   * @param contactPoints of Cassandra
   * @param environment further settings, as variables of the environment
   */
  public static Packaged start(String name, String contactPoints, Map<String, String> environment) {
    return start(name, contactPoints, "PORT", environment);
  }

  /**
   * The same on a host with a name of its own for the port to listen on.
   *
   * @param portVariable that name
   */
  public static Packaged start(
      String name, String contactPoints, String portVariable, Map<String, String> environment) {
    int port = FreePort.find();
    int managementPort = FreePort.find();
    Path log = Path.of("target", name + ".log");
    List<String> command = new ArrayList<>();
    if (isNative()) {
      command.add(BINARY.toString());
      command.add("-Dio.netty.maxDirectMemory=33554432"); // as in images
      Stream.of(environment.getOrDefault("JAVA_TOOL_OPTIONS", "").split(" "))
          .filter(option -> !option.isEmpty()) // a binary takes properties as arguments alone
          .forEach(command::add);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll( // as in images
          List.of(
              "@src/main/docker/jvm.options",
              "-XX:SharedArchiveFile=" + APPLICATION.resolveSibling("app.jsa"),
              "-jar",
              APPLICATION.resolve("quarkus-run.jar").toString()));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put(portVariable, Integer.toString(port));
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.environment().put("QUARKUS_CASSANDRA_CONTACT_POINTS", contactPoints);
    builder.environment().put("RINGLET_AUTH_ANONYMOUS_ROLES", "anyone");
    builder.environment().put("RINGLET_AUTH_PERMISSIONS", "all");
    builder.environment().putAll(environment);
    try {
      return new Packaged(builder.start(), port, managementPort, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitReady() {
    await().until(() -> health("ready") == 200);
  }

  /** The status of a health check; 0 if nobody answers. */
  public int health(String check) {
    try {
      return management("health/" + check, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private <T> HttpResponse<T> management(String path, HttpResponse.BodyHandler<T> body) {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(
                  URI.create("http://localhost:%d/q/%s".formatted(managementPort, path)))
              .timeout(Duration.ofSeconds(5))
              .build(),
          body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  public long pid() {
    return process.pid();
  }

  /** Kilobytes of memory that it has. */
  public long resident() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a metric without labels. */
  public double metric(String name) {
    return values(name).findFirst().orElseThrow();
  }

  /** The values of a metric with labels together. */
  public double metrics(String name) {
    return values(name).sum();
  }

  /** Requests that have come and are not answered to their end, loads and streams among them. */
  public double active() {
    return metrics("http_server_active_requests\\{.*server_port=\"%d\".*}".formatted(port));
  }

  private DoubleStream values(String name) {
    return management("metrics", HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.matches(name + "(\\{.*})? .*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))));
  }

  /** The status of the answer to a request with a body in JSON, or none. */
  public int send(String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(30));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What its sessions have: how many of them there are, their connections, timers and series.
   *
   * @param cassandra the port of all nodes. The driver's own count of connections has those of a
   *     node that has moved once for each of its addresses
   * @param left addresses that nodes have left, whose series stay as long as the session that knew
   *     them: they are not counted
   */
  public Map<String, Long> inUse(int cassandra, List<String> left) {
    List<String> series =
        management("metrics", HttpResponse.BodyHandlers.ofLines())
            .body()
            .filter(line -> line.startsWith("cassandra_"))
            .filter(line -> left.stream().noneMatch(old -> line.contains("\"/" + old + ":")))
            .toList();
    return Map.of(
        "sessions",
            series.stream().filter(l -> l.startsWith("cassandra_session_connected")).count(),
        "connections", connections(cassandra),
        "timers", threads("s[0-9]+-timer-0"),
        "threads of the driver", threads("cassandra-admin.*"),
        "series", (long) series.size());
  }

  /** How many connections it has to a port, of whatever address. */
  public long connections(int port) {
    return Sockets.count(pid(), port);
  }

  private long threads(String name) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
      long count = 0;
      for (Path task : tasks.toList()) {
        count += name(task).matches(name) ? 1 : 0;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The code it ends with. */
  public int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("It has not ended after " + limit);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
