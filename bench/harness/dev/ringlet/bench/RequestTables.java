package dev.ringlet.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What {@link Requests} and {@link Allocation} found, a column for each contender. */
record RequestTables(Results results) {
  /** Of the CPU a request, the figure that a busy machine disturbs least. */
  Table ratios() {
    return table("CPU a request ÷ that of the hand-written endpoint", "cpu", this::ratio);
  }

  Table figures(String title, String figure) {
    return table(title, figure, key -> results.spread(key) + failures(key));
  }

  private Table table(String title, String figure, Function<Results.Key, String> cell) {
    Table table = new Table(title, header("", "connections"));
    for (Operation operation : Operation.values()) {
      for (int connections : Requests.connections(operation)) {
        Results.Key base = Requests.key(operation, connections, Contender.HANDWRITTEN, figure);
        if (results.has(base)) {
          table.add(
              Stream.concat(
                  Stream.of(operation.title, Integer.toString(connections)),
                  contenders().map(base::by).map(cell)));
        }
      }
    }
    return table;
  }

  private String ratio(Results.Key key) {
    Results.Key base = key.by(Contender.HANDWRITTEN);
    return key.equals(base)
        ? "1 = %s µs".formatted(results.spread(base).brief())
        : results.ratio(key, base).toString();
  }

  /** Says so where not everything that was due had a good answer. */
  private String failures(Results.Key key) {
    double bad =
        results.of(key.of(key.figure() + " bad")).stream()
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    return bad > 0 ? " (up to %s %% not answered)".formatted(Spread.number(bad * 100)) : "";
  }

  Table allocation() {
    Table table = new Table("Bytes allocated a request; of an export, a row", header(""));
    for (String operation : results.sizes(Options.ALLOCATION)) {
      table.add(
          Stream.concat(
              Stream.of(operation),
              contenders()
                  .map(name -> Allocation.key(operation, name))
                  .map(key -> results.spread(key).toString())));
    }
    return table;
  }

  private List<String> header(String... first) {
    return Stream.concat(Stream.of(first), contenders()).toList();
  }

  /** Who takes part, in one order in all tables. */
  private Stream<String> contenders() {
    Set<String> measured = new HashSet<>(results.contenders("load"));
    measured.addAll(results.contenders(Options.ALLOCATION));
    return Stream.of(
            Contender.BARE_DRIVER,
            Contender.CONSTANT,
            Contender.HANDWRITTEN,
            Contender.MAPPER,
            Contender.RINGLET,
            Contender.NATIVE,
            Contender.TOKEN,
            Contender.NEW_TOKENS)
        .filter(measured::contains);
  }
}
