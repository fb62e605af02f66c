package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.protocol.internal.ProtocolConstants.ConsistencyLevel;
import com.datastax.oss.protocol.internal.response.error.Unavailable;
import dev.ringlet.local.FaultyProxy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of three nodes does not answer any more, though its connection is open. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class SilentNodeTest {
  private static final int REQUESTS = 12;
  private static final int DEADLINE_SECONDS = 2;
  private static final int DEADLINE_MILLIS = 1000 * DEADLINE_SECONDS;

  /** Then the driver asks another node. */
  private static final int SPECULATION_MILLIS = 500;

  /** What other requests take at most, if the machine does not stand still. */
  private static final int PROMPT_MILLIS = 400;

  private static final int ROUNDS = 3;

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
    FakeCassandra.awaitAllAsked();
    FakeCassandra.clear();
  }

  private static FaultyProxy first() {
    return FakeCassandra.proxies().get(0);
  }

  /**
   * What came of requests that were sent one after the other.
   *
   * @param prompt whether none took longer than it had to
   */
  private record Sent(List<Integer> statuses, boolean prompt) {}

  /**
   * @param lostMillis what one takes that the first node gets
   */
  private static Sent send(Statement statement, int lostMillis) {
    boolean prompt = true;
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int before = first().statements();
      long began = System.nanoTime();
      statuses.add(statement.send(DEADLINE_SECONDS, Fault.SILENT).statusCode());
      long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
      prompt &= millis < PROMPT_MILLIS + (first().statements() == before ? 0 : lostMillis);
    }
    return new Sent(statuses, prompt);
  }

  /**
   * The statuses of what was sent while the machine did not stand still: otherwise requests are too
   * late that need not be, and the driver sends more than it does otherwise.
   */
  private List<Integer> statuses(Statement statement, int lostMillis, Runnable fault) {
    fault.run();
    Sent sent = send(statement, lostMillis);
    for (int round = 1; !sent.prompt() && round < ROUNDS; round++) {
      heal();
      fault.run();
      sent = send(statement, lostMillis);
    }
    return sent.statuses();
  }

  private List<Integer> statusesWithoutAFault(Statement statement) {
    List<Integer> statuses = statuses(statement, 0, () -> {});
    FakeCassandra.clear();
    return statuses;
  }

  /** A third of the requests would go there otherwise, one after the other. */
  @ParameterizedTest
  @EnumSource(names = {"READ", "PUT", "BATCH"})
  void whatMayBeDoneTwiceIsSentToAnother(Statement statement) {
    List<Integer> before = statusesWithoutAFault(statement);
    assertEquals(before, statuses(statement, SPECULATION_MILLIS, first()::deafen));
    int lost = first().statements();
    assertTrue(lost >= 1 && lost <= 3, "" + lost);
    assertEquals(REQUESTS + lost, FakeCassandra.executed());
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "LWT"})
  void whatMayNotIsLostOnceAndThenGoesElsewhere(Statement statement) {
    assertTrue(statusesWithoutAFault(statement).stream().allMatch(status -> status < 300));
    List<Integer> statuses = statuses(statement, DEADLINE_MILLIS, first()::deafen);
    assertEquals(1, statuses.stream().filter(status -> status == 504).count(), "" + statuses);
    assertEquals(1, first().statements());
    assertEquals(REQUESTS, FakeCassandra.executed());
  }

  /** The first node may still do what the second one has refused. */
  @Test
  void aWriteThatTheFirstHasStillToAnswerIsNotCalledUndone() {
    assertTrue(statusesWithoutAFault(Statement.PUT).stream().allMatch(status -> status < 300));
    List<Integer> statuses =
        statuses(Statement.PUT, DEADLINE_MILLIS, SilentNodeTest::firstIsSilentAndOthersRefuse);
    assertTrue(first().statements() > 0);
    assertEquals(
        first().statements(),
        statuses.stream().filter(status -> status == 504).count(),
        "" + statuses);
    assertEquals(
        REQUESTS - first().statements(), statuses.stream().filter(status -> status == 503).count());
  }

  private static void firstIsSilentAndOthersRefuse() {
    first().deafen();
    FakeCassandra.proxies()
        .subList(1, 3)
        .forEach(
            proxy ->
                proxy.fail(
                    (frame, connection) ->
                        connection.answer(
                            frame, new Unavailable("no", ConsistencyLevel.LOCAL_QUORUM, 2, 1))));
  }
}
