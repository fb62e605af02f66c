package dev.ringlet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A section of a document, with those below it.
 *
 * @param lines without its heading
 */
public record Section(List<String> lines) {
  private static final Path OPERATIONS = Path.of("docs/operations.md");

  /** In the first cell of a row. */
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** {@code bytes_{in,out}_total} is short for two names. */
  private static final Pattern SHORT = Pattern.compile("(.*)\\{(.+)}(.*)");

  /** The one of docs/operations.md with this heading, which begins with ## or more. */
  public static Section of(String heading) {
    return of(OPERATIONS, heading);
  }

  /** The one with this heading, which begins with ## or more. */
  public static Section of(Path document, String heading) {
    try {
      List<String> lines = Files.readAllLines(document);
      int start = lines.indexOf(heading);
      if (start < 0) {
        throw new AssertionError("no " + heading + " in " + document);
      }
      int level = heading.indexOf(' ');
      return new Section(
          lines.stream()
              .skip(start + 1L)
              .takeWhile(line -> !line.matches("#{2," + level + "} .*"))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cells of the rows of its tables whose first cell begins with code. */
  public List<List<String>> rows() {
    return lines.stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(cells -> Stream.of(cells).map(String::strip).toList())
        .toList();
  }

  /** What the first column of its tables names. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    rows().stream()
        .flatMap(cells -> CODE.matcher(cells.get(0)).results())
        .flatMap(code -> spelledOut(code.group(1)))
        .forEach(
            name -> {
              if (!names.add(name)) {
                throw new AssertionError(name + " is there twice");
              }
            });
    return names;
  }

  private static Stream<String> spelledOut(String name) {
    var parts = SHORT.matcher(name);
    return parts.matches()
        ? Arrays.stream(parts.group(2).split(",", -1))
            .map(middle -> parts.group(1) + middle + parts.group(3))
        : Stream.of(name);
  }
}
