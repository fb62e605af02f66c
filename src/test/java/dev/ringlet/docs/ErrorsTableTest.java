package dev.ringlet.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/errors.md has a row for each error, and no other. */
class ErrorsTableTest {
  @Test
  void hasEachCodeWithItsStatusAndTitle() {
    assertEquals(
        Stream.of(ErrorCode.values())
            .map(
                code -> row("`" + code.code() + "`", Integer.toString(code.status()), code.title()))
            .sorted()
            .toList(),
        Section.of(Path.of("docs/errors.md"), "## The codes").rows().stream()
            .map(cells -> row(cells.get(0), cells.get(1), cells.get(2)))
            .sorted()
            .toList());
  }

  private static String row(String... cells) {
    return String.join(" | ", List.of(cells));
  }
}
