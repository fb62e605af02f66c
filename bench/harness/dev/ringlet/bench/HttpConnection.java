package dev.ringlet.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection that sends ready-made requests and reads just enough of the answers. */
final class HttpConnection {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final HttpAnswer answer = new HttpAnswer();
  private ByteBuffer request;
  private long intended;

  HttpConnection(SocketAddress address, Selector selector) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(ByteBuffer bytes, long due) throws IOException {
    request = bytes.duplicate();
    intended = due;
    write();
  }

  /** Sends what the socket did not take at once. */
  void write() throws IOException {
    channel.write(request);
    key.interestOps(SelectionKey.OP_READ | (request.hasRemaining() ? SelectionKey.OP_WRITE : 0));
  }

  /** Whether that completed the answer. */
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int read;
    while ((read = channel.read(buffer)) > 0) {
      buffer.flip();
      if (answer.take(buffer)) {
        return true;
      }
      buffer.clear();
    }
    if (read < 0) {
      throw new EOFException();
    }
    return false;
  }

  int status() {
    return answer.status();
  }

  /** Since when the request was due. */
  long intended() {
    return intended;
  }

  void close() throws IOException {
    channel.close();
  }
}
