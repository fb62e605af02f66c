package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What was applied of each script, by digests: a file a script, beside the data that came of it, so
 * that both end together. A statement that a script has twice is applied once.
 *
 * @param directory of the files
 */
record AppliedStatements(Path directory) {

  List<CqlStatement> missing(String name, List<CqlStatement> script) {
    Set<String> seen = digests(name);
    List<CqlStatement> missing = new ArrayList<>();
    for (CqlStatement statement : script) {
      if (seen.add(digest(statement))) {
        missing.add(statement);
      }
    }
    return missing;
  }

  boolean has(String name, List<CqlStatement> script) {
    return missing(name, script).isEmpty();
  }

  /** Whether something was applied that the script does not have any more. */
  boolean hasOthers(String name, List<CqlStatement> script) {
    Set<String> others = digests(name);
    script.forEach(statement -> others.remove(digest(statement)));
    return !others.isEmpty();
  }

  void add(String name, CqlStatement statement) {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          file(name),
          digest(statement) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing of the script is there any more. */
  void forget(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> digests(String name) {
    try {
      Path file = file(name);
      return new HashSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  /** White space is no other statement. */
  private static String digest(CqlStatement statement) {
    String text = statement.text().replaceAll("\\s+", " ");
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
