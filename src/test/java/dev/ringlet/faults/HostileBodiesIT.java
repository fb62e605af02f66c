package dev.ringlet.faults;

import static dev.ringlet.faults.Besieged.HOST;
import static dev.ringlet.faults.Besieged.PAGE;
import static dev.ringlet.faults.Besieged.TABLE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that never end, or that nobody takes. */
@Tag("faults")
class HostileBodiesIT {
  @RegisterExtension static final Besieged RINGLET = Besieged.impatient();

  /** To unpack all of a bomb takes longer. */
  private static final Duration MOST_WORK = Duration.ofSeconds(8);

  /** Of an outcome or a problem. */
  private static final Pattern STATUS = Pattern.compile("\"status\":(\\d+)");

  private static final String JSON = "application/json";
  private static final String NDJSON = "Content-Type: application/x-ndjson\r\n";
  private static final String CSV = "Content-Type: text/csv\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

  private static String put(String headers) {
    return "PUT " + TABLE + "/slow" + HOST + "Content-Type: application/json\r\n" + headers;
  }

  private static String post(String headers) {
    return "POST " + TABLE + HOST + headers;
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The place of a request is free again, though the client still sends. */
  private static void assertTooSlow(RawHttp slow, String head, String drop) throws IOException {
    slow.send(head);
    await().until(() -> RINGLET.active() == 1);
    String answer = slow.drip(drop, "\"}");
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("\"code\":\"body-too-slow\""), answer);
    slow.send(drop);
    RINGLET.assertUnharmed("body by the byte");
    assertTrue(slow.drip(drop, "none").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000\r\n\r\n", CHUNKED})
  void aBodyThatDoesNotComeInTimeIsRefused(String length) throws IOException {
    try (RawHttp slow = RINGLET.open()) {
      assertTooSlow(slow, put(length), length.equals(CHUNKED) ? chunk(" ") : " ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NDJSON, CSV})
  void aRowThatDoesNotEndInTimeIsRefused(String type) throws IOException {
    try (RawHttp slow = RINGLET.open()) {
      assertTooSlow(slow, post(type + CHUNKED), chunk("x"));
    }
  }

  @Test
  void ofRowsThatStopEndingThoseBeforeAreCounted() throws IOException {
    try (RawHttp slow = RINGLET.open()) {
      slow.send(post(NDJSON + CHUNKED) + chunk("{\"key\":\"slow\",\"value\":\"x\"}\n"));
      String answer = slow.drip(chunk(" "), "none");
      assertTrue(answer.contains("{\"written\":1,\"failed\":0,\"error\":{"), answer);
      assertTrue(answer.contains("\"code\":\"body-too-slow\""), answer);
      RINGLET.assertUnharmed("rows that stop ending");
    }
  }

  /** Longer than a connection may be idle, though nothing is answered. */
  @Test
  void rowsThatComeSlowlyAreWritten() throws Exception {
    try (RawHttp slow = RINGLET.open()) {
      slow.send(post(NDJSON + CHUNKED));
      int rows = 0;
      for (long began = System.nanoTime();
          System.nanoTime() - began < Duration.ofSeconds(6).toNanos();
          rows++) {
        slow.send(chunk("{\"key\":\"slow\",\"value\":\"x\"}\n"));
        Thread.sleep(300);
      }
      slow.send("0\r\n\r\n");
      String body = slow.answer().body();
      assertTrue(body.contains("{\"written\":" + rows + ",\"failed\":0}"), body);
    }
  }

  /** Nothing is answered until all of them are written, one after the other at their partition. */
  @ParameterizedTest
  @CsvSource({
    "application/json, '{\"key\":\"slow\",\"value\":\"x\"}', '\"written\":%d,'",
    "application/cloudevents-batch+json, '{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\","
        + "\"type\":\"t\",\"data\":{\"key\":\"slow\",\"value\":\"x\"}}', ''",
  })
  void rowsThatTakeLongerThanAConnectionMayBeIdleAreWritten(String type, String row, String told)
      throws IOException {
    try (RawHttp client = RINGLET.open()) {
      client.send(put("Content-Length: 13\r\n\r\n") + "{\"value\":\"x\"}");
      assertEquals(204, client.answer().status());
      double seconds = merge(client, type, row, told, 500);
      double unused = merge(client, type, row, told, (int) Math.min(10_000, 500 / seconds * 6));
    }
  }

  /** Says how many seconds it took. Where the machine stood still it is done again. */
  private static double merge(RawHttp client, String type, String row, String told, int rows)
      throws IOException {
    String body = Collections.nCopies(rows, row).toString();
    RawHttp.Answer answer;
    long began;
    int rounds = 0;
    do {
      began = System.nanoTime();
      client.send(
          "POST %s?op=merge%sContent-Type: %s\r\nIf-Match: *\r\nPrefer: wait=3\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(TABLE, HOST, type, body.length(), body));
      answer = client.answer();
    } while (++rounds < 3 && isOnlyLate(answer));
    assertEquals(told.isEmpty() ? 204 : 200, answer.status(), answer.body());
    assertTrue(answer.body().contains(told.formatted(rows)), answer.body());
    return (System.nanoTime() - began) / 1e9;
  }

  /** Nothing is wrong with a row but that it was not written in its time. */
  private static boolean isOnlyLate(RawHttp.Answer answer) {
    List<String> statuses =
        STATUS.matcher(answer.body()).results().map(found -> found.group(1)).toList();
    return !statuses.isEmpty() && Set.of("503", "504").containsAll(statuses);
  }

  /** Which show that the client is still there, for longer than a row may take. */
  @Test
  void blankLinesAreNoRowThatDoesNotEnd() throws Exception {
    try (RawHttp slow = RINGLET.open()) {
      slow.send(post(NDJSON + CHUNKED));
      for (long began = System.nanoTime();
          System.nanoTime() - began < Duration.ofSeconds(6).toNanos(); ) {
        slow.send(chunk("\n"));
        Thread.sleep(300);
      }
      slow.send(chunk("{\"key\":\"slow\",\"value\":\"x\"}\n") + "0\r\n\r\n");
      String body = slow.answer().body();
      assertTrue(body.contains("{\"written\":1,\"failed\":0}"), body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
  void aBodyWithoutEndIsRefused(String type) throws Exception {
    try (RawHttp endless = RINGLET.open()) {
      endless.send(post("Content-Type: " + type + "\r\n" + CHUNKED));
      Thread sender =
          new Thread(() -> endless.flood(bytes(chunk("x".repeat(1 << 16))), Integer.MAX_VALUE));
      sender.start();
      int status = endless.answer().status(); // a row could also be too slow
      assertTrue(status == 413 || (status == 408 && !type.equals(JSON)), type + ": " + status);
      RINGLET.assertUnharmed("endless " + type);
      sender.join(Duration.ofSeconds(10).toMillis());
      assertTrue(!sender.isAlive(), "it still sends");
    }
  }

  /** Wherever a body is taken, ten megabytes with ten gigabytes in them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          PUT   | /bomb | application/json             | x      | {"value":"
          PATCH | /bomb | application/merge-patch+json | x      | {"value":"
          POST  |       | application/json             | x      | {"key":"bomb","value":"
          POST  |       | application/json             | x      | [{"key":"bomb","value":"
          POST  |       | application/json             | atomic | [{"key":"bomb","value":"
          POST  |       | application/x-ndjson         | x      | {"key":"bomb","value":"
          POST  |       | text/csv                     | x      | bomb,"
          POST  |       | text/csv;dialect=cqlsh       | x      | bomb,\\"
          POST  | ?op=merge | application/x-ndjson     | x      | {"key":"bomb","value":"
          POST  | ?op=merge | text/csv;dialect=cqlsh   | x      | bomb,"
          """)
  void aBombGoesNoFurtherThanTheLimit(
      String method, String path, String type, String preference, String begin) throws Exception {
    String head =
        "%s %s%s%sContent-Type: %s\r\nContent-Encoding: gzip\r\nPrefer: %s\r\nContent-Length: "
            .formatted(method, TABLE, path == null ? "" : path, HOST, type, preference);
    String text = (type.startsWith("text/csv") ? "key,value\n" : "") + begin;
    for (byte[] bomb : List.of(Bombs.ofOneMember(text), Bombs.ofManyMembers(text))) {
      Duration before = RINGLET.processorTime();
      try (RawHttp sender = RINGLET.open()) {
        CompletableFuture<Void> sent =
            CompletableFuture.runAsync(
                () -> {
                  sender.flood(bytes(head + bomb.length + "\r\n\r\n"), 1);
                  sender.flood(bomb, 1);
                });
        RawHttp.Answer answer = sender.answer();
        assertEquals(413, answer.status(), answer.body());
        assertTrue(answer.body().contains("\"code\":\"body-too-large\""), answer.body());
        sent.get(10, TimeUnit.SECONDS);
      }
      Duration took = RINGLET.processorTime().minus(before);
      RINGLET.assertUnharmed("bomb for %s %s, %s of work".formatted(method, type, took));
      assertTrue(took.compareTo(MOST_WORK) < 0, "it works for " + took);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NDJSON, CSV})
  void linesThatNeverEndHaveNoMoreThanTheirRoom(String type) throws IOException {
    double shed = RINGLET.metric("ringlet_requests_shed_total");
    List<RawHttp> connections = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      RawHttp connection = RINGLET.open();
      connections.add(connection);
      connection.send(post(type + "Content-Length: 10000000\r\n\r\n"));
      connection.flood(bytes("\"" + "x".repeat(900_000)), 1);
    }
    await().until(() -> RINGLET.metric("ringlet_requests_shed_total") >= shed + 10);
    RINGLET.assertServes("40 lines of 900 kB, " + type.trim());
    for (RawHttp connection : connections) {
      connection.close();
    }
    RINGLET.assertUnharmed("40 lines of 900 kB, " + type.trim());
  }

  /** Jackson would keep each for the next body that has it. */
  @Test
  void longNamesAreForgotten() throws IOException {
    try (RawHttp client = RINGLET.open()) {
      for (int i = 0; i < 200; i++) {
        String body = "{\"%d%s\":1}".formatted(i, "x".repeat(900_000));
        client.send(put("Content-Length: " + body.length() + "\r\n\r\n") + body);
        assertEquals(400, client.answer().status());
      }
    }
    RINGLET.assertUnharmed("200 names of 900 kB");
  }

  /** Each is an outcome that has such a name, and waits until it is taken. */
  @Test
  void outcomesOfLongNamesThatNobodyTakesAreSmall() throws IOException {
    String line = "{\"%s\":1}\n".formatted("x".repeat(1_000_000));
    try (RawHttp sender = new RawHttp(RINGLET.uri(), 4096)) {
      sender.send(post(NDJSON + CHUNKED));
      sender.flood(bytes(chunk(line)), 128);
      RINGLET.assertServes("128 names of 1 MB in outcomes");
    }
    RINGLET.assertUnharmed("128 names of 1 MB in outcomes");
  }

  /** They are larger than what the kernel takes of them. */
  @Test
  void answersThatNobodyTakesHaveNoMoreThanTheirRoom() throws IOException {
    RINGLET.writePage();
    List<RawHttp> readers = new ArrayList<>();
    Set<Integer> statuses = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      RawHttp reader = new RawHttp(RINGLET.uri(), 4096);
      readers.add(reader);
      reader.send("GET " + PAGE + HOST + "\r\n");
      statuses.add(reader.status());
    }
    assertEquals(Set.of(200, 503), statuses);
    RINGLET.awaitRoom();
    RINGLET.assertUnharmed("30 answers of 4 MB");
    for (RawHttp reader : readers) {
      reader.close();
    }
  }
}
