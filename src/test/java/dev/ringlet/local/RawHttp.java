package dev.ringlet.local;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that sends whatever bytes it is given, and reads answers strictly. HTTP clients
 * would refuse to send most of what is sent here.
 */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int DRIP_MILLIS = 200;
  private static final long DRIPPING_NANOS = 60_000_000_000L;

  /**
   * An answer.
   *
   * @param closes whether it is the last one of its connection
   */
  public record Answer(int status, String head, String body, boolean closes) {}

  private final Socket socket = new Socket();
  private final InputStream in;

  public RawHttp(URI uri) throws IOException {
    this(uri, 1 << 16);
  }

  /**
   * @param room bytes that fit into the socket when nobody reads
   */
  public RawHttp(URI uri, int room) throws IOException {
    socket.setReceiveBufferSize(room);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
  }

  /** By which the server knows this connection from others. */
  public int localPort() {
    return socket.getLocalPort();
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends it as often, or until the connection is closed; says how often it was sent. */
  @CanIgnoreReturnValue
  public int flood(byte[] bytes, int times) {
    for (int sent = 0; sent < times; sent++) {
      try {
        send(bytes);
      } catch (IOException closed) {
        return sent;
      }
    }
    return times;
  }

  /**
   * Sends it again and again, slowly, until what was answered ends so or the connection is closed;
   * says what was answered. It fails when that takes more than a minute.
   */
  public String drip(String drop, String end) throws IOException {
    ByteArrayOutputStream answered = new ByteArrayOutputStream();
    long begun = System.nanoTime();
    socket.setSoTimeout(DRIP_MILLIS);
    try {
      while (!answered.toString(StandardCharsets.UTF_8).endsWith(end)) {
        if (System.nanoTime() - begun > DRIPPING_NANOS) {
          throw new AssertionError("still open after a minute, with " + answered.size() + " bytes");
        }
        try {
          int b = in.read();
          if (b < 0) {
            break;
          }
          answered.write(b);
        } catch (SocketTimeoutException nothing) {
          send(drop);
        }
      }
    } catch (SocketException closed) {
      // what came before is all there is
    }
    return answered.toString(StandardCharsets.UTF_8);
  }

  /** The rest of what comes, until the connection ends, properly or not. */
  public byte[] rest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.write(b);
      }
    } catch (SocketException reset) {
      // what came before is all there is
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }

  /** Reads so many bytes, or what there is when the connection ends. */
  @CanIgnoreReturnValue
  public byte[] bytes(int length) throws IOException {
    return in.readNBytes(length);
  }

  /** Reads the first line of an answer. */
  public int status() throws IOException {
    String status = line();
    if (!status.matches("HTTP/1\\.[01] [1-5][0-9][0-9] .*")) {
      throw new IOException("No answer: " + status);
    }
    return Integer.parseInt(status.substring(9, 12));
  }

  /** Reads the next answer, which is not to a HEAD. */
  public Answer answer() throws IOException {
    return answer(false);
  }

  /**
   * Reads the next answer.
   *
   * @param head whether the request was a HEAD
   */
  public Answer answer(boolean head) throws IOException {
    int code = status();
    StringBuilder headers = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.append(line).append('\n');
    }
    String lower = headers.toString().toLowerCase(Locale.ROOT);
    if (code == 100) {
      return answer(head);
    }
    String body = head || code == 204 || code == 304 ? "" : body(lower);
    return new Answer(code, headers.toString(), body, lower.contains("connection: close"));
  }

  private String body(String headers) throws IOException {
    if (headers.contains("transfer-encoding: chunked")) {
      return chunked();
    }
    int at = headers.indexOf("content-length: ");
    return at < 0
        ? ""
        : read(Integer.parseInt(headers.substring(at + 16).split("\n", 2)[0].trim()));
  }

  private String chunked() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(read(size));
      if (!line().isEmpty()) {
        throw new IOException("A chunk has no end");
      }
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String read(int length) throws IOException {
    byte[] bytes = bytes(length);
    if (bytes.length < length) {
      throw new EOFException("The answer was cut");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection was closed");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
