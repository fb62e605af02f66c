package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int FAST = 1;
  private static final int SLOW = 2;

  private InFlightLimit limit = new InFlightLimit(100, 50, 200);
  private long now = System.nanoTime();
  private final Queue<Long> underWay = new ArrayDeque<>();

  private void begin(int requests) {
    for (int i = 0; i < requests; i++) {
      assertTrue(limit.begin());
    }
  }

  /** So many windows full of such answers, to all that are under way again and again. */
  private void answers(int windows, int statement, long millis) {
    for (int i = 0; i < windows * 10; i++) {
      now += 10 * MILLI;
      for (long answer = 0; answer < Math.max(1, limit.inFlight() * 10L / millis); answer++) {
        limit.answered(statement, millis * MILLI, now);
      }
    }
  }

  /**
   * So many clients that ask again at once, and a Cassandra that does so many a millisecond, each
   * in so many milliseconds or more.
   */
  private void load(int clients, int perMilli, long fastest, int millis) {
    for (int i = 0; i < millis; i++) {
      now += MILLI;
      for (int done = 0;
          done < perMilli && !underWay.isEmpty() && now - underWay.peek() >= fastest * MILLI;
          done++) {
        limit.end();
        limit.answered(FAST, now - underWay.remove(), now);
      }
      while (underWay.size() < clients && limit.begin()) {
        underWay.add(now);
      }
    }
  }

  @Test
  void noMoreBeginThanAreAllowed() {
    begin(100);
    assertFalse(limit.begin());
    assertEquals(100, limit.inFlight());
    limit.end();
    assertTrue(limit.begin());
  }

  @Test
  void itStaysWhileNothingIsWanted() {
    answers(50, FAST, 1);
    assertEquals(100, limit.limit());
  }

  @Test
  void itRisesUpToTheMostWhileAnswersAreAsFastAsUsual() {
    answers(5, FAST, 1);
    begin(100);
    answers(1, FAST, 2);
    assertTrue(limit.limit() > 100);
    answers(50, FAST, 2);
    assertEquals(200, limit.limit());
  }

  @Test
  void waitsOfAFewMillisecondsAreNoHarm() {
    answers(5, FAST, 1);
    begin(100);
    answers(50, FAST, 4);
    assertEquals(200, limit.limit());
  }

  @Test
  void itFallsByAsMuchAsAnswersTakeTooLongButByHalfAtMost() {
    limit = new InFlightLimit(168, 8, 200);
    answers(5, FAST, 1);
    begin(100);
    answers(1, FAST, 8); // the first ends the window before
    assertEquals(184, limit.limit());
    answers(1, FAST, 8); // where 5 are good
    assertEquals(115, limit.limit());
    answers(1, FAST, 40);
    assertEquals(72, limit.limit());
    answers(1, FAST, 40);
    assertEquals(36, limit.limit());
  }

  @Test
  void whatHadBegunBeforeItFellDoesNotLowerItAgain() {
    limit = new InFlightLimit(256, 8, 256);
    load(3, 4, 60, 2000);
    load(256, 4, 60, 2000);
    assertEquals(256, limit.limit());
    for (int i = 0; i < 50; i++) {
      load(256, 1, 60, 100); // 180 under way take three times as long as usual
      assertTrue(limit.limit() > 120, "" + limit.limit());
    }
    assertTrue(limit.limit() < 240, "" + limit.limit());
  }

  @Test
  void itStaysLowWhileItsOwnLoadIsTooMuch() {
    limit = new InFlightLimit(128, 8, 256);
    load(3, 4, 1, 2000);
    load(256, 1, 1, 2000);
    for (int i = 0; i < 60; i++) {
      load(256, 1, 1, 1000);
      assertTrue(limit.limit() < 3 * 8, "" + limit.limit());
    }
  }

  @Test
  void itFallsDownToTheLeastWhileAnswersAreSlow() {
    answers(5, FAST, 1);
    begin(100);
    answers(50, FAST, 10);
    assertEquals(50, limit.limit());
  }

  @Test
  void aStatementThatIsSlowByNatureIsNoSignOfLoad() {
    answers(5, FAST, 1);
    answers(5, SLOW, 100);
    begin(100);
    for (int i = 0; i < 20; i++) {
      answers(1, FAST, 1);
      answers(1, SLOW, 100);
    }
    assertEquals(200, limit.limit());
  }

  @Test
  void itRisesAgainWhenCassandraRecovers() {
    answers(5, FAST, 1);
    begin(60);
    answers(50, FAST, 20);
    assertEquals(50, limit.limit());
    answers(50, FAST, 1);
    assertTrue(limit.limit() >= 2 * 60, limit.limit() + " for 60 in flight");
  }

  /** Each answered once, after those before. */
  private void manyStatements() {
    for (int statement = 0; statement < 3000; statement++) {
      now += MILLI;
      limit.answered(1000 + statement, MILLI, now);
      limit.answered(FAST, MILLI, now);
    }
  }

  @Test
  void itRisesAgainHoweverManyStatementsThereWere() {
    manyStatements();
    begin(60);
    for (int i = 0; i < 30; i++) {
      now += 100 * MILLI;
      limit.notAnswered(now);
    }
    assertEquals(50, limit.limit());
    answers(50, SLOW, 1); // which it has not seen before
    assertTrue(limit.limit() >= 2 * 60, limit.limit() + " for 60 in flight");
  }

  @Test
  void amongManyStatementsThoseInUseAreKnown() {
    manyStatements();
    begin(100);
    answers(50, FAST, 50);
    assertEquals(50, limit.limit());
  }

  @Test
  void whatIsUsualIsLearntAnewWhileThereIsLittleLoad() {
    answers(5, FAST, 1);
    answers(100, FAST, 8); // the table has grown
    begin(100);
    answers(30, FAST, 8);
    assertEquals(200, limit.limit());
  }

  @Test
  void whatTakesLongUnderLoadIsNotUsualHoweverFarTheLimit() {
    limit = new InFlightLimit(128, 8, 256);
    answers(5, FAST, 1);
    begin(32);
    answers(300, FAST, 20);
    begin(96);
    answers(50, FAST, 50);
    assertEquals(8, limit.limit());
  }

  @Test
  void underTheLeastLimitWhatIsUsualIsLearntAnew() {
    whatTakesLongUnderLoadIsNotUsualHoweverFarTheLimit();
    for (int i = 0; i < 120; i++) {
      limit.end();
    }
    answers(30, FAST, 50);
    assertEquals(8, limit.limit());
    answers(150, FAST, 50);
    assertTrue(limit.limit() > 8);
  }

  @Test
  void underTheLeastLimitWhatTakesLongIsLearntAsFast() {
    limit = new InFlightLimit(8, 8, 256);
    load(3, 4, 1, 2000);
    load(256, 4, 500, 30_000);
    assertTrue(limit.limit() > 40, "" + limit.limit());
  }

  @Test
  void statementsWithoutAnswerLowerIt() {
    begin(100);
    for (int i = 0; i < 30; i++) {
      now += 100 * MILLI;
      limit.notAnswered(now);
    }
    assertEquals(50, limit.limit());
  }

  private void answersComparedWithNothing(int answers) {
    for (int i = 0; i < answers; i++) {
      now += 10 * MILLI;
      limit.answered(now);
    }
  }

  private void mixed(int answered, int notAnswered) {
    begin(100);
    for (int i = 0; i < 50; i++) {
      answersComparedWithNothing(answered);
      for (int row = 0; row < notAnswered; row++) {
        limit.notAnswered(now);
      }
    }
  }

  /** As the rows of arrays while nothing else is asked. */
  @Test
  void itRisesAgainByAnswersThatAreComparedWithNothing() {
    statementsWithoutAnswerLowerIt();
    answersComparedWithNothing(100);
    assertTrue(limit.limit() > 100, "" + limit.limit());
  }

  @Test
  void itFallsWhereAsManyAreNotAnsweredAsAre() {
    mixed(5, 5);
    assertEquals(50, limit.limit());
  }

  @Test
  void itRisesWhereFewAreNotAnswered() {
    mixed(10, 1);
    assertEquals(200, limit.limit());
  }

  /** A Cassandra that is too slow answers seldom. */
  @Test
  void soLongAsSomeAreComparedTheOthersSayNothing() {
    answers(5, FAST, 1);
    begin(100);
    for (int i = 0; i < 5; i++) {
      answersComparedWithNothing(300);
      limit.answered(FAST, 3000 * MILLI, now);
      limit.answered(FAST, 3000 * MILLI, now + 101 * MILLI);
    }
    assertTrue(limit.limit() <= 100, "" + limit.limit());
    answersComparedWithNothing(1000);
    assertEquals(200, limit.limit());
  }

  @Test
  void someThatWereHeldUpChangeNothing() {
    answers(5, FAST, 1);
    begin(100);
    for (int i = 0; i < 2000; i++) {
      now += MILLI;
      limit.answered(FAST, (i % 10 == 0 ? 200 : 1) * MILLI, now);
    }
    assertEquals(200, limit.limit());
  }
}
