package dev.ringlet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of the report under a title, with what the machine did meanwhile. */
final class Table {
  private final String title;
  private final List<String> header;
  private final List<String> rows = new ArrayList<>();

  Table(String title, List<String> header) {
    this.title = title;
    this.header = header;
  }

  void add(Stream<String> cells) {
    rows.add(row(cells));
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Nothing if there are no rows. */
  String text(String machine) {
    return rows.isEmpty()
        ? ""
        : "\n## %s\n\n%s%s%s\n%s"
            .formatted(
                title,
                machine,
                row(header.stream()),
                "|---".repeat(header.size()) + "|",
                String.join("", rows));
  }
}
