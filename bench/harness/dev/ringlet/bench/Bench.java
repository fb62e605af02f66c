package dev.ringlet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** bench/run: all contenders in turns, round after round, into one report. */
final class Bench {
  /** A part of what is measured, of all contenders in each round. */
  interface Part {
    void round(int round, Results results) throws IOException;
  }

  private interface Maker {
    Part make() throws IOException;
  }

  private final Options options;
  private final List<Section> wanted;
  private final Results results = new Results();

  private Bench(Options options) {
    this.options = options;
    this.wanted = Section.wanted(options);
  }

  public static void main(String[] args) throws IOException {
    Instant begun = Instant.ofEpochSecond(Long.getLong("begun")); // by bench/run, before it built
    Machine machine = Machine.now(); // before there is any load of ours
    Options options = Options.parse(args);
    Bench bench = new Bench(options);
    System.err.println("At most " + Section.plan(bench.wanted));
    bench.run(begun);
    String took = Section.minutes(Duration.between(begun, Instant.now()).toSeconds());
    String report = new Report(options, machine, took, bench.results).text();
    Path file = Path.of(options.whole() ? "bench/RESULTS.md" : "bench/target/RESULTS.md");
    Files.writeString(file, report);
    System.out.println(report);
    System.err.println("Written to " + file);
  }

  private void run(Instant begun) throws IOException {
    Stage stage = new Stage();
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
    took(Section.STAGE, begun);
    Instant warming = Instant.now();
    WarmUp.of(options, callers, WarmUp.operations(options), Section.WARM_UP.seconds);
    took(Section.WARM_UP, warming);
    List<Contender> jvms = except(callers, List.of(Contender.NATIVE));
    List<Contender> bulk = except(contenders, Bulk.HAND_MADE);
    List<Contender> alone =
        bulk.stream().filter(one -> one.name().equals(Contender.RINGLET)).toList();
    section(stage, Section.REQUESTS, () -> new Requests(options, callers));
    section(stage, Section.ALLOCATION, () -> new Allocation(options, jvms));
    section(stage, Section.TABLES, () -> new Bulk(options, bulk, stage, Bulk.FEW));
    section(stage, Section.START, () -> new Starts(stage.port()));
    section(stage, Section.OVERLOAD, () -> new Overload(options, stage));
    section(stage, Section.LARGE_TABLE, () -> new Bulk(options, alone, stage, Bulk.many(options)));
  }

  private static List<Contender> except(List<Contender> contenders, List<String> names) {
    return contenders.stream().filter(contender -> !names.contains(contender.name())).toList();
  }

  /** Round after round, while another one is likely to end in the time that the section has. */
  private void section(Stage stage, Section section, Maker maker) throws IOException {
    if (!wanted.contains(section)) {
      return;
    }
    Instant begun = Instant.now();
    Instant end = begun.plusNanos(options.nanos(section.seconds * 1000L));
    Part part = maker.make();
    Duration longest = Duration.ZERO;
    for (int round = 0; round < options.rounds(section); round++) {
      Instant start = Instant.now();
      if (round > 0 && options.rounds() == 0 && start.plus(longest).isAfter(end)) {
        break;
      }
      stage.awaitQuiet();
      round(section, part, round);
      Duration took = Duration.between(start, Instant.now());
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    took(section, begun);
  }

  private void round(Section section, Part part, int round) throws IOException {
    ProcessorTime before = ProcessorTime.now();
    part.round(round, results);
    results.add(section.key("stolen"), ProcessorTime.now().stolenSince(before));
    results.add(section.key("load"), Machine.loadNow());
  }

  private void took(Section section, Instant since) {
    long seconds = Duration.between(since, Instant.now()).toSeconds();
    results.add(section.key("seconds"), (double) seconds);
    System.err.printf("%s: %d of %d s%n", section.title, seconds, section.seconds);
  }

  /** There and back, so that neighbours stay neighbours, and who is the last is the next first. */
  static <T> List<T> inTurn(List<T> all, int round) {
    List<T> turned = new ArrayList<>(all);
    if (round % 2 == 1) {
      Collections.reverse(turned);
    }
    return turned;
  }
}
