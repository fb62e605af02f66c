package dev.ringlet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Single requests, by operation and number of connections: first as fast as answers come, for what
 * a request costs and how many there are; then all contenders at the same rate in the open model,
 * half of what the slowest could do, for latency.
 */
final class Requests implements Bench.Part {
  static final List<Integer> CONNECTIONS = List.of(1, 8, 32, 128);

  /** Where the goals are judged. */
  static final int JUDGED = 32;

  /** What was compiled for one operation alone is compiled anew for several. */
  private static final int PASSES = 2;

  /** The longest warm-up, in windows of two seconds. */
  private static final int MOST_WINDOWS = 30;

  /** How much of the processor time may still go into compiling. */
  private static final double COMPILING = 0.03;

  private final Options options;
  private final List<Contender> contenders;
  private final List<Operation> operations;

  Requests(Options options, List<Contender> contenders) throws IOException {
    this.options = options;
    this.contenders = contenders;
    this.operations =
        Arrays.stream(Operation.values()).filter(op -> options.wants(op.option)).toList();
    for (int pass = 1; pass <= PASSES; pass++) {
      for (Operation operation : operations) {
        int least = pass == 1 && operation == operations.get(0) ? 4 : 2;
        for (Contender contender : able(operation, 0)) {
          warmUp(options, operation, contender, least);
        }
      }
    }
  }

  /** The JVM compiles what is used often: until it hardly does any more. */
  static void warmUp(Options options, Operation operation, Contender contender, int least)
      throws IOException {
    for (int window = 1; window <= (options.quick() ? 1 : MOST_WINDOWS); window++) {
      Proc before = contender.process();
      long cpu = before.cpuMicros();
      long compiling = before.compilerMicros();
      contender.load(operation, JUDGED, 0, options.nanos(2000));
      Proc after = contender.process();
      double share =
          (double) (after.compilerMicros() - compiling) / Math.max(after.cpuMicros() - cpu, 1);
      if (window >= least && share < COMPILING) {
        return;
      }
    }
  }

  @Override
  public void round(int round, Results results) throws IOException {
    for (Operation operation : operations) {
      for (int connections : CONNECTIONS) {
        List<Contender> able = able(operation, round);
        double slowest = Double.MAX_VALUE;
        for (Contender contender : able) {
          double rate = closed(operation, connections, contender, results);
          slowest = rate > 0 ? Math.min(slowest, rate) : slowest;
        }
        for (Contender contender : able) {
          open(operation, connections, contender, slowest / 2, results);
        }
      }
    }
    if (!operations.isEmpty()) {
      contenders.forEach(
          contender ->
              results.add(
                  new Results.Key("load", "", contender.name(), "rss"), contender.process().rss()));
    }
  }

  private List<Contender> able(Operation operation, int round) {
    List<Contender> able = new ArrayList<>(contenders);
    able.removeIf(contender -> !contender.does(operation));
    return Bench.inTurn(able, round);
  }

  private double closed(Operation operation, int connections, Contender contender, Results results)
      throws IOException {
    long before = contender.process().cpuMicros();
    Measured measured =
        contender.load(
            operation, connections, 0, options.nanos(connections == JUDGED ? 1800 : 500));
    long cpu = contender.process().cpuMicros() - before;
    add(results, operation, connections, contender, "cpu", perGood(cpu, measured));
    add(results, operation, connections, contender, "rate", measured.perSecond());
    add(results, operation, connections, contender, "rate bad", measured.badPart());
    return measured.perSecond();
  }

  private static double perGood(long cpu, Measured measured) {
    return measured.good() == 0 ? Double.NaN : (double) cpu / measured.good();
  }

  private void open(
      Operation operation, int connections, Contender contender, double rate, Results results)
      throws IOException {
    Measured measured = contender.load(operation, connections, rate, options.nanos(600));
    add(results, operation, connections, contender, "p50", measured.p50());
    add(results, operation, connections, contender, "p99", measured.p99());
    add(results, operation, connections, contender, "at", rate);
    add(results, operation, connections, contender, "p99 bad", measured.badPart());
  }

  private static void add(
      Results results,
      Operation operation,
      int connections,
      Contender contender,
      String figure,
      double value) {
    results.add(key(operation, connections, contender.name(), figure), value);
  }

  static Results.Key key(Operation operation, int connections, String contender, String figure) {
    return new Results.Key(operation.option, Integer.toString(connections), contender, figure);
  }
}
