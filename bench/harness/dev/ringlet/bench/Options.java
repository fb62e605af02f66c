package dev.ringlet.bench;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What bench/run and bench/profile were asked for.
 *
 * @param quick a try: two rounds of slices so short that the figures say little
 * @param rounds of each section; 0 is as many as it has time for
 * @param only what to measure; empty is all
 * @param contender of bench/profile
 */
record Options(boolean quick, int rounds, Set<String> only, String contender) {
  static final String ALLOCATION = "allocation";
  static final String START = "start";
  static final String OVERLOAD = "overload";
  static final String EXPORT = "export";
  static final String INGEST = "ingest";

  private static final Set<String> PARTS =
      Stream.concat(
              Arrays.stream(Operation.values()).map(operation -> operation.option),
              Stream.of(ALLOCATION, EXPORT, INGEST, START, OVERLOAD))
          .collect(Collectors.toCollection(TreeSet::new));

  /**
   * @throws IllegalArgumentException that says what is wrong
   */
  static Options parse(String[] args) {
    boolean quick = false;
    int rounds = 0;
    Set<String> only = Set.of();
    String contender = Contender.RINGLET;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.replaceAll("=.*", "")) {
        case "--quick" -> quick = true;
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--only" -> only = parts(value);
        case "--contender" -> contender = value;
        default -> throw new IllegalArgumentException("unknown option " + arg);
      }
    }
    return new Options(quick, rounds, only, contender);
  }

  private static Set<String> parts(String list) {
    Set<String> parts = new TreeSet<>(Arrays.asList(list.split(",", -1)));
    if (!PARTS.containsAll(parts)) {
      throw new IllegalArgumentException("--only takes " + String.join(",", PARTS));
    }
    return parts;
  }

  /** Whether the results are worth keeping. */
  boolean whole() {
    return !quick && only.isEmpty() && rounds == 0;
  }

  boolean wants(String part) {
    return only.isEmpty() || only.contains(part);
  }

  /** At most. */
  int rounds(Section section) {
    return rounds > 0 ? rounds : quick ? Math.min(2, section.rounds) : section.rounds;
  }

  long nanos(long millis) {
    return (quick ? millis / 4 : millis) * 1_000_000;
  }
}
