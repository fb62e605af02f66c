package dev.ringlet.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A load on an HTTP server, by one thread that takes little of the processors which it shares with
 * what it measures.
 */
final class HttpLoad implements AutoCloseable {
  /** How long answers may take after the last request was sent. */
  private static final long GRACE = 10_000_000_000L;

  private static final long PAUSE = 50_000;

  private final SocketAddress address;
  private final ByteBuffer[] requests;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
  private final Set<HttpConnection> busy = new HashSet<>();
  private Tally tally = new Tally();
  private int sent;

  HttpLoad(int port, ByteBuffer[] requests, int connections) throws IOException {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.requests = requests;
    selector = Selector.open();
    for (int i = 0; i < connections; i++) {
      idle.add(new HttpConnection(address, selector));
    }
  }

  /** Has an answer over each connection, so that being accepted is of no request's latency. */
  void warmUp() throws IOException {
    long begun = System.nanoTime();
    while (!idle.isEmpty()) {
      send(begun);
    }
    while (!busy.isEmpty() && System.nanoTime() - begun < GRACE) {
      selector.select(10);
      boolean unused = receive(System.nanoTime());
    }
    tally = new Tally();
  }

  /**
   * @param rate requests a second, sent in the open model; 0 is the closed model
   */
  @CanIgnoreReturnValue
  Measured run(double rate, long nanos) throws IOException {
    Schedule schedule = new Schedule(rate, nanos);
    long now = System.nanoTime();
    long answered = now;
    while (!schedule.over(now) || (!busy.isEmpty() && schedule.elapsed(now) < nanos + GRACE)) {
      while (!idle.isEmpty() && schedule.due(now)) {
        send(schedule.take(now));
        now = System.nanoTime();
      }
      await(schedule, now);
      now = System.nanoTime();
      if (receive(now)) {
        answered = now;
      }
    }
    busy.forEach(late -> tally.answered(0, 0));
    return tally.result(Math.max(schedule.elapsed(answered), 1), schedule.left());
  }

  private void send(long intended) throws IOException {
    HttpConnection connection = idle.poll();
    busy.add(connection);
    try {
      connection.send(requests[sent++ % requests.length], intended);
    } catch (IOException e) {
      replace(connection);
    }
  }

  /** Waits for answers; in the open model no longer than until the next request is due. */
  private void await(Schedule schedule, long now) throws IOException {
    if (!schedule.open() || idle.isEmpty() || schedule.over(now)) {
      selector.select(10);
    } else if (selector.selectNow() == 0) {
      // a select would wait for whole milliseconds
      LockSupport.parkNanos(Math.min(PAUSE, schedule.next(now) - now));
      selector.selectNow();
    }
  }

  private boolean receive(long now) throws IOException {
    int before = busy.size();
    for (SelectionKey key : selector.selectedKeys()) {
      HttpConnection connection = (HttpConnection) key.attachment();
      try {
        if (key.isWritable()) {
          connection.write();
        }
        if (key.isReadable() && connection.read(buffer)) {
          busy.remove(connection);
          idle.add(connection);
          tally.answered(connection.status(), now - connection.intended());
        }
      } catch (IOException e) {
        replace(connection);
      }
    }
    selector.selectedKeys().clear();
    return busy.size() < before;
  }

  private void replace(HttpConnection lost) throws IOException {
    lost.close();
    idle.remove(lost);
    if (busy.remove(lost)) {
      tally.answered(0, 0);
    }
    idle.add(new HttpConnection(address, selector));
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        ((HttpConnection) key.attachment()).close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
