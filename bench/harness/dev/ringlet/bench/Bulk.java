package dev.ringlet.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Whole tables in and out. Each contender writes the same rows again, and reads them. */
final class Bulk implements Bench.Part {
  /** They have no such thing: the driver alone is the measure. */
  static final List<String> HAND_MADE =
      List.of(Contender.CONSTANT, Contender.HANDWRITTEN, Contender.MAPPER);

  /** In turns, again and again for so long. */
  static final int FEW = 10_000;

  private static final long SLICE_MILLIS = 1000;

  private final Options options;
  private final List<Contender> contenders;
  private final int size;

  Bulk(Options options, List<Contender> contenders, Stage stage, int size) throws IOException {
    this.options = options;
    this.contenders = contenders;
    this.size = size;
    stage.create(table());
    if (!options.wants(Options.INGEST)) {
      stage.driver().ingest(table(), size);
    }
  }

  /** Memory must not grow with them. */
  static int many(Options options) {
    return options.quick() ? 100_000 : 1_000_000;
  }

  @Override
  public void round(int round, Results results) throws IOException {
    if (options.wants(Options.INGEST)) {
      for (Contender contender : Bench.inTurn(contenders, round)) {
        measure(Options.INGEST, contender, results, () -> contender.ingest(table(), size));
      }
    }
    if (options.wants(Options.EXPORT)) {
      for (Contender contender : Bench.inTurn(contenders, round)) {
        measure(Options.EXPORT, contender, results, () -> contender.export(table()));
      }
    }
  }

  private interface Work {
    long rows() throws IOException;
  }

  private void measure(String what, Contender contender, Results results, Work work)
      throws IOException {
    Proc process = contender.process();
    process.forgetPeak();
    long cpu = process.cpuMicros();
    long start = System.nanoTime();
    long rows = 0;
    do {
      long found = work.rows();
      if (found != size) {
        throw new IOException(
            "%s of %d rows by %s came to %d".formatted(what, size, contender.name(), found));
      }
      rows += found;
    } while (System.nanoTime() - start < options.nanos(SLICE_MILLIS));
    double seconds = (System.nanoTime() - start) / 1e9;
    Results.Key rate = key(what, size, contender.name(), "rate");
    results.add(rate, rows / seconds);
    results.add(rate.of("rss"), process.peak());
    results.add(rate.of("cpu"), (double) (process.cpuMicros() - cpu) / rows);
  }

  static Results.Key key(String what, int size, String contender, String figure) {
    return new Results.Key(what, Integer.toString(size), contender, figure);
  }

  static Table table(Results results) {
    Table table =
        new Table(
            "Whole tables",
            List.of(
                "", "rows", "", "rows a second", "÷ bare driver", "CPU, µs a row", "peak RSS, MB"));
    for (String what : List.of(Options.EXPORT, Options.INGEST)) {
      for (String size : results.sizes(what)) {
        for (String name : results.contenders(what)) {
          Results.Key rate = new Results.Key(what, size, name, "rate");
          if (results.has(rate)) {
            table.add(
                Stream.concat(
                    Stream.of(what, size, name),
                    Stream.of(
                            results.spread(rate),
                            results.ratio(rate, rate.by(Contender.BARE_DRIVER)),
                            results.spread(rate.of("cpu")),
                            results.spread(rate.of("rss")))
                        .map(Spread::toString)));
          }
        }
      }
    }
    return table;
  }

  private String table() {
    return "rows_" + size;
  }
}
