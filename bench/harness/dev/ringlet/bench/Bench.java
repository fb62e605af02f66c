package dev.ringlet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** bench/run: all contenders in turn, round after round, into one report. */
final class Bench {
  /** A part of what is measured, once in each round. */
  interface Part {
    void round(int round, Results results) throws IOException;
  }

  private Bench() {}

  public static void main(String[] args) throws IOException {
    Options options = Options.parse(args);
    Machine machine = Machine.now(); // before there is any load of ours
    long start = System.nanoTime();
    Results results = new Results();
    Stage stage = new Stage();
    List<Part> parts = parts(options, stage);
    for (int round = 0; round < options.rounds(); round++) {
      for (Part part : parts) {
        stage.awaitQuiet();
        part.round(round, results);
      }
      System.err.printf("round %d of %d after %s%n", round + 1, options.rounds(), since(start));
    }
    String report = new Report(options, machine, since(start), results).text();
    Path file = Path.of(options.whole() ? "bench/RESULTS.md" : "bench/target/RESULTS.md");
    Files.writeString(file, report);
    System.out.println(report);
    System.err.println("Written to " + file);
  }

  private static List<Part> parts(Options options, Stage stage) throws IOException {
    List<Contender> contenders = new ArrayList<>(List.of(stage.driver()));
    for (Server server : Server.all()) {
      contenders.add(stage.start(server.with(Stage.ROOM), List.of()));
    }
    List<Contender> callers = new ArrayList<>(contenders);
    if (options.wants(Operation.GET.option)) {
      for (Server server : Server.authenticated()) {
        callers.add(stage.start(server.with(Stage.ROOM), List.of()));
      }
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Requests(options, callers));
    parts.add(new Allocation(options, callers));
    parts.add(new Bulk(options, contenders, stage));
    parts.add(new Starts(options, stage.port()));
    parts.add(new Overload(options, stage));
    return parts;
  }

  /** From another place each round, so that nobody is always the first after somebody. */
  static <T> List<T> inTurn(List<T> all, int round) {
    List<T> turned = new ArrayList<>(all);
    Collections.rotate(turned, -round);
    return turned;
  }

  private static String since(long start) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    return "%d min %d s".formatted(seconds / 60, seconds % 60);
  }
}
