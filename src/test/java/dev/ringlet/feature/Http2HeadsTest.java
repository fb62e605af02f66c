package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Heads of requests by HTTP/2 are in memory for as long as their clients take no answers. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class Http2HeadsTest {
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int PRIORITY = 32;
  private static final int END_STREAM_AND_HEADERS = 5;

  /** As many as a connection may have at once. */
  private static final int STREAMS = 100;

  private static final int LARGE = 15_000;

  @Test
  void ofManyLargeOnesSomeAreRefusedUntilOthersAreTaken() throws IOException {
    try (RawHttp one = connect();
        RawHttp other = connect()) {
      assertEquals(0, refused(one, LARGE), "1.5 of 2 MB");
      assertTrue(refused(other, LARGE) > STREAMS / 2);
    }
    for (int i = 0; i < 3; i++) {
      await().untilAsserted(Http2HeadsTest::thereIsRoom);
    }
  }

  private static void thereIsRoom() throws IOException {
    try (RawHttp client = connect()) {
      assertEquals(0, refused(client, LARGE));
    }
  }

  @Test
  void ofShortOnesNoneIs() throws IOException {
    RawHttp[] clients = new RawHttp[20];
    try {
      for (int i = 0; i < clients.length; i++) {
        clients[i] = connect();
        assertEquals(0, refused(clients[i], 100));
      }
    } finally {
      for (RawHttp client : clients) {
        if (client != null) {
          client.close();
        }
      }
    }
  }

  /** Its window is closed: it takes no answer. */
  private static RawHttp connect() throws IOException {
    RawHttp client =
        new RawHttp(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    client.send(RawHttp2.frame(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0}));
    return client;
  }

  /**
   * Sends as many requests as there may be, and says how many of them are refused.
   *
   * @param bytes that each head has, about
   */
  private static int refused(RawHttp client, int bytes) throws IOException {
    byte[] head = get(bytes);
    for (int i = 0; i < STREAMS; i++) {
      client.send(RawHttp2.frame(HEADERS, END_STREAM_AND_HEADERS, 2 * i + 1, head));
    }
    client.send(RawHttp2.frame(PING, 0, 0, new byte[8]));
    Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    int refused = 0;
    int type;
    do {
      ByteBuffer frame = ByteBuffer.wrap(client.bytes(9));
      byte[] payload = client.bytes(frame.get() << 16 | Short.toUnsignedInt(frame.getShort()));
      type = frame.get();
      if (type == HEADERS) {
        assertEquals("503", status(decoder, frame.get(), payload));
        refused++;
      }
    } while (type != PING);
    return refused;
  }

  private static String status(Http2HeadersDecoder decoder, int flags, byte[] head)
      throws IOException {
    int skipped = (flags & PRIORITY) == 0 ? 0 : 5;
    try {
      return decoder
          .decodeHeaders(1, Unpooled.wrappedBuffer(head).skipBytes(skipped))
          .status()
          .toString();
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** Of what there is not. */
  private static byte[] get(int bytes) throws IOException {
    ByteBuf head = Unpooled.buffer();
    try {
      new DefaultHttp2HeadersEncoder()
          .encodeHeaders(
              1,
              new DefaultHttp2Headers()
                  .method("GET")
                  .scheme("http")
                  .authority("x")
                  .path("/v0")
                  .set("x", "y".repeat(bytes)),
              head);
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
    return ByteBufUtil.getBytes(head);
  }
}
