package dev.ringlet.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that were free a moment ago, below those that systems give to sockets that ask for
 * none in particular (Linux from 32768 on, others from 49152): so none of these sockets takes one
 * before who was given it listens, or while a node is started again.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 30_000;

  /** Before the number of a port that was given: shared by class loaders. */
  private static final String GIVEN = "dev.ringlet.local.given.";

  private FreePort() {}

  /** Of 127.0.0.1. */
  public static int find() {
    return find(List.of("127.0.0.1"));
  }

  /**
   * Of 127.0.0.1, the same for the same name: that is a property of the system, since tests and
   * their resources need not be of one class loader.
   */
  public static int find(String name) {
    if (System.getProperty(name) == null) {
      Object unused = System.getProperties().putIfAbsent(name, Integer.toString(find()));
    }
    return Integer.getInteger(name);
  }

  /**
   * Never the same twice in a process, for who was given it may not have taken it yet.
   *
   * @param addresses of this machine, on all of which it is free
   */
  public static int find(List<String> addresses) {
    return ThreadLocalRandom.current()
        .ints(END - FIRST, FIRST, END)
        .filter(port -> addresses.stream().allMatch(address -> isFree(address, port)))
        .filter(port -> System.getProperties().putIfAbsent(GIVEN + port, "given") == null)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no port is free on %s (macOS: sudo ifconfig lo0 alias, for each)"
                        .formatted(addresses)));
  }

  private static boolean isFree(String address, int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getByName(address)).close();
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
