package dev.ringlet.faults;

import static dev.ringlet.faults.Besieged.PAGE;
import static dev.ringlet.faults.Besieged.TABLE;
import static dev.ringlet.faults.Http2Frames.CANCEL;
import static dev.ringlet.faults.Http2Frames.NONE;
import static dev.ringlet.faults.Http2Frames.WINDOW_OF_ONE_BYTE;
import static dev.ringlet.faults.Http2Frames.get;
import static dev.ringlet.faults.Http2Frames.head;
import static dev.ringlet.local.RawHttp2.CONTINUATION;
import static dev.ringlet.local.RawHttp2.DATA;
import static dev.ringlet.local.RawHttp2.END_HEADERS;
import static dev.ringlet.local.RawHttp2.END_STREAM;
import static dev.ringlet.local.RawHttp2.GO_AWAY;
import static dev.ringlet.local.RawHttp2.HEADERS;
import static dev.ringlet.local.RawHttp2.PING;
import static dev.ringlet.local.RawHttp2.RST_STREAM;
import static dev.ringlet.local.RawHttp2.SETTINGS;
import static dev.ringlet.local.RawHttp2.WINDOW_UPDATE;
import static dev.ringlet.local.RawHttp2.frame;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same by HTTP/2, in clear text: frames that cost little to send and much to understand. */
@Tag("faults")
class HostileHttp2IT {
  @RegisterExtension static final Besieged RINGLET = Besieged.impatient();

  private static final int FLOOD = 20_000;
  private static final int CROWD = 300;

  /** For which not every client waits until it goes on by HTTP/2. */
  private static final String UPGRADE =
      "GET "
          + TABLE
          + "/hello HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
          + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n";

  private static final int MOST_OF_A_FRAME = 1 << 14;

  private static final int INTERNAL_ERROR = 2;
  private static final int ENHANCE_YOUR_CALM = 11;

  private static RawHttp open() throws IOException {
    return open(NONE);
  }

  private static RawHttp open(byte[] settings) throws IOException {
    return Http2Frames.begin(RINGLET.open(), settings);
  }

  @FunctionalInterface
  private interface Attack {
    /** Says how much of it was sent. */
    int on(RawHttp connection) throws IOException;
  }

  /** That the connection is ended, and why. Who does not read meanwhile may never hear it. */
  private static void assertCalmed(String what, Attack attack) throws IOException {
    try (RawHttp connection = open()) {
      CompletableFuture<byte[]> answered = CompletableFuture.supplyAsync(connection::rest);
      int sent = attack.on(connection);
      assertEquals(ENHANCE_YOUR_CALM, error(ByteBuffer.wrap(answered.join())));
      RINGLET.assertUnharmed(sent + " " + what);
    }
  }

  /** What GO_AWAY says, or -1. */
  private static int error(ByteBuffer frames) {
    int error = -1;
    while (frames.remaining() >= 9) {
      int length = frames.get() << 16 | Short.toUnsignedInt(frames.getShort());
      int type = frames.get();
      int payload = frames.position() + 5;
      if (type == GO_AWAY) {
        error = frames.getInt(payload + 4);
      }
      frames.position(Math.min(payload + length, frames.limit()));
    }
    return error;
  }

  private static void awaitHead(RawHttp reader) throws IOException {
    int type;
    do {
      ByteBuffer head = ByteBuffer.wrap(reader.bytes(9));
      int length = head.get() << 16 | Short.toUnsignedInt(head.getShort());
      type = head.get();
      reader.bytes(length);
    } while (type != HEADERS);
  }

  @Test
  void bothWaysToHttp2AreOpen() throws Exception {
    HttpResponse<String> upgraded =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(RINGLET.uri() + TABLE + "/hello")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, upgraded.version());
    assertEquals(200, upgraded.statusCode());
  }

  /** CVE-2023-44487. */
  @Test
  void streamsThatAreResetAtOnceEndTheirConnection() throws IOException {
    assertCalmed(
        "resets",
        flood -> {
          int stream = 1;
          while (stream < 2 * FLOOD && flood.flood(resetAtOnce(stream), 1) == 1) {
            stream += 2;
          }
          return stream / 2;
        });
  }

  private static byte[] resetAtOnce(int stream) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(frame(HEADERS, END_STREAM | END_HEADERS, stream, get(TABLE + "/hello")));
    frames.writeBytes(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
    return frames.toByteArray();
  }

  @Test
  void aHeadOfManySmallPartsEndsItsConnection() throws IOException {
    assertCalmed(
        "continuations",
        flood -> {
          flood.send(frame(HEADERS, END_STREAM, 1, get(TABLE)));
          return flood.flood(frame(CONTINUATION, 0, 1, NONE), FLOOD);
        });
  }

  /** Of many connections, as long as heads may be, and a part of a frame behind them. */
  @ParameterizedTest
  @ValueSource(strings = {"", UPGRADE})
  void headsThatDoNotEndHaveNoMoreRoomThanThereIs(String upgrade) throws IOException {
    byte[] first = frame(HEADERS, END_STREAM, 1, new byte[MOST_OF_A_FRAME]);
    byte[] next = frame(CONTINUATION, 0, 1, new byte[MOST_OF_A_FRAME]);
    List<RawHttp> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CROWD; i++) {
        RawHttp client = RINGLET.open();
        clients.add(client);
        client.send(upgrade);
        Http2Frames.begin(client, NONE);
        client.flood(first, 1);
        client.flood(next, 2);
        client.flood(Arrays.copyOf(next, MOST_OF_A_FRAME), 1);
      }
      RINGLET.assertServes(CROWD + " heads that do not end");
    } finally {
      for (RawHttp client : clients) {
        client.close();
      }
    }
    RINGLET.assertUnharmed(CROWD + " heads that do not end");
  }

  @Test
  void settingsAndPingsThatNobodyAnswersForEndTheirConnection() throws IOException {
    for (byte[] frame : List.of(frame(SETTINGS, 0, 0, NONE), frame(PING, 0, 0, new byte[8]))) {
      CompletableFuture<Integer> sent;
      try (RawHttp flood = open()) {
        await().until(() -> RINGLET.isConnected(flood));
        sent = CompletableFuture.supplyAsync(() -> flood.flood(frame, 50 * FLOOD));
        // the kernel may go on for minutes with what neither side takes
        await().until(() -> !RINGLET.isConnected(flood));
      }
      assertTrue(sent.join() < 50 * FLOOD, "all were taken");
      RINGLET.assertUnharmed(sent.join() + " frames of type " + frame[3]);
    }
  }

  @Test
  void answersWithoutAWindowHaveNoMoreThanTheirRoom() throws IOException {
    RINGLET.writePage();
    double shed = RINGLET.metric("ringlet_requests_shed_total");
    List<RawHttp> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RawHttp reader = open(WINDOW_OF_ONE_BYTE);
      readers.add(reader);
      reader.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, get(PAGE)));
      awaitHead(reader);
    }
    assertTrue(RINGLET.metric("ringlet_requests_shed_total") > shed, "all were answered");
    RINGLET.awaitRoom();
    RINGLET.assertUnharmed("30 answers of 4 MB");
    for (RawHttp reader : readers) {
      reader.close();
    }
  }

  @Test
  void anAnswerThatIsTakenByteByByteIsEnded() throws IOException {
    RINGLET.writePage();
    try (RawHttp reader = open(WINDOW_OF_ONE_BYTE)) {
      reader.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, get(PAGE)));
      awaitHead(reader);
      byte[] oneMore = frame(WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 1});
      byte[] ended = frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, CANCEL});
      String answered = reader.drip(text(oneMore), text(ended));
      assertTrue(answered.endsWith(text(ended)), answered);
      RINGLET.assertUnharmed("an answer byte by byte");
    }
  }

  @Test
  void aRequestThatWaitsForItsWindowIsEndedThoughTheConnectionMoves() throws IOException {
    try (RawHttp reader = open(new byte[] {0, 4, 0, 0, 0, 0})) {
      reader.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, get(TABLE)));
      byte[] ended = frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, CANCEL});
      String answered = reader.drip(text(frame(PING, 0, 0, new byte[8])), text(ended));
      assertTrue(answered.endsWith(text(ended)), answered);
      RINGLET.assertUnharmed("a request without a window");
    }
  }

  /** Frames of the connection say nothing of a stream on which nothing moves. */
  @Test
  void rowsThatAreNotTakenAreEndedThoughTheConnectionMoves() throws IOException {
    RINGLET.writePage();
    try (RawHttp reader = open(WINDOW_OF_ONE_BYTE)) {
      reader.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, get(PAGE, "application/x-ndjson")));
      awaitHead(reader);
      byte[] ended = frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, CANCEL});
      String answered = reader.drip(text(frame(PING, 0, 0, new byte[8])), text(ended));
      assertTrue(answered.endsWith(text(ended)), answered);
      RINGLET.assertUnharmed("rows that are not taken");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "text/csv"})
  void aRowThatDoesNotEndIsRefusedThoughTheConnectionMoves(String type) throws IOException {
    try (RawHttp slow = open()) {
      slow.send(frame(HEADERS, END_HEADERS, 1, post(type)));
      slow.send(frame(DATA, 0, 1, new byte[] {'k'}));
      String answer = slow.drip(text(frame(PING, 0, 0, new byte[8])), "\"}");
      assertTrue(answer.contains("\"code\":\"body-too-slow\""), answer);
      RINGLET.assertUnharmed("a row without end, " + type);
    }
  }

  /** The last one has begun with the end of the one before. */
  @Test
  void ofRowsBeforeOneThatDoesNotEndItIsSaidHowManyThereWere() throws IOException {
    try (RawHttp slow = open()) {
      slow.send(frame(HEADERS, END_HEADERS, 1, post("application/x-ndjson")));
      byte[] rows = "{\"key\":\"slow\",\"value\":\"x\"}\n{".getBytes(StandardCharsets.US_ASCII);
      slow.send(frame(DATA, 0, 1, rows));
      byte[] ended = frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, INTERNAL_ERROR});
      String answer = slow.drip(text(frame(PING, 0, 0, new byte[8])), text(ended));
      assertTrue(answer.contains("{\"written\":1,\"failed\":0,\"error\":{"), answer);
      assertTrue(answer.contains("\"code\":\"body-too-slow\""), answer);
      RINGLET.assertUnharmed("rows and one without end");
    }
  }

  private static byte[] post(String type) {
    ByteArrayOutputStream post = new ByteArrayOutputStream();
    post.writeBytes(head(0x83, TABLE));
    post.write(0x0f); // content-type, the 31st name
    post.write(0x10);
    post.write(type.length());
    post.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    return post.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsRefused() throws IOException {
    try (RawHttp slow = open()) {
      slow.send(frame(HEADERS, END_HEADERS, 1, post("application/json")));
      await().until(() -> RINGLET.metric("ringlet_requests_in_flight") == 1);
      String answer = slow.drip(text(frame(DATA, 0, 1, new byte[] {' '})), "\"}");
      assertTrue(answer.contains("\"code\":\"body-too-slow\""), answer);
      RINGLET.assertUnharmed("slow body");
    }
  }
}
