package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;

import dev.ringlet.local.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The project without its tests in a directory of its own, where a developer works on it. */
final class Checkout implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration FIRST_START = Duration.ofMinutes(4);
  private static final List<String> PARTS =
      List.of("pom.xml", "mvnw", ".mvn", "src/main", "src/dev", "src/cassandra");

  private final Path root;
  private final Path log;
  private final int port = FreePort.find();
  private Optional<Process> development = Optional.empty();

  /** A Maven that has ended. */
  record Ended(int code, String output) {}

  private Checkout(Path root) {
    this.root = root;
    this.log = root.resolve("development.log");
  }

  static Checkout of(Path root) throws IOException {
    delete(root);
    for (String part : PARTS) {
      copy(Path.of(part), root.resolve(part));
    }
    Files.createDirectories(root.resolve("src/test/java"));
    return new Checkout(root.toAbsolutePath());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Starts {@code quarkus:dev} and waits until its log says what to try. */
  void develop() throws IOException {
    ProcessBuilder builder = command(List.of("quarkus:dev"));
    Process process = builder.redirectOutput(log.toFile()).start();
    development = Optional.of(process);
    await()
        .atMost(FIRST_START)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError(log());
              }
              return log().contains("/dev/cql");
            });
  }

  /** Runs the goals to their end. */
  Ended maven(List<String> goals) throws Exception {
    Process maven = command(goals).start();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(maven.waitFor(), output);
  }

  private ProcessBuilder command(List<String> goals) {
    List<String> command = new ArrayList<>(List.of("./mvnw", "-B"));
    command.addAll(goals);
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=" + FreePort.find());
    command.add("-Ddev.cassandra.port=" + FreePort.find());
    command.add("-Ddebug=false");
    command.add("-Dfmt.skip"); // the sources have been checked
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("MAVEN_BASEDIR", "MAVEN_PROJECTBASEDIR"));
    return builder;
  }

  /** A key in the terminal. */
  void press(char key) throws IOException {
    OutputStream terminal = development.orElseThrow().getOutputStream();
    terminal.write(key);
    terminal.write('\n');
    terminal.flush();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String path) {
    return root.resolve(path);
  }

  String read(Path file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  void write(Path file, String content) throws IOException {
    Files.writeString(root.resolve(file), content);
  }

  /** Each with the time it was written at. */
  List<String> filesWithTimes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(directory))) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        found.add(file + " " + Files.getLastModifiedTime(file));
      }
      return found;
    }
  }

  /** Status and body. */
  String uri(String path) {
    return "http://localhost:" + port + path;
  }

  String get(String path) throws Exception {
    return send(request(path).build());
  }

  /** The same of what {@code /dev/cql} answers. */
  String cql(String script) throws Exception {
    return send(
        request("/dev/cql")
            .header("Content-Type", "application/cql")
            .POST(HttpRequest.BodyPublishers.ofString(script))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(uri(path)));
  }

  private static String send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** As Ctrl-C does. */
  @Override
  public void close() {
    development.ifPresent(Checkout::end);
  }

  private static void end(Process development) {
    List<ProcessHandle> all = development.descendants().toList();
    development.destroy();
    try {
      if (!development.waitFor(30, TimeUnit.SECONDS)) {
        development.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
