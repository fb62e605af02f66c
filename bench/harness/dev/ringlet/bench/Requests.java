package dev.ringlet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Single requests, by operation and number of connections: first as fast as answers come, for what
 * a request costs and how many there are; then, in some rounds, all contenders at the same rate in
 * the open model, half of what the slowest could do, for latency.
 */
final class Requests implements Bench.Part {
  /** Where most goals are judged. */
  static final int JUDGED = 32;

  /** And some where more wait for each other. */
  static final int MANY = 128;

  /** Rounds from one with latency to the next. */
  private static final int LATENCY = 3;

  private static final long CLOSED_MILLIS = 800;
  private static final long OPEN_MILLIS = 600;

  private final Options options;
  private final List<Contender> contenders;
  private final List<Operation> operations;

  Requests(Options options, List<Contender> contenders) {
    this.options = options;
    this.contenders = contenders;
    this.operations =
        Arrays.stream(Operation.values()).filter(op -> options.wants(op.option)).toList();
  }

  /** Several numbers where goals are; more than a few arrays of 1000 rows only wait. */
  static List<Integer> connections(Operation operation) {
    return switch (operation) {
      case GET, PUT -> List.of(1, JUDGED, MANY);
      case SLICE, PATCH, POST -> List.of(JUDGED);
      case POST_1000 -> List.of(8);
    };
  }

  @Override
  public void round(int round, Results results) throws IOException {
    for (Operation operation : operations) {
      List<Contender> able = new ArrayList<>(Bench.inTurn(contenders, round));
      able.removeIf(contender -> !contender.does(operation));
      for (int connections : connections(operation)) {
        double slowest = Double.MAX_VALUE;
        for (Contender contender : able) {
          double rate = closed(operation, connections, contender, results);
          slowest = rate > 0 ? Math.min(slowest, rate) : slowest;
        }
        for (Contender contender : round % LATENCY == 0 ? able : List.<Contender>of()) {
          open(operation, connections, contender, slowest / 2, results);
        }
      }
    }
    for (Contender contender : contenders) {
      results.add(loaded(contender.name()), contender.process().rss());
    }
  }

  private double closed(Operation operation, int connections, Contender contender, Results results)
      throws IOException {
    long before = contender.process().cpuMicros();
    Measured measured = contender.load(operation, connections, 0, options.nanos(CLOSED_MILLIS));
    long cpu = contender.process().cpuMicros() - before;
    Results.Key rate = key(operation, connections, contender.name(), "rate");
    results.add(rate, measured.perSecond());
    results.add(rate.of("rate bad"), measured.badPart());
    results.add(rate.of("cpu"), measured.good() == 0 ? Double.NaN : (double) cpu / measured.good());
    return measured.perSecond();
  }

  private void open(
      Operation operation, int connections, Contender contender, double rate, Results results)
      throws IOException {
    Measured measured = contender.load(operation, connections, rate, options.nanos(OPEN_MILLIS));
    Results.Key p50 = key(operation, connections, contender.name(), "p50");
    results.add(p50, measured.p50());
    results.add(p50.of("p99"), measured.p99());
    results.add(p50.of("p99 bad"), measured.badPart());
  }

  static Results.Key key(Operation operation, int connections, String contender, String figure) {
    return new Results.Key(operation.option, Integer.toString(connections), contender, figure);
  }

  /** Memory after the load of a round. */
  static Results.Key loaded(String contender) {
    return new Results.Key("load", "", contender, "rss");
  }
}
