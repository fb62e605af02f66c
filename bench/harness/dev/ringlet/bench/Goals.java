package dev.ringlet.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What Ringlet must reach, and whether it does. */
final class Goals {
  private final Results results;
  private final List<String> lines = new ArrayList<>();

  private Goals(Results results) {
    this.results = results;
  }

  /** A line of a table for each. */
  static List<String> of(Results results) {
    Goals goals = new Goals(results);
    goals.requests();
    goals.bulk(Options.EXPORT);
    goals.bulk(Options.INGEST);
    goals.start();
    for (Processors processors : Processors.values()) {
      Overload.OPERATIONS.forEach(operation -> goals.overload(processors, operation));
    }
    return goals.lines;
  }

  private void requests() {
    Results.Key get = Requests.key(Operation.GET, Requests.JUDGED, Contender.RINGLET, "cpu");
    Results.Key put = Requests.key(Operation.PUT, Requests.JUDGED, Contender.RINGLET, "cpu");
    List<Double> driver = results.of(get.by(Contender.BARE_DRIVER));
    List<Double> constant = results.of(get.by(Contender.CONSTANT));
    List<Double> sum = new ArrayList<>();
    for (int i = 0; i < Math.min(driver.size(), constant.size()); i++) {
      sum.add(driver.get(i) + constant.get(i));
    }
    atMost(
        "GET by key: CPU a request ÷ hand-written",
        0.9,
        results.ratio(get, get.by(Contender.HANDWRITTEN)));
    atMost(
        "GET by key: CPU a request ÷ (bare driver + constant JSON)",
        1.25,
        Spread.of(Results.divide(results.of(get), sum)));
    atMost(
        "PUT: CPU a request ÷ hand-written",
        0.95,
        results.ratio(put, put.by(Contender.HANDWRITTEN)));
    atMost(
        "GET by key with a remembered token and three rules: CPU a request ÷ without",
        1.1,
        results.ratio(get.by(Contender.TOKEN), get));
  }

  private void bulk(String what) {
    List<String> sizes = List.copyOf(results.sizes(what));
    if (sizes.isEmpty()) {
      return;
    }
    int smallest = Integer.parseInt(sizes.get(0));
    int largest = Integer.parseInt(sizes.get(sizes.size() - 1));
    Results.Key rate = Bulk.key(what, largest, Contender.RINGLET, "rate");
    atLeast(
        "%s of %,d rows: rows a second ÷ bare driver".formatted(what, largest),
        0.9,
        results.ratio(rate, rate.by(Contender.BARE_DRIVER)));
    if (largest > smallest) {
      atMost(
          "%s: peak RSS with %,d rows ÷ with %,d".formatted(what, largest, smallest),
          1.1,
          results.ratio(
              Bulk.key(what, largest, Contender.RINGLET, "rss"),
              Bulk.key(what, smallest, Contender.RINGLET, "rss")));
    }
  }

  private void start() {
    atMost(
        "JVM: ms from exec to the first row",
        1500,
        results.spread(Starts.key(Contender.RINGLET, "row")));
    atMost(
        "JVM: MB of RSS at the first row",
        200,
        results.spread(Starts.key(Contender.RINGLET, "rss")));
    atMost(
        "JVM: MB of RSS after the load",
        200,
        results.spread(new Results.Key("load", "", Contender.RINGLET, "rss")));
  }

  /** The peak is of the load with the highest median: the most of six would be mere chance. */
  private void overload(Processors processors, Operation operation) {
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
    if (Double.isNaN(over)) {
      lines.add("| %s | %s%s | – | not measured |".formatted(what, sense, Spread.number(goal)));
      return;
    }
    String verdict = over <= 0 ? "met" : "**missed by " + Spread.number(over * 100) + " %**";
    lines.add(
        "| %s | %s%s | %s | %s |".formatted(what, sense, Spread.number(goal), found, verdict));
  }
}
