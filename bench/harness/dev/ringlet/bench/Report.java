package dev.ringlet.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** bench/RESULTS.md. */
record Report(Options options, Machine machine, String took, Results results) {
  private static final String HEAD =
"""
# Results

Written by `bench/run`; what is measured, and how, is in [README.md](README.md). A figure is the median of the
rounds, with the least and the most in brackets; a ratio is made of two figures of the same round.
""";

  String text() {
    List<String> lines = new ArrayList<>(List.of(HEAD));
    machine(lines);
    section(lines, "Goals", List.of("goal", "", "found", "verdict"), Goals.of(results));
    ratios(lines);
    requests(lines, "CPU of the process, µs a request", "cpu");
    requests(lines, "Requests per second", "rate");
    requests(lines, "Latency in ms at half the rate of the slowest: p50", "p50");
    requests(lines, "Latency in ms at half the rate of the slowest: p99", "p99");
    allocation(lines);
    bulk(lines);
    starts(lines);
    for (Processors processors : Processors.values()) {
      Overload.OPERATIONS.forEach(operation -> overload(lines, processors, operation));
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private void machine(List<String> lines) {
    lines.add(
        "- %s, commit %s, %d rounds in %s"
            .formatted(machine.date(), machine.commit(), options.rounds(), took));
    lines.add(
        "- %s, %d cores, %s, %s; load before: %s"
            .formatted(
                machine.cpu(),
                machine.cores(),
                machine.memory(),
                machine.kernel(),
                machine.load()));
    lines.add(
        "- Java %s, Quarkus %s, driver %s, Cassandra %s"
            .formatted(
                Runtime.version(),
                System.getProperty("quarkus.version"),
                System.getProperty("driver.version"),
                System.getProperty("cassandra.version")));
    lines.add(
        "- All that run in a JVM: `%s`; LOCAL_QUORUM, 5 s timeout; Ringlet with 1 event loop, others with 4"
            .formatted(String.join(" ", Server.JVM_OPTIONS)));
    lines.add("- Ringlet in the cells of requests: " + environment() + "; else its defaults");
    if (options.quick()) {
      lines.add("- **A quick run: the figures say little.**");
    }
    lines.add("");
  }

  private static String environment() {
    return Stage.ROOM.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> "`" + e.getKey() + "=" + e.getValue() + "`")
        .collect(Collectors.joining(", "));
  }

  /** Of the CPU a request, the figure that a busy machine disturbs least. */
  private void ratios(List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (int connections : Requests.CONNECTIONS) {
        Results.Key base = Requests.key(operation, connections, Contender.HANDWRITTEN, "cpu");
        if (results.has(base)) {
          rows.add(
              row(
                  Stream.concat(
                      cell(operation, connections),
                      all().map(name -> ratio(base.by(name), base)))));
        }
      }
    }
    section(lines, "CPU a request ÷ that of the hand-written endpoint", header(all()), rows);
  }

  private String ratio(Results.Key key, Results.Key base) {
    return key.equals(base)
        ? "1 = %s µs".formatted(results.spread(base).brief())
        : results.ratio(key, base).toString();
  }

  private void requests(List<String> lines, String title, String figure) {
    List<String> rows = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (int connections : Requests.CONNECTIONS) {
        Results.Key base = Requests.key(operation, connections, Contender.HANDWRITTEN, figure);
        if (results.has(base)) {
          rows.add(
              row(
                  Stream.concat(
                      cell(operation, connections),
                      all().map(base::by).map(key -> results.spread(key) + failures(key)))));
        }
      }
    }
    section(lines, title, header(all()), rows);
  }

  /** Says so where not everything that was due had a good answer. */
  private String failures(Results.Key key) {
    double bad =
        results
            .spread(new Results.Key(key.what(), key.size(), key.contender(), key.figure() + " bad"))
            .max();
    return bad > 0 ? " (up to %s %% not answered)".formatted(Spread.number(bad * 100)) : "";
  }

  private void allocation(List<String> lines) {
    List<String> rows =
        results.sizes(Options.ALLOCATION).stream()
            .map(
                operation ->
                    row(
                        Stream.concat(
                            Stream.of(operation),
                            all()
                                .map(name -> Allocation.key(operation, name))
                                .map(key -> results.spread(key).toString()))))
            .toList();
    section(
        lines,
        "Bytes allocated a request; of an export, a row",
        Stream.concat(Stream.of(""), all()).toList(),
        rows);
  }

  private void bulk(List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (String what : List.of(Options.EXPORT, Options.INGEST)) {
      for (String size : results.sizes(what)) {
        for (String name : results.contenders(what)) {
          Results.Key rate = new Results.Key(what, size, name, "rate");
          rows.add(
              row(
                  Stream.of(
                      what,
                      size,
                      name,
                      results.spread(rate).toString(),
                      results.ratio(rate, rate.by(Contender.BARE_DRIVER)).toString(),
                      results.spread(new Results.Key(what, size, name, "cpu")).toString(),
                      results.spread(new Results.Key(what, size, name, "rss")).toString())));
        }
      }
    }
    section(
        lines,
        "Whole tables",
        List.of("", "rows", "", "rows a second", "÷ bare driver", "CPU, µs a row", "peak RSS, MB"),
        rows);
  }

  private void starts(List<String> lines) {
    List<String> rows = new ArrayList<>();
    for (String name : results.contenders(Options.START)) {
      rows.add(
          row(
              Stream.concat(
                  Stream.of(name),
                  Stream.of(
                          Starts.key(name, "listening"),
                          Starts.key(name, "row"),
                          Starts.key(name, "rss"),
                          new Results.Key("load", "", name, "rss"))
                      .map(key -> results.spread(key).toString()))));
    }
    section(
        lines,
        "Starting",
        List.of(
            "",
            "exec → listening, ms",
            "exec → first row, ms",
            "RSS at first row, MB",
            "RSS after load, MB"),
        rows);
  }

  private void overload(List<String> lines, Processors processors, Operation operation) {
    List<String> rows = new ArrayList<>();
    for (double factor : Overload.FACTORS) {
      for (String name : results.contenders(Overload.what(processors, operation))) {
        rows.add(
            row(
                Stream.concat(
                    Stream.of(Double.toString(factor), name),
                    Stream.of("rate", "goodput", "shed", "lost", "p50", "p99")
                        .map(figure -> Overload.key(processors, operation, factor, name, figure))
                        .map(key -> results.spread(key).toString()))));
      }
    }
    section(
        lines,
        "Overload: %s%s, open model, %d connections"
            .formatted(operation.title, processors.title, Overload.CONNECTIONS),
        List.of(
            "offered ÷ capacity",
            "",
            "good a second",
            "good ÷ capacity",
            "503 ÷ capacity",
            "lost ÷ capacity",
            "p50 of good, ms",
            "p99 of good, ms"),
        rows);
  }

  private static Stream<String> cell(Operation operation, int connections) {
    return Stream.of(operation.title, Integer.toString(connections));
  }

  /** Who takes part, in one order in all tables. */
  private Stream<String> all() {
    Set<String> measured = new HashSet<>(results.contenders("load"));
    measured.addAll(results.contenders(Options.ALLOCATION));
    return Stream.of(
            Contender.BARE_DRIVER,
            Contender.CONSTANT,
            Contender.HANDWRITTEN,
            Contender.MAPPER,
            Contender.RINGLET,
            Contender.NATIVE,
            Contender.TOKEN,
            Contender.NEW_TOKENS)
        .filter(measured::contains);
  }

  private static List<String> header(Stream<String> contenders) {
    return Stream.concat(Stream.of("", "connections"), contenders).toList();
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static void section(
      List<String> lines, String title, List<String> header, List<String> rows) {
    if (!rows.isEmpty()) {
      lines.add("## " + title);
      lines.add("");
      lines.add(row(header.stream()));
      lines.add("|---".repeat(header.size()) + "|");
      lines.addAll(rows);
      lines.add("");
    }
  }
}
