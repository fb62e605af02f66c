package dev.ringlet.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs of others, each in a process of its own. */
final class Programs {
  static final Path SOURCES = Path.of("src", "clients").toAbsolutePath();

  /** The Maven profile puts the generator and jars there. */
  static final Path BUILT = Path.of("target", "clients").toAbsolutePath();

  private static final String GENERATOR = BUILT.resolve("openapi-generator-cli.jar").toString();

  /** Redocly tells nobody that it ran, and does not ask for a newer one. */
  private static final Map<String, String> ALONE =
      Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");

  private Programs() {}

  /** Where everything is tested Node.js must be there. */
  static void requireNode() {
    boolean installed = Stream.of("node", "npm").allMatch(Programs::isInstalled);
    if (System.getenv("CI") != null) {
      assertTrue(installed, "node and npm are not installed");
    } else if (!installed) {
      System.err.println("SKIPPED: node and npm are not installed; generated clients are untested");
    }
    assumeTrue(installed, "node and npm are not installed");
  }

  private static boolean isInstalled(String command) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  /** What package.json names. */
  static void installPackages() throws Exception {
    String file = "package.json";
    Files.copy(SOURCES.resolve(file), BUILT.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    run(
        BUILT,
        "npm",
        "install",
        "--prefer-offline",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts");
  }

  /** Fails with what swagger-parser finds. */
  static void swaggerParser(List<String> documents) throws Exception {
    String validate = SOURCES.resolve("java/Validate.java").toString();
    run(BUILT, words(List.of(jdk("java"), "-cp", GENERATOR, validate), documents));
  }

  /** Fails with what redocly finds. */
  static void redocly(List<String> documents) throws Exception {
    String settings = "--config=" + SOURCES.resolve("redocly.yaml");
    String redocly = "node_modules/@redocly/cli/bin/cli.js";
    run(BUILT, words(List.of("node", redocly, "lint", settings), documents));
  }

  /**
   * Runs openapi-generator.
   *
   * @param arguments of it, with spaces between
   */
  static void generate(Path directory, String arguments) throws Exception {
    run(
        directory,
        words(List.of(jdk("java"), "-jar", GENERATOR), List.of(arguments.split(" ", -1))));
  }

  /** A command of these. */
  static String[] words(List<String> program, List<String> arguments) {
    return Stream.concat(program.stream(), arguments.stream()).toArray(String[]::new);
  }

  /** The path of a program that comes with Java. */
  static String jdk(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  /** What it prints; it must end well. */
  @CanIgnoreReturnValue
  static String run(Path directory, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(ALONE);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), () -> List.of(command) + "\n" + output);
    return output;
  }
}
