package dev.ringlet.faults;

import static dev.ringlet.faults.Besieged.HELLO;
import static dev.ringlet.faults.Besieged.HOST;
import static dev.ringlet.faults.Besieged.TABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are there to do harm, by HTTP/1.1. */
@Tag("faults")
class HostileConnectionsIT {
  @RegisterExtension static final Besieged RINGLET = Besieged.impatient();

  private static final int IDLE = 10_000;
  private static final int CROWD = 300;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aHeadThatNeverEndsEndsWithItsConnection() throws IOException {
    try (RawHttp slow = RINGLET.open()) {
      long began = System.nanoTime();
      slow.send("GET " + TABLE + HOST);
      assertEquals("", slow.drip("X-A: b\r\n", "none"));
      assertTrue(since(began).compareTo(LONGEST) < 0, since(began).toString());
      RINGLET.assertUnharmed("slow head");
    }
  }

  @Test
  void aBodyThatNobodyWantsEndsWithItsConnection() throws IOException {
    try (RawHttp slow = RINGLET.open()) {
      long began = System.nanoTime();
      slow.send("GET " + TABLE + "/hello" + HOST + "Content-Length: 1000\r\n\r\n");
      assertTrue(slow.drip(" ", "none").startsWith("HTTP/1.1 200 "));
      assertTrue(since(began).compareTo(LONGEST) < 0, since(began).toString());
      RINGLET.assertUnharmed("slow body of a GET");
    }
  }

  @Test
  void thousandsOfIdleConnectionsAreInNobodysWay() throws IOException {
    List<SocketChannel> connections = new ArrayList<>();
    try (Besieged patient = Besieged.patient()) {
      InetSocketAddress address =
          new InetSocketAddress(patient.uri().getHost(), patient.uri().getPort());
      for (int i = 0; i < IDLE; i++) {
        SocketChannel connection = SocketChannel.open(address);
        connections.add(connection);
        String said = i % 2 == 0 ? "" : "GET " + TABLE;
        assertEquals(said.length(), connection.write(ByteBuffer.wrap(bytes(said))));
      }
      patient.assertServes("10 000 idle connections");
      for (SocketChannel connection : connections) {
        connection.close();
      }
      patient.assertUnharmed("10 000 idle connections");
    } finally {
      for (SocketChannel connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void aHundredRequestsAtOnceAreAnsweredInOrder() throws IOException {
    try (RawHttp pipeline = RINGLET.open()) {
      String hello = HELLO.substring(0, HELLO.length() - 2);
      for (int round = 0; round < 3; round++) {
        pipeline.send(
            IntStream.range(0, 100)
                .mapToObj(i -> hello + "X-Request-Id: " + i + "\r\n\r\n")
                .collect(Collectors.joining()));
        for (int i = 0; i < 100; i++) {
          RawHttp.Answer answer = pipeline.answer();
          assertEquals(200, answer.status());
          assertTrue(answer.head().contains("X-Request-Id: " + i + "\n"), answer.head());
        }
      }
      RINGLET.assertUnharmed("300 pipelined requests");
    }
  }

  /** Each has memory until its turn comes. */
  @Test
  void requestsThatCrowdEndTheirConnection() throws IOException {
    try (RawHttp flood = RINGLET.open()) {
      int sent = flood.flood(bytes(HELLO.repeat(1000)), 1000);
      assertTrue(sent < 1000, sent + " thousand requests were taken");
      RINGLET.assertUnharmed(sent + " thousand pipelined requests");
    }
  }

  /** No more at a time than may wait, but nobody reads the answers. */
  @Test
  void requestsWhoseAnswersNobodyReadsAreNotHandled() throws IOException {
    try (RawHttp flood = new RawHttp(RINGLET.uri(), 4096)) {
      long began = System.nanoTime();
      int sent = 0;
      while (since(began).compareTo(LONGEST) < 0 && flood.flood(bytes(HELLO), 1) == 1) {
        sent++;
      }
      assertTrue(since(began).compareTo(LONGEST) < 0, sent + " requests were taken");
      RINGLET.assertUnharmed(sent + " pipelined requests without a reader");
    }
  }

  /** A page token may be long, but so many at once are nobody's. */
  @Test
  void longRequestLinesHaveNoMoreRoomThanThereIs() throws IOException {
    crowd("GET " + TABLE + "/hello?after=" + "x".repeat(200_000), "long request lines");
  }

  /** Each takes far more memory than its two bytes. */
  @Test
  void headsOfSmallFieldsHaveNoMoreRoomThanThereIs() throws IOException {
    crowd("GET " + TABLE + "/hello HTTP/1.1\r\n" + "a:\r\n".repeat(7_000), "heads of small fields");
  }

  /** In one piece with it: the request before has shown that there is much to read at once. */
  @Test
  void headsBehindARequestHaveNoMoreRoomThanThereIs() throws IOException {
    String longer = HELLO.replace("Host:", "X-Long: " + "x".repeat(4_000) + "\r\nHost:");
    crowd(longer, HELLO + "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(7_000), "heads behind a request");
  }

  private static void crowd(String head, String what) throws IOException {
    crowd("", head, what);
  }

  /** Heads that begin, of many connections, and do not end. */
  private static void crowd(String before, String head, String what) throws IOException {
    List<RawHttp> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CROWD; i++) {
        RawHttp client = RINGLET.open();
        clients.add(client);
        if (!before.isEmpty()) {
          client.send(before);
          assertEquals(200, client.answer().status());
        }
        client.flood(bytes(head), 1);
      }
      RINGLET.assertServes(CROWD + " " + what);
    } finally {
      for (RawHttp client : clients) {
        client.close();
      }
    }
    RINGLET.assertUnharmed(CROWD + " " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET foo", "OPTIONS *", "GET ??b=entry.[]", "CONNECT localhost:1"})
  void whatIsNoPathIsRefused(String target) throws IOException {
    try (RawHttp odd = RINGLET.open()) {
      odd.send(target + HOST + "\r\n");
      assertEquals(400, odd.answer().status());
      RINGLET.assertUnharmed(target);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a\r\n : b\r\n"})
  void whatIsForNoHostIsRefused(String host) throws IOException {
    try (RawHttp odd = RINGLET.open()) {
      odd.send("GET /v1 HTTP/1.1\r\n" + host + "\r\n");
      RawHttp.Answer answer = odd.answer();
      assertEquals(400, answer.status());
      assertTrue(answer.body().contains("\"header\":\"Host\""), answer.body());
      RINGLET.assertUnharmed("no host: " + host);
    }
  }
}
