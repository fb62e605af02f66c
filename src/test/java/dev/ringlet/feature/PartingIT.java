package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections when the process is asked to end (SIGTERM). */
class PartingIT {
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final String ROW = TABLE + "/hello";
  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String GET = "GET " + ROW + HOST + "\r\n";
  private static final String LENGTH = "Content-Length: 40\r\n\r\n";
  private static final byte[] NOTHING = {};
  private static final int CLIENTS = 8;

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final List<RawHttp> connections = new ArrayList<>();
  private Packaged ringlet;

  private void start(String delay) {
    ringlet =
        Packaged.start(
            "parting",
            "127.0.0.1:" + TestCassandra.port(),
            Map.of("QUARKUS_SHUTDOWN_DELAY", delay, "QUARKUS_SHUTDOWN_TIMEOUT", "6S"));
    ringlet.awaitReady();
  }

  @AfterEach
  void stop() throws IOException {
    for (RawHttp connection : connections) {
      connection.close();
    }
    clients.shutdownNow();
    ringlet.close();
  }

  private RawHttp open() throws IOException {
    RawHttp connection = new RawHttp(ringlet.uri(""));
    connections.add(connection);
    return connection;
  }

  private static RawHttp.Answer ask(RawHttp connection) throws IOException {
    connection.send(GET);
    RawHttp.Answer answer = connection.answer();
    assertEquals(200, answer.status(), answer.body());
    return answer;
  }

  /** Nothing but the end of the connection: a reset would be an exception. */
  private static void assertClosed(RawHttp connection) throws IOException {
    assertArrayEquals(NOTHING, connection.bytes(1));
  }

  /** Until an answer says that it is the last. */
  private static void askUntilTheLast(RawHttp connection, AtomicInteger answers) {
    try {
      while (!ask(connection).closes()) {
        answers.incrementAndGet();
      }
      assertClosed(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void askUntilDismissed(RawHttp2 connection, AtomicInteger answers) {
    try {
      while (!connection.isDismissed()) {
        assertEquals(200, connection.get(ROW));
        answers.incrementAndGet();
      }
      connection.awaitEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0S", "2S"})
  void whoSendsWithoutPauseIsAnsweredUntilToldToStop(String delay) throws Exception {
    start(delay);
    List<RawHttp> http1 = new ArrayList<>();
    List<RawHttp2> http2 = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      http1.add(open());
      http2.add(new RawHttp2(open()));
    }
    AtomicInteger answers = new AtomicInteger();
    List<CompletableFuture<Void>> load =
        Stream.concat(
                http1.stream().<Runnable>map(c -> () -> askUntilTheLast(c, answers)),
                http2.stream().<Runnable>map(c -> () -> askUntilDismissed(c, answers)))
            .map(client -> CompletableFuture.runAsync(client, clients))
            .toList();
    await().until(() -> answers.get() > 1000);
    ringlet.terminate();
    for (CompletableFuture<Void> client : load) {
      client.get();
    }
    assertEnds();
  }

  /** Delay and timeout are eight seconds at most. */
  private void assertEnds() throws InterruptedException {
    assertEquals(143, ringlet.exitCode(Duration.ofSeconds(15)));
    assertFalse(ringlet.log().contains("\"level\":\"ERROR\""), ringlet.log());
  }

  /** They hear nothing before the delay is over, and everything has its end. */
  @Test
  void whoIsIdleIsLetGo() throws Exception {
    start("2S");
    List<RawHttp> http1 = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      http1.add(open());
      assertFalse(ask(http1.get(i)).closes());
    }
    RawHttp2 http2 = new RawHttp2(open());
    assertEquals(200, http2.get(ROW));
    RawHttp untouched = open();
    ringlet.terminate();
    http2.awaitEnd();
    assertTrue(http2.isDismissed());
    for (RawHttp connection : http1) {
      assertClosed(connection);
      connection.send(GET); // it has crossed the end of the connection
      connection.send(GET);
      assertClosed(connection);
    }
    assertClosed(untouched);
    for (RawHttp connection : connections) {
      connection.close();
    }
    assertEnds();
  }

  /** As long as another request lasts, and for a second after. */
  @Test
  void whoComesLateOnAnOpenConnectionIsAnswered() throws Exception {
    start("0S");
    RawHttp holder = open();
    ask(holder);
    holder.send("POST " + TABLE + HOST + "Content-Type: application/x-ndjson\r\n" + LENGTH);
    await().until(() -> ringlet.active() == 1);
    List<RawHttp> late = IntStream.range(0, 4).mapToObj(i -> unchecked(this::open)).toList();
    for (RawHttp connection : late) {
      ask(connection);
    }
    ringlet.terminate();
    await().until(() -> ringlet.log().contains("Waiting for HTTP requests"));
    for (RawHttp connection : late.subList(0, 2)) {
      assertTrue(ask(connection).closes());
      assertClosed(connection);
    }
    holder.send("{\"key\":\"late\",\"value\":\"x\"}".concat(" ".repeat(14)));
    RawHttp.Answer last = holder.answer();
    assertTrue(last.body().contains("\"written\":1"), last.body());
    assertTrue(last.closes(), last.head());
    for (RawHttp connection : late.subList(2, 4)) {
      assertClosed(connection);
    }
    assertEnds();
  }

  private interface Opening {
    RawHttp open() throws IOException;
  }

  private static RawHttp unchecked(Opening opening) {
    try {
      return opening.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
