package dev.ringlet.feature;

import static dev.ringlet.local.RawHttp2.END_HEADERS;
import static dev.ringlet.local.RawHttp2.END_STREAM;
import static dev.ringlet.local.RawHttp2.HEADERS;
import static dev.ringlet.local.RawHttp2.PING;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Heads of requests by HTTP/2 are in memory for as long as their clients take no answers. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class Http2HeadsTest {
  /** SETTINGS_INITIAL_WINDOW_SIZE is 0: no answer is taken. */
  private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

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

  private static RawHttp connect() throws IOException {
    return new RawHttp(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
  }

  /**
   * Sends as many requests as there may be, and says how many of them are refused.
   *
   * @param bytes that each head has, about
   */
  private static int refused(RawHttp connection, int bytes) throws IOException {
    RawHttp2 client = new RawHttp2(connection, NO_WINDOW);
    byte[] head = get(bytes);
    for (int i = 0; i < STREAMS; i++) {
      client.send(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, head);
    }
    client.send(PING, 0, 0, new byte[8]);
    int refused = 0;
    RawHttp2.Frame frame;
    do {
      frame = client.next();
      if (frame.type() == HEADERS) {
        assertEquals("503", client.fields(frame).status().toString());
        refused++;
      }
      assertNotEquals(-1, frame.type(), "the connection is closed");
    } while (frame.type() != PING);
    return refused;
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
