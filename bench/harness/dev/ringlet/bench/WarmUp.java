package dev.ringlet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The JVM compiles what is used often, and what it compiled for one operation alone anew for
 * several: all are loaded in turns until none hardly compiles any more.
 */
final class WarmUp {
  private static final int LEAST_ROUNDS = 2;

  /** Of a contender in a round, for all that it does. */
  private static final long MILLIS = 3000;

  /** How much of the processor time may still go into compiling. */
  private static final double COMPILING = 0.03;

  private WarmUp() {}

  /** No longer than so many seconds. */
  static void of(
      Options options, List<Contender> contenders, List<Operation> operations, int seconds)
      throws IOException {
    long end = System.nanoTime() + options.nanos(seconds * 1000L);
    double compiling = 1;
    for (int round = 0;
        round < LEAST_ROUNDS || (compiling > COMPILING && System.nanoTime() < end);
        round++) {
      compiling = 0;
      for (Contender contender : Bench.inTurn(contenders, round)) {
        compiling = Math.max(compiling, load(options, contender, operations));
      }
    }
  }

  /** Says how much of the processor time went into compiling. */
  private static double load(Options options, Contender contender, List<Operation> operations)
      throws IOException {
    Proc before = contender.process();
    long cpu = before.cpuMicros();
    long compiling = before.compilerMicros();
    List<Operation> able = operations.stream().filter(contender::does).toList();
    for (Operation operation : able) {
      long nanos = options.nanos(MILLIS) / able.size();
      contender.load(operation, connections(operation), 0, nanos);
    }
    Proc after = contender.process();
    return (double) (after.compilerMicros() - compiling) / Math.max(after.cpuMicros() - cpu, 1);
  }

  private static int connections(Operation operation) {
    return Collections.max(Requests.connections(operation));
  }

  /** All that will be asked for. */
  static List<Operation> operations(Options options) {
    return Arrays.stream(Operation.values())
        .filter(operation -> options.wants(operation.option) || options.wants(Options.ALLOCATION))
        .toList();
  }
}
