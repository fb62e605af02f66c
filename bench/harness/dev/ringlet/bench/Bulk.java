package dev.ringlet.bench;

import java.io.IOException;
import java.util.List;

/** Whole tables in and out. Each contender writes the same rows again, and reads them. */
final class Bulk implements Bench.Part {
  /** They have no such thing: the driver alone is the measure. */
  private static final List<String> HAND_MADE =
      List.of(Contender.CONSTANT, Contender.HANDWRITTEN, Contender.MAPPER);

  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

  private final Options options;
  private final List<Contender> contenders;
  private final List<Integer> sizes;

  Bulk(Options options, List<Contender> contenders, Stage stage) throws IOException {
    this.options = options;
    this.contenders =
        contenders.stream().filter(contender -> !HAND_MADE.contains(contender.name())).toList();
    boolean wanted = options.wants(Options.EXPORT) || options.wants(Options.INGEST);
    this.sizes = !wanted ? List.of() : options.quick() ? SIZES.subList(0, 1) : SIZES;
    for (int size : sizes) {
      stage.create(table(size));
      if (!options.wants(Options.INGEST)) {
        stage.driver().ingest(table(size), size);
      }
    }
    if (wanted) {
      warmUp(sizes.get(0));
    }
  }

  private void warmUp(int size) throws IOException {
    for (Contender contender : contenders) {
      for (int i = 0; i < (options.quick() ? 1 : 5); i++) {
        contender.ingest(table(size), size);
        contender.export(table(size));
      }
    }
  }

  @Override
  public void round(int round, Results results) throws IOException {
    for (int size : sizes) {
      for (Contender contender : Bench.inTurn(contenders, round)) {
        if (options.wants(Options.INGEST)) {
          measure(
              Options.INGEST, size, contender, results, () -> contender.ingest(table(size), size));
        }
      }
      for (Contender contender : Bench.inTurn(contenders, round)) {
        if (options.wants(Options.EXPORT)) {
          measure(Options.EXPORT, size, contender, results, () -> contender.export(table(size)));
        }
      }
    }
  }

  private interface Work {
    long rows() throws IOException;
  }

  private static void measure(
      String what, int size, Contender contender, Results results, Work work) throws IOException {
    Proc process = contender.process();
    process.forgetPeak();
    long cpu = process.cpuMicros();
    long start = System.nanoTime();
    long rows = work.rows();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (rows != size) {
      throw new IOException(
          "%s of %d rows by %s came to %d".formatted(what, size, contender.name(), rows));
    }
    results.add(key(what, size, contender.name(), "rate"), rows / seconds);
    results.add(key(what, size, contender.name(), "rss"), process.peak());
    results.add(
        key(what, size, contender.name(), "cpu"), (double) (process.cpuMicros() - cpu) / rows);
  }

  static Results.Key key(String what, int size, String contender, String figure) {
    return new Results.Key(what, Integer.toString(size), contender, figure);
  }

  private static String table(int size) {
    return "rows_" + size;
  }
}
