package dev.ringlet.bench;

import java.io.IOException;
import java.util.List;

/** From exec to the first answer, and the memory at that moment. */
final class Starts implements Bench.Part {
  private final Options options;
  private final int cassandraPort;

  Starts(Options options, int cassandraPort) {
    this.options = options;
    this.cassandraPort = cassandraPort;
  }

  @Override
  public void round(int round, Results results) throws IOException {
    if (options.wants(Options.START)) {
      for (Server server : Bench.inTurn(Server.all(), round)) {
        start(server, results);
      }
    }
  }

  private void start(Server server, Results results) throws IOException {
    try (HttpContender contender = new HttpContender(server, cassandraPort, List.of())) {
      contender.awaitListening();
      results.add(key(server.name(), "listening"), contender.age());
      contender.awaitRow();
      results.add(key(server.name(), "row"), contender.age());
      results.add(key(server.name(), "rss"), contender.process().rss());
    }
  }

  static Results.Key key(String contender, String figure) {
    return new Results.Key(Options.START, "", contender, figure);
  }
}
