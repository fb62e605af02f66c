package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kernel knows of the connections of a process (proc(5), /proc/pid/net/tcp). */
final class Sockets {
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String ESTABLISHED = "01";

  private Sockets() {}

  /** How many established connections it has to a port, of whatever address. */
  static long count(long pid, int port) {
    Path process = Path.of("/proc", Long.toString(pid));
    String remote = String.format(Locale.ROOT, ":%04X", port);
    try {
      Set<String> open = open(process.resolve("fd"));
      long count = 0;
      for (String table : List.of("net/tcp", "net/tcp6")) {
        count +=
            Files.readAllLines(process.resolve(table)).stream()
                .map(line -> SPACES.split(line.strip()))
                .filter(socket -> socket[REMOTE].endsWith(remote))
                .filter(socket -> socket[STATE].equals(ESTABLISHED))
                .filter(socket -> open.contains("socket:[" + socket[INODE] + "]"))
                .count();
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> open(Path descriptors) throws IOException {
    Set<String> open = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        try {
          open.add(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException closed) {
          // between the listing and the look at it
        }
      }
    }
    return open;
  }
}
