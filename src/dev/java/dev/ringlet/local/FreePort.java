package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port of the loopback address that was free a moment ago. */
public final class FreePort {
  /** Before the number of a port that was given: shared by class loaders. */
  private static final String GIVEN = "dev.ringlet.local.given.";

  private FreePort() {}

  /** Never the same twice in a process, for who was given it may not have taken it yet. */
  public static int find() {
    int port = free();
    while (System.getProperties().putIfAbsent(GIVEN + port, "given") != null) {
      port = free();
    }
    return port;
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
