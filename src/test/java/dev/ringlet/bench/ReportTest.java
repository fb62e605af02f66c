package dev.ringlet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Machine MACHINE =
      new Machine("2026-11-28 23:00 UTC", "c72c922a3c", "A CPU", 2, "23 GiB", "Linux 6", "1 2 3");

  private static final Results.Key GET =
      Requests.key(Operation.GET, Requests.JUDGED, Contender.RINGLET, "cpu");

  private final Results results = new Results();

  private void add(Results.Key key, double... rounds) {
    Arrays.stream(rounds).forEach(figure -> results.add(key, figure));
  }

  @Test
  void aWholeRunTakesHalfAnHourAtMost() {
    assertTrue(Arrays.stream(Section.values()).mapToInt(section -> section.seconds).sum() <= 1800);
    assertEquals(
        "building and starting 90 s + warming up 270 s + starts 80 s = 7 min 20 s",
        Section.plan(Section.wanted(Options.parse(new String[] {"--only=start"}))));
  }

  @Test
  void neighboursStayNeighboursInAllTurns() {
    assertEquals(List.of("A", "B", "C"), Bench.inTurn(List.of("A", "B", "C"), 0));
    assertEquals(List.of("C", "B", "A"), Bench.inTurn(List.of("A", "B", "C"), 1));
  }

  /** As where the second half of an hour is ten times slower: the ratio of the medians is 0.1. */
  @Test
  void aRatioIsOfTwoFiguresOfTheSameRound() {
    add(GET, 5, 6, 50, 60, 70);
    add(GET.by(Contender.HANDWRITTEN), 10, 10, 100, 100, 100);
    add(GET.by(Contender.CONSTANT), 10, 20, 100, 200);
    assertEquals("0.60 [0.50..0.60]", results.ratio(GET, GET.by(Contender.HANDWRITTEN)).toString());
    assertEquals(
        "0.25 [0.20..0.25]",
        results.ratio(GET, GET.by(Contender.HANDWRITTEN), GET.by(Contender.CONSTANT)).toString());
  }

  @Test
  void aSpreadHasTheMiddleHalf() {
    assertEquals("2.50 [1.00..4.00]", Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).toString());
    assertEquals("3.00 [2.00..4.00]", Spread.of(List.of(5.0, 4.0, 1.0, 2.0, 3.0)).toString());
    assertEquals("–", Spread.of(List.of()).toString());
  }

  @Test
  void stolenIsAPartOfAllTimeThatPassed() {
    ProcessorTime before = ProcessorTime.of("cpu  10 20 30 40 50 60 70 80 7 8");
    ProcessorTime after = ProcessorTime.of("cpu  60 20 30 65 50 60 70 105 9 9");
    assertEquals(25.0, after.stolenSince(before));
  }

  @Test
  void stolenTimeIsBesideTheFigures() {
    add(GET, 60, 30, 33);
    add(GET.by(Contender.HANDWRITTEN), 100, 50, 50);
    add(Requests.loaded(Contender.RINGLET), 171, 172, 173);
    add(Requests.loaded(Contender.HANDWRITTEN), 201, 202, 203);
    add(Section.REQUESTS.key("stolen"), 1, 2, 30);
    add(Section.REQUESTS.key("load"), 3, 3, 4);
    add(Section.REQUESTS.key("seconds"), 580);
    Options options = Options.parse(new String[] {"--only=get"});
    String text = new Report(options, MACHINE, "14 min 2 s", results).text();
    assertHas(
        text,
        """
        - 2026-11-28 23:00 UTC, commit c72c922a3c, in 14 min 2 s
        - A CPU, 2 cores, 23 GiB, Linux 6; load before: 1 2 3
        """);
    assertHas(text, "| requests | 3 | 600 | 580 | 2.00 [1.00..30.0] | 3.00 [3.00..4.00] |\n");
    assertHas(
        text,
        """
        | goal |  | found | verdict | stolen meanwhile, % |
        |---|---|---|---|---|
        | GET one row by key, 32 connections: CPU a request ÷ hand-written | at most 0.60 | 0.60 [0.60..0.66] | met | 2.00 [1.00..30.0] |
        | PUT one row, 32 connections: CPU a request ÷ hand-written | at most 0.70 | – | not measured | 2.00 [1.00..30.0] |
        """);
    assertHas(
        text,
        """
        ## CPU a request ÷ that of the hand-written endpoint

        requests: rounds 3, stolen 2.00 [1.00..30.0] %, load 3.00 [3.00..4.00]

        |  | connections | hand-written | Ringlet |
        |---|---|---|---|
        | GET one row by key | 32 | 1 = 50.0 µs | 0.60 [0.60..0.66] |
        """);
    assertEquals(-1, text.indexOf("native"), "judged where there is a binary");
  }

  @Test
  void memoryOfManyRowsIsBesideThatOfFew() {
    for (String what : List.of(Options.EXPORT, Options.INGEST)) {
      add(Bulk.key(what, 10_000, Contender.RINGLET, "rss"), 90, 100, 110);
      add(Bulk.key(what, 1_000_000, Contender.RINGLET, "rss"), 120);
    }
    add(Section.LARGE_TABLE.key("stolen"), 7);
    assertHas(
        Goals.of(results).text(""),
        "| ingest: peak RSS with 1,000,000 rows ÷ with 10,000 | at most 1.10 | 1.20 [1.20..1.20]"
            + " | **missed by 9.09 %** | 7.00 [7.00..7.00] |\n");
  }

  @Test
  void aBinaryIsJudgedWhereThereIsOne() {
    add(GET.of("rate"), 1000, 2000);
    add(GET.by(Contender.NATIVE).of("rate"), 800, 1400);
    add(Starts.key(Contender.NATIVE, "row"), 45);
    add(Starts.key(Contender.NATIVE, "listening"), 22);
    String goals = Goals.of(results).text("");
    assertHas(goals, "÷ those of the JVM | at least 0.70 | 0.75 [0.70..0.80] | met | – |\n");
    assertHas(
        goals,
        "| native: ms from exec to the first row | at most 50.0 | 45.0 [45.0..45.0] | met |");
    assertHas(
        goals, "| native: ms from exec to listening | at most 20.0 | 22.0 [22.0..22.0] | **missed");
  }

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), () -> part + "\nis not in\n" + text);
  }
}
