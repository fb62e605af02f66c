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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of three nodes does not answer any more, though its connection is open. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class SilentNodeTest {
  private static final int REQUESTS = 12;
  private static final int ROUNDS = 3;

  /** After 500 ms the driver asks another node. */
  private static final int PROMPT_MILLIS = 400;

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
    FakeCassandra.awaitAllAsked();
  }

  private static List<Integer> statuses(Statement statement) {
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> statement.send(2, Fault.SILENT).statusCode())
        .toList();
  }

  private static FaultyProxy deafen() {
    FakeCassandra.clear();
    FaultyProxy silent = FakeCassandra.proxies().get(0);
    silent.deafen();
    return silent;
  }

  /** A third of the requests would go there otherwise, one after the other. */
  @ParameterizedTest
  @EnumSource(names = {"READ", "PUT", "BATCH"})
  void whatMayBeDoneTwiceIsSentToAnother(Statement statement) {
    List<Integer> before = statuses(statement);
    FaultyProxy silent = deafen();
    for (int round = 1; !arePrompt(statement, silent, before) && round < ROUNDS; round++) {
      heal();
      silent = deafen();
    }
    assertTrue(silent.statements() >= 1 && silent.statements() <= 3, "" + silent.statements());
    assertEquals(REQUESTS + silent.statements(), FakeCassandra.executed());
  }

  /** Otherwise the machine stood still, and the driver sent more than it does otherwise. */
  private static boolean arePrompt(
      Statement statement, FaultyProxy silent, List<Integer> expected) {
    boolean prompt = true;
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int lost = silent.statements();
      long began = System.nanoTime();
      statuses.add(statement.send(2, Fault.SILENT).statusCode());
      long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
      prompt &= millis < (silent.statements() == lost ? PROMPT_MILLIS : 500 + PROMPT_MILLIS);
    }
    assertEquals(expected, statuses);
    return prompt;
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "LWT"})
  void whatMayNotIsLostOnceAndThenGoesElsewhere(Statement statement) {
    assertTrue(statuses(statement).stream().allMatch(status -> status < 300));
    FaultyProxy silent = deafen();
    assertEquals(1, statuses(statement).stream().filter(status -> status == 504).count());
    assertEquals(1, silent.statements());
    assertEquals(REQUESTS, FakeCassandra.executed());
  }

  /** The first node may still do what the second one has refused. */
  @Test
  void aWriteThatTheFirstHasStillToAnswerIsNotCalledUndone() {
    assertTrue(statuses(Statement.PUT).stream().allMatch(status -> status < 300));
    deafen();
    FakeCassandra.proxies()
        .subList(1, 3)
        .forEach(
            proxy ->
                proxy.fail(
                    (frame, connection) ->
                        connection.answer(
                            frame, new Unavailable("no", ConsistencyLevel.LOCAL_QUORUM, 2, 1))));
    List<Integer> statuses = statuses(Statement.PUT);
    FaultyProxy silent = FakeCassandra.proxies().get(0);
    assertTrue(silent.statements() > 0);
    assertEquals(
        silent.statements(),
        statuses.stream().filter(status -> status == 504).count(),
        "" + statuses);
    assertEquals(
        REQUESTS - silent.statements(), statuses.stream().filter(status -> status == 503).count());
  }
}
