package dev.ringlet.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
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

  private static final String SMALL_FIELDS = "a:\r\n".repeat(LongHeads.EACH / LongHeads.FIELD + 1);

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

  /** What reads them keeps them as it keeps those of a head. */
  @Test
  void trailersThatDoNotEndCount() {
    String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
    assertEquals(1, read(chunked + "C;x=0\r\n\n\r\n0\r\n\r\na:\r\n\r\n0"));
    assertTrue(isNothingKept());
    assertEquals(0, read("00\r\n" + SMALL_FIELDS));
    assertFalse(isNothingKept());
    assertEquals(0, read("\r\n"));
    assertTrue(isNothingKept());
    assertEquals(1, read(chunked + "1\r\nx\r\n0\r\n" + SMALL_FIELDS));
    assertFalse(isNothingKept());
    write(SMALL_FIELDS.repeat(ROOM / LongHeads.EACH + 1));
    assertFalse(connection.isActive());
  }

  /** The server answers what is wrong and waits for the client to go. */
  @Test
  void nothingIsReadBehindWhatIsNoRequest() {
    assertEquals(1, read("GET /# HTTP/1.1\r\nHost: x\r\n\r\n" + GET));
    ByteBuf more = Unpooled.copiedBuffer(FIELD, StandardCharsets.ISO_8859_1);
    connection.writeInbound(more);
    assertEquals(0, more.refCnt());
    assertTrue(isNothingKept());
  }

  /** Even where its head has been cut in its last two bytes. */
  @Test
  void linesOfABodyDoNotCount() {
    String post = POST + "Content-Length: 15000\r\n\r\n" + "\n".repeat(15_000);
    int body = post.length() - 15_000;
    for (int cut = body - 4; cut < body + 4; cut++) {
      assertEquals(1, read(post.substring(0, cut)) + read(post.substring(cut)));
      assertTrue(isNothingKept(), "cut at " + cut);
      assertTrue(connection.isActive());
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
