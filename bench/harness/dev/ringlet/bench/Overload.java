package dev.ringlet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests in the open model, from half of what a contender can do to four times as much, over so
 * many connections that the server has to choose. Ringlet has its own settings here.
 *
 * <p>What a contender can do is the most that it answers well in the open model, over as many
 * connections: in the closed model, with few, it does more than it ever will here.
 */
final class Overload implements Bench.Part {
  static final List<Double> FACTORS = List.of(0.5, 1.0, 1.5, 2.0, 3.0, 4.0);
  static final int CONNECTIONS = 1024;

  /** Of what it does in the closed model: where to look for its capacity. */
  private static final List<Double> LOOKS = List.of(0.35, 0.5, 0.7, 1.0, 1.4);

  /** A row, which costs little more than its refusal and the load itself; and a hundred. */
  static final List<Operation> OPERATIONS = List.of(Operation.GET, Operation.SLICE);

  private final Options options;
  private final List<Contender> contenders = new ArrayList<>();

  Overload(Options options, Stage stage) throws IOException {
    this.options = options;
    if (options.wants(Options.OVERLOAD)) {
      for (Server server : Server.all()) {
        if (server.isRinglet() || server.name().equals(Contender.HANDWRITTEN)) {
          contenders.add(stage.start(server, List.of()));
        }
      }
    }
    for (Contender contender : contenders) {
      for (Operation operation : OPERATIONS) {
        Requests.warmUp(options, operation, contender, 4);
      }
    }
  }

  @Override
  public void round(int round, Results results) throws IOException {
    for (Operation operation : OPERATIONS) {
      for (Contender contender : Bench.inTurn(contenders, round)) {
        double capacity = capacity(operation, contender);
        for (double factor : FACTORS) {
          load(operation, contender, capacity, factor, results);
        }
      }
    }
  }

  private double capacity(Operation operation, Contender contender) throws IOException {
    double closed =
        contender.load(operation, Requests.JUDGED, 0, options.nanos(1000)).perSecond();
    double most = 0;
    for (double look : LOOKS) {
      Measured measured =
          contender.load(operation, CONNECTIONS, closed * look, options.nanos(1000));
      most = Math.max(most, measured.perSecond());
    }
    return most;
  }

  private void load(
      Operation operation, Contender contender, double capacity, double factor, Results results)
      throws IOException {
    Measured measured =
        contender.load(operation, CONNECTIONS, capacity * factor, options.nanos(2000));
    double offered = measured.seconds() * capacity;
    double lost = measured.unsent() + measured.failed();
    String name = contender.name();
    results.add(key(operation, factor, name, "goodput"), measured.perSecond() / capacity);
    results.add(key(operation, factor, name, "shed"), measured.shed() / offered);
    results.add(key(operation, factor, name, "p50"), measured.p50());
    results.add(key(operation, factor, name, "p99"), measured.p99());
    results.add(key(operation, factor, name, "lost"), lost / offered);
  }

  static Results.Key key(Operation operation, double factor, String contender, String figure) {
    return new Results.Key(Options.OVERLOAD + " " + operation.option, "" + factor, contender, figure);
  }
}
