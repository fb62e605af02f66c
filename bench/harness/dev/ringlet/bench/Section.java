package dev.ringlet.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a whole run consists of, and how long each of it may take: half an hour together. */
enum Section {
  STAGE("building and starting", 90, 1),
  WARM_UP("warming up", 270, 1),
  REQUESTS("requests", 600, 20),
  ALLOCATION("bytes allocated", 60, 3),
  TABLES("tables of 10,000 rows", 80, 12),
  START("starts", 80, 8),
  OVERLOAD("capacity and overload", 390, 1),
  LARGE_TABLE("a table of 1,000,000 rows", 200, 1);

  final String title;

  /** Its rounds end when another one would take it beyond. */
  final int seconds;

  /** At most; more of them would say little more. */
  final int rounds;

  Section(String title, int seconds, int rounds) {
    this.title = title;
    this.seconds = seconds;
    this.rounds = rounds;
  }

  static List<Section> wanted(Options options) {
    return Arrays.stream(values()).filter(section -> section.isWanted(options)).toList();
  }

  private boolean isWanted(Options options) {
    return switch (this) {
      case STAGE, WARM_UP -> true;
      case REQUESTS ->
          Arrays.stream(Operation.values()).anyMatch(operation -> options.wants(operation.option));
      case ALLOCATION -> options.wants(Options.ALLOCATION);
      case TABLES, LARGE_TABLE -> options.wants(Options.EXPORT) || options.wants(Options.INGEST);
      case START -> options.wants(Options.START);
      case OVERLOAD -> options.wants(Options.OVERLOAD);
    };
  }

  /** As `building and starting 120 s + … = 29 min 0 s`. */
  static String plan(List<Section> sections) {
    return sections.stream()
            .map(section -> section.title + " " + section.seconds + " s")
            .collect(Collectors.joining(" + "))
        + " = "
        + minutes(sections.stream().mapToInt(section -> section.seconds).sum());
  }

  static String minutes(long seconds) {
    return "%d min %d s".formatted(seconds / 60, seconds % 60);
  }

  /** One figure a round, of the machine: `stolen` in percent, and `load`. */
  Results.Key key(String figure) {
    return new Results.Key("machine", "", name(), figure);
  }
}
