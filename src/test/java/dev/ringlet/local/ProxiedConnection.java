package dev.ringlet.local;

import com.datastax.oss.protocol.internal.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;

/** A connection of the driver, and the one with the node that stands behind it. */
public final class ProxiedConnection {
  private final FaultyProxy proxy;
  private final Socket driver;
  private final Socket node;
  private volatile Duration perByte = Duration.ZERO;
  private volatile boolean spoilt;

  ProxiedConnection(FaultyProxy proxy, Socket driver, Socket node) {
    this.proxy = proxy;
    this.driver = driver;
    this.node = node;
  }

  void start() {
    daemon(() -> pump(driver, frame -> proxy.meet(frame, this)));
    daemon(() -> pump(node, frame -> toDriver(frame.bytes())));
  }

  /** Gives a frame to the node, whose answer will go to the driver. */
  public void pass(NativeFrame frame) throws IOException {
    node.getOutputStream().write((frame.isPrepare() ? frame.withoutComment() : frame).bytes());
  }

  /** Answers instead of the node. */
  public void answer(NativeFrame frame, Message message) throws IOException {
    toDriver(frame.answered(message));
  }

  /** From now on the driver gets a byte at a time. */
  public void slow(Duration aByte) {
    perByte = aByte;
    spoilt = true;
  }

  /** Sends the driver what is not a frame. */
  public void garble(byte[] bytes) throws IOException {
    spoilt = true;
    toDriver(bytes);
  }

  /** Leaves this and what follows without an answer for so long. */
  public void pause(Duration time) {
    spoilt = true;
    sleep(time);
  }

  /** Leaves one without an answer, which the driver waits for as long as the connection lasts. */
  public void lose() {
    spoilt = true;
  }

  /** Whether it is of no use any more. */
  boolean isSpoilt() {
    return spoilt;
  }

  private synchronized void toDriver(byte[] bytes) throws IOException {
    OutputStream out = driver.getOutputStream();
    int length = perByte.isZero() ? bytes.length : 1;
    for (int i = 0; i < bytes.length; i += length) {
      sleep(perByte);
      out.write(bytes, i, length);
    }
  }

  /** Closes in order: FIN. */
  public void close() {
    end(-1);
  }

  /** Breaks it off: RST. */
  public void reset() {
    end(0);
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @FunctionalInterface
  private interface Sink {
    void take(NativeFrame frame) throws IOException;
  }

  private void pump(Socket from, Sink to) {
    try {
      DataInputStream in = new DataInputStream(from.getInputStream());
      while (true) {
        to.take(NativeFrame.read(in));
      }
    } catch (IOException ended) {
      close();
    }
  }

  /**
   * @param linger the seconds that what is not sent yet has, or -1
   */
  private void end(int linger) {
    proxy.ended(this);
    try {
      if (linger >= 0 && !driver.isClosed()) {
        driver.setSoLinger(true, linger);
      }
      driver.close();
      node.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
