package dev.ringlet.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** From exec to the first answer, and the memory at that moment. */
final class Starts implements Bench.Part {
  private final int cassandraPort;

  Starts(int cassandraPort) {
    this.cassandraPort = cassandraPort;
  }

  @Override
  public void round(int round, Results results) throws IOException {
    for (Server server : Bench.inTurn(Server.all(), round)) {
      start(server, results);
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

  static Table table(Results results) {
    Table table =
        new Table(
            "Starting",
            List.of(
                "",
                "exec → listening, ms",
                "exec → first row, ms",
                "RSS at first row, MB",
                "RSS after load, MB"));
    for (String name : results.contenders(Options.START)) {
      table.add(
          Stream.concat(
              Stream.of(name),
              Stream.of(
                      key(name, "listening"),
                      key(name, "row"),
                      key(name, "rss"),
                      Requests.loaded(name))
                  .map(key -> results.spread(key).toString())));
    }
    return table;
  }
}
