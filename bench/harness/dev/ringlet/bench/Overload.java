package dev.ringlet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * GET by key in the open model, from half of what a contender can do to four times as much, over so
 * many connections that the server has to choose. Ringlet has its own settings here.
 */
final class Overload implements Bench.Part {
  static final List<Double> FACTORS = List.of(0.5, 1.0, 1.5, 2.0, 3.0, 4.0);
  static final int CONNECTIONS = 1024;

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
      Requests.warmUp(options, Operation.GET, contender, 4);
    }
  }

  @Override
  public void round(int round, Results results) throws IOException {
    for (Contender contender : Bench.inTurn(contenders, round)) {
      Measured able = contender.load(Operation.GET, 128, 0, options.nanos(1500));
      double capacity = able.perSecond();
      results.add(key("", contender, "capacity"), capacity);
      for (double factor : FACTORS) {
        Measured measured =
            contender.load(Operation.GET, CONNECTIONS, capacity * factor, options.nanos(2000));
        String size = Double.toString(factor);
        results.add(key(size, contender, "goodput"), measured.perSecond() / capacity);
        results.add(key(size, contender, "shed"), measured.shed() / measured.seconds() / capacity);
        results.add(key(size, contender, "p50"), measured.p50());
        results.add(key(size, contender, "p99"), measured.p99());
        double lost = measured.unsent() + measured.failed();
        results.add(key(size, contender, "lost"), lost / measured.seconds() / capacity);
      }
    }
  }

  private static Results.Key key(String size, Contender contender, String figure) {
    return key(size, contender.name(), figure);
  }

  static Results.Key key(String size, String contender, String figure) {
    return new Results.Key(Options.OVERLOAD, size, contender, figure);
  }
}
