package dev.ringlet.protocol;

import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of the heads that came on a connection of HTTP/2. The server has those of a stream
 * until it is closed, which is its client's to say: it takes an answer, or goes on with its body.
 */
final class StreamHeads extends Http2ConnectionAdapter {
  private final ConnectionHeads heads;
  private final Map<Integer, Long> ofStreams = new HashMap<>();

  StreamHeads(LongHeads all) {
    heads = new ConnectionHeads(all);
  }

  /**
   * A head has come.
   *
   * @param bytes its size, as of a header list (RFC 9113, section 6.5.2)
   * @return whether there is room for it
   */
  boolean begins(int stream, long bytes) {
    boolean room = heads.keep(bytes);
    if (room) {
      ofStreams.put(stream, bytes);
    }
    return room;
  }

  /** All are when their connection is. */
  @Override
  public void onStreamClosed(Http2Stream stream) {
    Long bytes = ofStreams.remove(stream.id());
    if (bytes != null) {
      boolean unused = heads.keep(-bytes); // there is room for less
    }
  }
}
