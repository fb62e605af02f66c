package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body is read no faster than Cassandra takes its rows. */
abstract class BackPressure {
  private static final int BODY = 256 << 20;

  /** Of a row, in bytes. */
  abstract int length();

  /** How many of these are written at once. */
  abstract int rows();

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
  }

  @Test
  void whileCassandraIsSilentTheBodyStands() throws Exception {
    byte[] line = line(length());
    FakeCassandra.begin(Fault.SILENT);
    AtomicLong sent = new AtomicLong();
    try (Socket socket = open()) {
      Thread client = new Thread(() -> send(socket, line, sent));
      client.start();
      await().until(() -> FakeCassandra.executed() >= rows());
      AtomicLong last = new AtomicLong(-1);
      await().during(Duration.ofSeconds(1)).until(() -> last.getAndSet(sent.get()) == sent.get());
      // each once, and once more at a second node since the first is silent
      await().untilAsserted(() -> assertEquals(2 * rows(), FakeCassandra.executed()));
      assertTrue(sent.get() < BODY / 4, "sent: " + sent.get());
    }
  }

  /** 16 MB are for what is kept. One more would be refused, not kept waiting. */
  @Test
  void aLineWithoutAnEndIsRefusedIfThereIsNoRoom() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 17; i++) {
        sockets.add(open());
        sockets.get(i).getOutputStream().write(new byte[1_000_000]);
      }
      await().until(() -> answered(sockets).isPresent());
      byte[] answer = new byte[2000];
      int read = answered(sockets).orElseThrow().getInputStream().read(answer);
      String text = new String(answer, 0, read, StandardCharsets.US_ASCII);
      assertTrue(text.contains("\"code\":\"overloaded\""), text);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Optional<Socket> answered(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      if (socket.getInputStream().available() > 0) {
        return Optional.of(socket);
      }
    }
    return Optional.empty();
  }

  private static Socket open() throws IOException {
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    String head =
        "POST /v1/fake/t HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            + "Prefer: wait=30\r\nContent-Length: "
            + BODY
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static byte[] line(int length) {
    return ("{\"k\":\"x\",\"v\":\"" + "x".repeat(length) + "\"}\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Until the socket is full, or closed at the end of the test. */
  private static void send(Socket socket, byte[] line, AtomicLong sent) {
    try {
      OutputStream out = socket.getOutputStream();
      while (sent.get() < BODY - line.length) {
        out.write(line);
        sent.addAndGet(line.length);
      }
    } catch (IOException closed) {
      // as it should be
    }
  }
}
