package dev.ringlet.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The process of {@link BareDriver}. */
final class DriverContender implements Contender, AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;

  DriverContender(int cassandraPort) throws IOException {
    String classPath =
        String.join(
            ":",
            "target/test-classes",
            "target/quarkus-app/lib/main/*",
            "target/quarkus-app/lib/boot/*");
    process =
        new ProcessBuilder(
                Server.java(
                    List.of(
                        "-cp",
                        classPath,
                        BareDriver.class.getName(),
                        Integer.toString(cassandraPort))))
            .redirectError(Path.of("bench/target/driver.log").toFile())
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answer();
  }

  void execute(String cql) throws IOException {
    ask("execute " + cql);
  }

  @Override
  public String name() {
    return BARE_DRIVER;
  }

  @Override
  public Proc process() {
    return new Proc(process.pid());
  }

  @Override
  public boolean does(Operation operation) {
    return true;
  }

  @Override
  public Measured load(Operation operation, int connections, double rate, long nanos)
      throws IOException {
    return Measured.parse(
        ask("load %s %d %s %d".formatted(operation.name(), connections, rate, nanos)));
  }

  @Override
  public long export(String table) throws IOException {
    return Long.parseLong(ask("export " + table));
  }

  @Override
  @CanIgnoreReturnValue
  public long ingest(String table, int rows) throws IOException {
    return Long.parseLong(ask("ingest " + table + " " + rows));
  }

  @CanIgnoreReturnValue
  private String ask(String command) throws IOException {
    commands.println(command);
    return answer();
  }

  @CanIgnoreReturnValue
  private String answer() throws IOException {
    String line;
    while ((line = answers.readLine()) != null) {
      if (line.startsWith(BareDriver.ANSWER)) {
        return line.substring(BareDriver.ANSWER.length());
      }
    }
    throw new IOException("The bare driver has ended; see bench/target/driver.log");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
