package dev.ringlet.bench;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What Ringlet must reach, and whether it does. */
final class Goals {
  private final Results results;
  private final Table table =
      new Table("Goals", List.of("goal", "", "found", "verdict", "stolen meanwhile, %"));
  private Section section = Section.REQUESTS; // that the next goals are of

  private Goals(Results results) {
    this.results = results;
  }

  static Table of(Results results) {
    Goals goals = new Goals(results);
    goals.requests();
    goals.allocation();
    goals.bulk(Options.EXPORT);
    goals.bulk(Options.INGEST);
    goals.start();
    for (Processors processors : Processors.values()) {
      Overload.OPERATIONS.forEach(operation -> goals.overload(processors, operation));
    }
    return goals.table;
  }

  private void requests() {
    section = Section.REQUESTS;
    cpu(Operation.GET, Requests.JUDGED, 0.6);
    cpu(Operation.PUT, Requests.JUDGED, 0.7);
    cpu(Operation.GET, Requests.MANY, 0.75);
    cpu(Operation.PUT, Requests.MANY, 0.75);
    Results.Key get = Requests.key(Operation.GET, Requests.JUDGED, Contender.RINGLET, "cpu");
    atMost(
        "GET by key: CPU a request ÷ (bare driver + constant JSON)",
        1.25,
        results.ratio(get, get.by(Contender.BARE_DRIVER), get.by(Contender.CONSTANT)));
    atMost(
        "GET by key with a remembered token and three rules: CPU a request ÷ without",
        1.1,
        results.ratio(get.by(Contender.TOKEN), get));
    Results.Key nativeRate = get.by(Contender.NATIVE).of("rate");
    if (results.has(nativeRate)) {
      atLeast(
          "native, GET by key: requests per second ÷ those of the JVM",
          0.7,
          results.ratio(nativeRate, get.of("rate")));
    }
  }

  private void cpu(Operation operation, int connections, double goal) {
    Results.Key cpu = Requests.key(operation, connections, Contender.RINGLET, "cpu");
    atMost(
        "%s, %d connections: CPU a request ÷ hand-written".formatted(operation.title, connections),
        goal,
        results.ratio(cpu, cpu.by(Contender.HANDWRITTEN)));
  }

  private void allocation() {
    section = Section.ALLOCATION;
    atMost(
        "GET by key: bytes allocated a request",
        8000,
        results.spread(Allocation.key(Operation.GET.option, Contender.RINGLET)));
  }

  private void bulk(String what) {
    List<String> sizes = List.copyOf(results.sizes(what));
    if (sizes.isEmpty()) {
      return;
    }
    int smallest = Integer.parseInt(sizes.get(0));
    int largest = Integer.parseInt(sizes.get(sizes.size() - 1));
    section = Section.TABLES;
    Results.Key rate = Bulk.key(what, smallest, Contender.RINGLET, "rate");
    atLeast(
        "%s: rows a second ÷ bare driver".formatted(what),
        0.9,
        results.ratio(rate, rate.by(Contender.BARE_DRIVER)));
    if (largest > smallest) {
      section = Section.LARGE_TABLE;
      double few = results.spread(rate.of("rss")).median();
      List<Double> many = results.of(Bulk.key(what, largest, Contender.RINGLET, "rss"));
      atMost(
          "%s: peak RSS with %,d rows ÷ with %,d".formatted(what, largest, smallest),
          1.1,
          Spread.of(many.stream().map(rss -> rss / few).toList()));
    }
  }

  private void start() {
    section = Section.START;
    Results.Key row = Starts.key(Contender.RINGLET, "row");
    atMost("JVM: ms from exec to the first row", 1200, results.spread(row));
    atMost("JVM: MB of RSS at the first row", 200, results.spread(row.of("rss")));
    atMost(
        "JVM: MB of RSS after the load", 180, results.spread(Requests.loaded(Contender.RINGLET)));
    Results.Key nativeRow = row.by(Contender.NATIVE);
    if (results.has(nativeRow)) {
      atMost("native: ms from exec to the first row", 50, results.spread(nativeRow));
      atMost("native: ms from exec to listening", 20, results.spread(nativeRow.of("listening")));
    }
  }

  /** The peak is of the load with the highest median: the most of six would be mere chance. */
  private void overload(Processors processors, Operation operation) {
    section = Section.OVERLOAD;
    Results.Key most = Overload.key(processors, operation, 4, Contender.RINGLET, "goodput");
    Results.Key peak =
        Overload.FACTORS.stream()
            .map(
                factor -> Overload.key(processors, operation, factor, Contender.RINGLET, "goodput"))
            .max(Comparator.comparingDouble(key -> results.spread(key).median()))
            .orElseThrow();
    String title = "Overload, " + operation.title + processors.title;
    atLeast(
        title + ": goodput at four times the capacity ÷ its peak", 0.9, results.ratio(most, peak));
    atMost(
        title + ": p99 of good answers at four times the capacity ÷ at half of it",
        3,
        results.ratio(
            most.of("p99"), Overload.key(processors, operation, 0.5, Contender.RINGLET, "p99")));
  }

  private void atMost(String what, double goal, Spread found) {
    judge(what, "at most ", goal, found, found.median() / goal - 1);
  }

  private void atLeast(String what, double goal, Spread found) {
    judge(what, "at least ", goal, found, 1 - found.median() / goal);
  }

  private void judge(String what, String sense, double goal, Spread found, double over) {
    String verdict =
        Double.isNaN(over)
            ? "not measured"
            : over <= 0 ? "met" : "**missed by " + Spread.number(over * 100) + " %**";
    table.add(
        Stream.of(
            what,
            sense + Spread.number(goal),
            found.toString(),
            verdict,
            results.spread(section.key("stolen")).toString()));
  }
}
