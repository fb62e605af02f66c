package dev.ringlet.identity;

import dev.ringlet.config.Credentials;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * API keys in a directory, a file each, as a Secret is mounted: its name is that of the key, its
 * first line the hash, as sha256sum prints it, its second line the roles. What is read replaces
 * what was there as a whole.
 */
final class KeyDirectory {
  private static final Logger LOG = Logger.getLogger(KeyDirectory.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int LARGEST = 16 << 10;

  /** With what sha256sum prints for the name of its input. */
  private static final Pattern HASH = Pattern.compile("([0-9A-Fa-f]{64})(\\s+-)?");

  private final Path directory;
  private volatile List<ApiKey> keys = List.of();
  private volatile Set<String> complained = Set.of();
  private volatile long timer;

  KeyDirectory(String directory) {
    this.directory = Path.of(directory);
  }

  List<ApiKey> keys() {
    return keys;
  }

  /** Reads it now, and from then on, where that may take its time. */
  void start(Vertx vertx) {
    read();
    timer =
        vertx.setPeriodic(
            PERIOD.toMillis(),
            now -> {
              Future<Void> unusedRead = vertx.executeBlocking(this::read, false);
            });
  }

  void end(Vertx vertx) {
    boolean unused = vertx.cancelTimer(timer);
  }

  /** What is not understood is left out; a directory that is gone leaves the keys in use. */
  Void read() {
    Set<String> complaints = new HashSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      keys =
          files
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .filter(Files::isRegularFile)
              .sorted()
              .map(file -> key(file, complaints))
              .flatMap(Optional::stream)
              .toList();
    } catch (IOException | UncheckedIOException e) {
      complaints.add("The directory of API keys cannot be read: " + directory);
    }
    complaints.stream().filter(said -> !complained.contains(said)).forEach(LOG::warn);
    complained = complaints;
    return null;
  }

  private static Optional<ApiKey> key(Path file, Set<String> complaints) {
    try {
      if (Files.size(file) <= LARGEST) {
        List<String> lines = Files.readString(file).lines().map(String::strip).toList();
        List<String> roles = lines.size() < 2 ? List.of() : roles(lines.get(1));
        Matcher hash = HASH.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (hash.matches() && !Credentials.isOfNothing(hash.group(1)) && !roles.isEmpty()) {
          return Optional.of(new ApiKey(file.getFileName().toString(), hash.group(1), roles));
        }
      }
    } catch (IOException e) {
      // which is as if something else were in it
    }
    complaints.add(
        "This file is no API key, which has a line with 64 hexadecimal digits, not the hash of an empty key, and one with roles: "
            + file);
    return Optional.empty();
  }

  private static List<String> roles(String line) {
    return Arrays.stream(line.split(",")).map(String::strip).filter(r -> !r.isEmpty()).toList();
  }
}
