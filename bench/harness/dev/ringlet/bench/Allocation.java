package dev.ringlet.bench;

import java.io.IOException;
import java.util.List;

/**
 * What an answer costs the heap: the bytes of the objects that are made for a request, or for a row
 * of an export. One request after the other, as what several share is no figure of one.
 */
final class Allocation implements Bench.Part {
  static final String REFUSAL = "refusal";

  private final Options options;
  private final List<Contender> contenders;

  /** What the JVM has compiled makes fewer objects: of contenders that are warm. */
  Allocation(Options options, List<Contender> contenders) {
    this.options = options;
    this.contenders = contenders;
  }

  @Override
  public void round(int round, Results results) throws IOException {
    long nanos = options.nanos(500);
    for (Contender contender : Bench.inTurn(contenders, round)) {
      for (Operation operation : Operation.values()) {
        if (contender.does(operation)) {
          add(results, operation.option, contender, ofRequest(contender, operation, nanos));
        }
      }
      if (contender.name().equals(Contender.RINGLET)) {
        add(results, REFUSAL, contender, ofRefusal((HttpContender) contender, nanos));
        add(results, Options.EXPORT, contender, ofExportedRow(contender));
      }
    }
  }

  static double ofRequest(Contender contender, Operation operation, long nanos) throws IOException {
    try (AllocatedBytes allocated = new AllocatedBytes(contender.process().pid())) {
      long requests = contender.load(operation, 1, 0, nanos).good();
      return (double) allocated.next() / requests;
    }
  }

  static double ofRefusal(HttpContender ringlet, long nanos) throws IOException {
    try (AllocatedBytes allocated = new AllocatedBytes(ringlet.process().pid())) {
      long requests = ringlet.refused(nanos).failed();
      return (double) allocated.next() / requests;
    }
  }

  static double ofExportedRow(Contender contender) throws IOException {
    try (AllocatedBytes allocated = new AllocatedBytes(contender.process().pid())) {
      long rows = contender.export("items");
      return (double) allocated.next() / rows;
    }
  }

  private static void add(
      Results results, String operation, Contender contender, double bytesOfOne) {
    results.add(key(operation, contender.name()), bytesOfOne);
  }

  static Results.Key key(String operation, String contender) {
    return new Results.Key(Options.ALLOCATION, operation, contender, "bytes");
  }
}
