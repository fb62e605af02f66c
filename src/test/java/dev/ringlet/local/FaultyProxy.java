package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Stands before a node that speaks version 4 of the native protocol, counts the statements, and
 * fails on command.
 */
public final class FaultyProxy implements AutoCloseable {
  /** What becomes of a frame of the driver's. */
  @FunctionalInterface
  public interface Fault {
    void meet(NativeFrame frame, ProxiedConnection connection) throws IOException;
  }

  private static final Fault NONE = (frame, connection) -> connection.pass(frame);

  private final int port = FreePort.find();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger statements = new AtomicInteger();
  private volatile InetSocketAddress node;
  private volatile SocketFactory sockets;
  private volatile ServerSocket server;
  private volatile Fault fault = NONE;
  private volatile Predicate<NativeFrame> meant = NativeFrame::isStatement;
  private volatile boolean deaf;

  /** Where the driver finds it. */
  public int port() {
    return port;
  }

  /** Starts to listen. */
  public void start(InetSocketAddress before) {
    start(before, SocketFactory.getDefault());
  }

  /**
   * The same before a node that may speak TLS, as the driver does not.
   *
   * @param to the node
   */
  public void start(InetSocketAddress before, SocketFactory to) {
    node = before;
    sockets = to;
    listen();
  }

  /** Each statement, EXECUTE or BATCH, meets this. */
  public void fail(Fault with) {
    fault = with;
  }

  /** Each PREPARE meets it instead. */
  public void failAtPrepare() {
    meant = NativeFrame::isPrepare;
  }

  /** Each QUERY with this in its text meets that instead. */
  public void failAtQuery(String text, Fault with) {
    fault = with;
    meant = frame -> frame.isQuery() && frame.has(text);
  }

  /** No statement with this in it meets a fault, until all is healed. */
  public void spare(String text) {
    meant = frame -> frame.isStatement() && !frame.has(text);
  }

  /** Whoever has connected, or does, is never answered again. */
  public void deafen() {
    deaf = true;
  }

  /** Resets what is connected and refuses what would connect. */
  public void refuse() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(ProxiedConnection::reset);
  }

  /** Passes everything on again. Connections that are no use any more are reset. */
  public void heal() {
    fault = NONE;
    meant = NativeFrame::isStatement;
    connections.stream().filter(c -> deaf || c.isSpoilt()).forEach(ProxiedConnection::reset);
    deaf = false;
    if (server.isClosed()) {
      listen();
    }
  }

  public int connections() {
    return connections.size();
  }

  /** How many there have been. */
  public int accepted() {
    return accepted.get();
  }

  /** How many EXECUTE and BATCH have come since they were forgotten. */
  public int statements() {
    return statements.get();
  }

  public void forgetStatements() {
    statements.set(0);
  }

  @Override
  public void close() {
    refuse();
  }

  void meet(NativeFrame frame, ProxiedConnection connection) throws IOException {
    if (frame.isStatement()) {
      statements.incrementAndGet();
    }
    if (deaf) {
      return;
    }
    (meant.test(frame) ? fault : NONE).meet(frame, connection);
  }

  void ended(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private void listen() {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server = listening;
      ProxiedConnection.daemon(() -> accept(listening));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket driver = listening.accept();
        ProxiedConnection connection =
            new ProxiedConnection(
                this, driver, sockets.createSocket(node.getAddress(), node.getPort()));
        connections.add(connection);
        accepted.incrementAndGet();
        connection.start();
        if (listening.isClosed()) {
          connection.reset();
        }
      } catch (IOException refusing) {
        // closed, as it was asked to be
      }
    }
  }
}
