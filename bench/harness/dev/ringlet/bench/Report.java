package dev.ringlet.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** bench/RESULTS.md. */
record Report(Options options, Machine machine, String took, Results results) {
  private static final String HEAD =
"""
# Results

Written by `bench/run`; what is measured, and how, is in [README.md](README.md). A figure is the median of the
rounds, with the quartiles in brackets, the least and the most of less than five; a ratio is made of two figures of the
same round, measured shortly one after the other. Stolen is the time of all processors that the host of the machine gave
to others meanwhile.

""";

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    about().forEach(line -> text.append("- ").append(line).append('\n'));
    text.append(time().text(""));
    text.append(Goals.of(results).text(""));
    RequestTables requests = new RequestTables(results);
    Stream.of(
            requests.ratios(),
            requests.figures("CPU of the process, µs a request", "cpu"),
            requests.figures("Requests per second", "rate"),
            requests.figures("Latency in ms at half the rate of the slowest: p50", "p50"),
            requests.figures("Latency in ms at half the rate of the slowest: p99", "p99"))
        .forEach(table -> text.append(table.text(machine(Section.REQUESTS))));
    text.append(requests.allocation().text(machine(Section.ALLOCATION)));
    text.append(Bulk.table(results).text(machine(Section.TABLES, Section.LARGE_TABLE)));
    text.append(Starts.table(results).text(machine(Section.START)));
    Overload.tables(results).forEach(table -> text.append(table.text(machine(Section.OVERLOAD))));
    return text.toString();
  }

  private List<String> about() {
    return Stream.of(
            "%s, commit %s, in %s".formatted(machine.date(), machine.commit(), took),
            "%s, %d cores, %s, %s; load before: %s"
                .formatted(
                    machine.cpu(),
                    machine.cores(),
                    machine.memory(),
                    machine.kernel(),
                    machine.load()),
            "Java %s, Quarkus %s, driver %s, Cassandra %s"
                .formatted(
                    Runtime.version(),
                    System.getProperty("quarkus.version"),
                    System.getProperty("driver.version"),
                    System.getProperty("cassandra.version")),
            "All that run in a JVM: `%s`; LOCAL_QUORUM, 5 s timeout; Ringlet with 1 event loop, others with 4"
                .formatted(String.join(" ", Server.JVM_OPTIONS)),
            "Ringlet in the cells of requests: " + environment() + "; else its defaults",
            options.quick() ? "**A quick run: the figures say little.**" : "")
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String environment() {
    return Stage.ROOM.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> "`" + e.getKey() + "=" + e.getValue() + "`")
        .collect(Collectors.joining(", "));
  }

  /** What it did during these sections, as far as they were measured. */
  private String machine(Section... sections) {
    return Stream.of(sections)
            .filter(section -> rounds(section) > 0)
            .map(
                section ->
                    "%s: rounds %d, stolen %s %%, load %s"
                        .formatted(
                            section.title,
                            rounds(section),
                            results.spread(section.key("stolen")),
                            results.spread(section.key("load"))))
            .collect(Collectors.joining("; "))
        + "\n\n";
  }

  private int rounds(Section section) {
    return results.of(section.key("stolen")).size();
  }

  private Table time() {
    Table table =
        new Table("Time", List.of("", "rounds", "planned, s", "took, s", "stolen, %", "load"));
    for (Section section : Section.wanted(options)) {
      table.add(
          Stream.of(
              section.title,
              Integer.toString(Math.max(1, rounds(section))),
              Integer.toString(section.seconds),
              results.spread(section.key("seconds")).brief(),
              results.spread(section.key("stolen")).toString(),
              results.spread(section.key("load")).toString()));
    }
    return table;
  }
}
