package dev.ringlet.faults;

import static dev.ringlet.faults.Besieged.HOST;
import static dev.ringlet.faults.Http2Frames.NONE;
import static dev.ringlet.local.RawHttp2.END_HEADERS;
import static dev.ringlet.local.RawHttp2.END_STREAM;
import static dev.ringlet.local.RawHttp2.HEADERS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever fills memory, filled at once, for a process with the memory of a pod. It refuses what it
 * has no room for, and answers others meanwhile.
 */
@Tag("faults")
class AllAtOnceIT {
  private static final Logger LOG = Logger.getLogger(AllAtOnceIT.class);
  private static final String TABLE = "/v1/all_at_once/rows";
  private static final String NDJSON = "application/x-ndjson";
  private static final int ROWS = 10_000;
  private static final int GETS = 200;

  /** The limit of the memory of a pod. */
  private static final long MOST_KILOBYTES = 256 * 1024;

  private final List<RawHttp> clients = new ArrayList<>();
  private Besieged ringlet;

  /** Of 2 kB each, which gzip makes no smaller than 1.5 kB. */
  @BeforeAll
  static void rows() {
    try (CqlSession session = ClusterDriver.open("127.0.0.1:" + TestCassandra.port())) {
      for (String statement :
          List.of(
              "DROP KEYSPACE IF EXISTS all_at_once",
              "CREATE KEYSPACE all_at_once WITH replication ="
                  + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
              "CREATE TABLE all_at_once.rows (p int, c int, v text, PRIMARY KEY (p, c))")) {
        session.execute(statement);
      }
      PreparedStatement insert =
          session.prepare("INSERT INTO all_at_once.rows (p, c, v) VALUES (1, ?, ?)");
      Random random = new Random(1);
      byte[] value = new byte[1500];
      for (int at = 0; at < ROWS; at += 500) {
        CompletableFuture.allOf(
                IntStream.range(at, at + 500)
                    .mapToObj(
                        c -> {
                          random.nextBytes(value);
                          return session
                              .executeAsync(
                                  insert.bind(c, Base64.getEncoder().encodeToString(value)))
                              .toCompletableFuture();
                        })
                    .toArray(CompletableFuture[]::new))
            .join();
      }
    }
  }

  @Test
  void othersAreAnswered() throws IOException {
    ringlet = Besieged.patient();
    try {
      streamsByHttp2();
      many(
          200,
          "GET " + TABLE + "/1" + HOST + "Accept: " + NDJSON + "\r\nAccept-Encoding: gzip\r\n\r\n");
      many(60, "GET " + TABLE + "/1?limit=1000" + HOST + "\r\n");
      many(30, put("{\"v\":\"" + "x".repeat(900_000)));
      many(
          20,
          "POST "
              + TABLE
              + HOST
              + "Content-Type: "
              + NDJSON
              + "\r\nContent-Length: 999999999\r\n\r\n{\"v\":\""
              + "x".repeat(900_000));
      many(500, "GET " + TABLE + "/1" + HOST + "X-Half: " + "x".repeat(8000));
      await().until(this::isRoomForOthers); // they all began at once
      long most = 0;
      for (int i = 0; i < GETS; i++) {
        othersAreAnsweredNow();
        most = Math.max(most, ringlet.resident());
        readSome(i);
      }
      LOG.infof("%d clients, %d kB at most", clients.size(), most);
      assertTrue(most < MOST_KILOBYTES, most + " kB");
      for (RawHttp client : clients) {
        client.close();
      }
      ringlet.assertUnharmed("all at once");
    } finally {
      ringlet.close();
    }
  }

  /** As many streams as a connection may have, none of which is read. */
  private void streamsByHttp2() throws IOException {
    RawHttp connection = Http2Frames.begin(ringlet.open(), NONE);
    clients.add(connection);
    byte[] head = Http2Frames.get(TABLE + "/1", NDJSON);
    for (int stream = 1; stream < 180; stream += 2) {
      connection.send(RawHttp2.frame(HEADERS, END_STREAM | END_HEADERS, stream, head));
    }
  }

  private static String put(String begun) {
    return "PUT "
        + TABLE
        + "/1/1"
        + HOST
        + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
        + begun;
  }

  private void many(int number, String begun) throws IOException {
    for (int i = 0; i < number; i++) {
      RawHttp client = new RawHttp(ringlet.uri(), 4096);
      clients.add(client);
      client.flood(begun.getBytes(StandardCharsets.US_ASCII), 1);
    }
  }

  private boolean isRoomForOthers() {
    double limit = ringlet.metric("ringlet_requests_limit");
    double underWay = ringlet.metric("ringlet_requests_in_flight");
    LOG.infof("limit %.0f, under way %.0f", limit, underWay);
    return 2 * underWay < limit;
  }

  private void othersAreAnsweredNow() throws IOException {
    try (RawHttp other = ringlet.open()) {
      other.send(Besieged.HELLO);
      RawHttp.Answer answer = other.answer();
      assertEquals(200, answer.status(), answer.body());
    }
  }

  /** Of those that are read slowly. */
  private void readSome(int turn) throws IOException {
    RawHttp slow = clients.get(1 + turn % 200);
    slow.bytes(16);
  }
}
