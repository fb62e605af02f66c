package dev.ringlet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests in the open model, from half of what a contender can do to four times as much and back
 * again, over so many connections that the server has to choose: one figure of each way, so that a
 * machine that gets slower or faster meanwhile is charged to no load. Ringlet has its own settings
 * here.
 *
 * <p>What a contender can do is the most that it answers well in the open model, over as many
 * connections: in the closed model, with few, it may do more than it ever will here. It is looked
 * for with ever more; where the loads themselves find that it can do more, they begin anew.
 *
 * <p>All share the processors with Cassandra and the load; then Ringlet again, with a Cassandra
 * that has half a processor, and leaves the rest to others.
 */
final class Overload implements Bench.Part {
  static final List<Double> FACTORS = List.of(0.5, 1.0, 1.5, 2.0, 4.0);
  static final int CONNECTIONS = 1024;

  /** Of what it does in the closed model: where the looks for its capacity begin. */
  private static final double FIRST_LOOK = 0.5;

  private static final double NEXT_LOOK = 1.25;

  /** They end when so many of them in turn have found no more. */
  private static final int NO_MORE = 2;

  /** So much more than the capacity, and it was none. */
  private static final double SURPASSED = 1.1;

  private static final int TRIES = 2;

  /** A row, which costs little more than its refusal and the load itself; and a hundred. */
  static final List<Operation> OPERATIONS = List.of(Operation.GET, Operation.SLICE);

  private static final int WARM_UP_SECONDS = 20;

  private final Options options;
  private final HalfProcessor half;
  private final List<Contender> contenders;

  /** These know no other Cassandra: what takes it how long is learnt without load. */
  private final List<Contender> ofHalf;

  Overload(Options options, Stage stage) throws IOException {
    this.options = options;
    this.half = stage.half();
    this.contenders = started(stage, List.of(Contender.HANDWRITTEN, Contender.RINGLET));
    if (HalfProcessor.isPossible()) {
      half.begin();
      this.ofHalf = started(stage, List.of(Contender.RINGLET));
      half.end();
    } else {
      this.ofHalf = List.of();
      System.err.println("Not with half a processor for Cassandra: no control group can be made");
    }
  }

  private List<Contender> started(Stage stage, List<String> names) throws IOException {
    List<Contender> started = new ArrayList<>();
    for (Server server : Server.all()) {
      if (names.contains(server.name())) {
        started.add(stage.start(server, List.of()));
      }
    }
    WarmUp.of(options, started, OPERATIONS, WARM_UP_SECONDS);
    return started;
  }

  @Override
  public void round(int round, Results results) throws IOException {
    round(Processors.SHARED, Bench.inTurn(contenders, round), results);
    if (!ofHalf.isEmpty()) {
      half.begin();
      round(Processors.HALF, Bench.inTurn(ofHalf, round), results);
      half.end();
    }
  }

  private void round(Processors processors, List<Contender> inTurn, Results results)
      throws IOException {
    for (Operation operation : OPERATIONS) {
      for (Contender contender : inTurn) {
        loads(processors, operation, contender, results);
      }
    }
  }

  private void loads(
      Processors processors, Operation operation, Contender contender, Results results)
      throws IOException {
    double most = most(operation, contender);
    double capacity;
    List<Measured> loads;
    int tries = 0;
    do {
      capacity = Math.max(1, most); // 0 a second would be the closed model
      loads = new ArrayList<>();
      for (double factor : FACTORS) {
        loads.add(load(operation, contender, capacity * factor, 2000));
      }
      most = loads.stream().mapToDouble(Measured::perSecond).max().orElseThrow();
      tries++;
    } while (tries < TRIES && most > SURPASSED * capacity);
    for (int i = 0; i < FACTORS.size(); i++) {
      add(processors, operation, FACTORS.get(i), contender, loads.get(i), capacity, results);
    }
    for (double factor : FACTORS.stream().sorted(Comparator.reverseOrder()).toList()) {
      Measured back = load(operation, contender, capacity * factor, 2000);
      add(processors, operation, factor, contender, back, capacity, results);
    }
  }

  private double most(Operation operation, Contender contender) throws IOException {
    double closed = contender.load(operation, Requests.JUDGED, 0, options.nanos(1000)).perSecond();
    double offered = FIRST_LOOK * Math.max(1, closed);
    double most = 0;
    for (int noMore = 0; noMore < NO_MORE; offered *= NEXT_LOOK) {
      double found = load(operation, contender, offered, 1000).perSecond();
      noMore = found > most ? 0 : noMore + 1;
      most = Math.max(most, found);
    }
    return most;
  }

  private Measured load(Operation operation, Contender contender, double offered, long millis)
      throws IOException {
    return contender.load(operation, CONNECTIONS, offered, options.nanos(millis));
  }

  private static void add(
      Processors processors,
      Operation operation,
      double factor,
      Contender contender,
      Measured measured,
      double capacity,
      Results results) {
    double due = measured.seconds() * capacity;
    double lost = measured.unsent() + measured.failed();
    Results.Key rate = key(processors, operation, factor, contender.name(), "rate");
    results.add(rate, measured.perSecond());
    results.add(rate.of("goodput"), measured.perSecond() / capacity);
    results.add(rate.of("shed"), measured.shed() / due);
    results.add(rate.of("p50"), measured.p50());
    results.add(rate.of("p99"), measured.p99());
    results.add(rate.of("lost"), lost / due);
  }

  static Results.Key key(
      Processors processors, Operation operation, double factor, String contender, String figure) {
    return new Results.Key(what(processors, operation), "" + factor, contender, figure);
  }

  static String what(Processors processors, Operation operation) {
    return Options.OVERLOAD + processors.key + " " + operation.option;
  }

  static List<Table> tables(Results results) {
    return Stream.of(Processors.values())
        .flatMap(
            processors ->
                OPERATIONS.stream().map(operation -> table(processors, operation, results)))
        .toList();
  }

  private static Table table(Processors processors, Operation operation, Results results) {
    Table table =
        new Table(
            "Overload: %s%s, open model, %d connections"
                .formatted(operation.title, processors.title, CONNECTIONS),
            List.of(
                "offered ÷ capacity",
                "",
                "good a second",
                "good ÷ capacity",
                "503 ÷ capacity",
                "lost ÷ capacity",
                "p50 of good, ms",
                "p99 of good, ms"));
    for (double factor : FACTORS) {
      for (String name : results.contenders(what(processors, operation))) {
        table.add(
            Stream.concat(
                Stream.of(Double.toString(factor), name),
                Stream.of("rate", "goodput", "shed", "lost", "p50", "p99")
                    .map(figure -> key(processors, operation, factor, name, figure))
                    .map(key -> results.spread(key).toString())));
      }
    }
    return table;
  }
}
