package dev.ringlet.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadBytesTest {
  private static final String GET = "GET /v1 HTTP/1.1\r\nHost: x\r\n";
  private static final String POST = "POST /v1 HTTP/1.1\r\nHost: x\r\n";

  /** What all connections have together. */
  private static final int ROOM = 2 << 20;

  private static final String FIELD = "a: " + "x".repeat(500) + "\r\n";

  /** For which the room that a connection has of its own is not enough. */
  private static final String FIELDS = FIELD.repeat(LongHeads.EACH / FIELD.length());

  /** For which there is not enough at all. */
  private static final String MANY_FIELDS = FIELD.repeat((ROOM + LongHeads.EACH) / FIELD.length());

  private final LongHeads heads = new LongHeads();
  private final EmbeddedChannel connection = connection();

  private EmbeddedChannel connection() {
    RequestCheck check = new RequestCheck(heads);
    return new EmbeddedChannel(
        new HeadBytes(heads, check), new HttpRequestDecoder(4096, 2 * ROOM, 8192), check);
  }

  @AfterEach
  void close() {
    connection.finishAndReleaseAll();
    assertTrue(isNothingKept());
  }

  /** How many requests come of it, which are answered. */
  private int read(String chunk) {
    write(chunk);
    int requests = 0;
    for (Object part = connection.readInbound(); part != null; part = connection.readInbound()) {
      requests += part instanceof HttpRequest ? 1 : 0;
      ReferenceCountUtil.release(part);
    }
    for (int i = 0; i < requests; i++) {
      connection.writeOutbound(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
      connection.releaseOutbound();
    }
    return requests;
  }

  private void write(String chunk) {
    connection.writeInbound(Unpooled.copiedBuffer(chunk, StandardCharsets.ISO_8859_1));
  }

  private boolean isNothingKept() {
    boolean room = heads.keep(ROOM);
    if (room) {
      heads.release(ROOM);
    }
    return room;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET + "\r\n",
        GET + "\r\n" + GET + "\r\n",
        POST + "Content-Length: 3\r\n\r\n{ }",
        POST + "Content-Length: 12\r\n\r\n\n\n\r\n\r\n{}\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n3\r\n\n\n\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\n\r\n0\r\na: b\r\n\r\n" + GET + "\r\n",
      })
  void aHeadThatBeginsBehindRequestsCounts(String requests) {
    int whole = read(requests);
    assertTrue(whole > 0);
    assertTrue(isNothingKept());
    assertEquals(whole, read(requests + GET + FIELDS));
    assertFalse(isNothingKept());
    assertEquals(1, read("\r\n"));
    assertTrue(isNothingKept());
    write(requests + GET + MANY_FIELDS);
    assertFalse(connection.isActive());
  }

  /** Wherever what comes is cut. */
  @Test
  void aHeadThatBeginsBehindPartsOfRequestsCounts() {
    String requests =
        GET
            + "\r\n"
            + POST
            + "Content-Length: 4\r\n\r\n\r\n{}"
            + POST
            + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    for (int cut = 0; cut < requests.length(); cut++) {
      int whole = read(requests.substring(0, cut));
      whole += read(requests.substring(cut) + GET + FIELDS);
      assertEquals(3, whole, "cut at " + cut);
      assertFalse(isNothingKept(), "cut at " + cut);
      assertEquals(1, read("\r\n"));
      assertTrue(isNothingKept());
    }
  }

  /** However many there are, and however long. */
  @Test
  void wholeRequestsDoNotCount() {
    String post = POST + "Content-Length: 60000\r\n\r\n" + "\n".repeat(60_000);
    for (int i = 0; i < 100; i++) {
      assertEquals(2, read(post + GET + "\r\n"));
      assertTrue(isNothingKept());
    }
  }
}
