package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java that runs Cassandra 5.0, which takes 11, 17 and 21 only: this one if it will do, else an
 * installed one.
 */
record CassandraJava(Path home, int feature) {
  private static final Set<Integer> SUPPORTED = Set.of(11, 17, 21);
  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  /**
   * @throws IllegalStateException if there is none; the message says what to do
   */
  static CassandraJava find() {
    CassandraJava own =
        new CassandraJava(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    return find(own, System.getenv("CASSANDRA_JAVA_HOME"), installed());
  }

  static CassandraJava find(CassandraJava own, String chosen, List<Path> installed) {
    if (chosen != null) {
      return at(Path.of(chosen))
          .filter(CassandraJava::supported)
          .orElseThrow(() -> none("CASSANDRA_JAVA_HOME is " + chosen + ", which is not one"));
    }
    if (own.supported()) {
      return own;
    }
    return installed.stream()
        .flatMap(home -> at(home).stream())
        .filter(CassandraJava::supported)
        .findFirst()
        .orElseThrow(() -> none("this is Java " + own.feature() + " and no other was found"));
  }

  Path executable() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return home.resolve("bin").resolve(windows ? "java.exe" : "java");
  }

  private boolean supported() {
    return SUPPORTED.contains(feature);
  }

  private static IllegalStateException none(String why) {
    return new IllegalStateException(
        "The local Cassandra needs a JDK 11, 17 or 21, and "
            + why
            + ": install one, name it in CASSANDRA_JAVA_HOME, or set"
            + " quarkus.cassandra.contact-points to a running cluster.");
  }

  /** Where JDKs are usually installed on Linux and macOS, and by SDKMAN and IDEs. */
  private static List<Path> installed() {
    String user = System.getProperty("user.home");
    return Stream.of(
            "/usr/lib/jvm",
            "/opt/java",
            "/Library/Java/JavaVirtualMachines",
            user + "/.sdkman/candidates/java",
            user + "/.jdks")
        .map(Path::of)
        .filter(Files::isDirectory)
        .flatMap(root -> children(root).stream())
        .toList();
  }

  private static List<Path> children(Path root) {
    try (Stream<Path> paths = Files.list(root)) {
      return paths
          .sorted()
          .flatMap(path -> Stream.of(path, path.resolve("Contents/Home")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<CassandraJava> at(Path home) {
    try {
      Matcher version = RELEASE.matcher(Files.readString(home.resolve("release")));
      return version.find()
          ? Optional.of(new CassandraJava(home, Integer.parseInt(version.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not a JDK
    }
  }
}
