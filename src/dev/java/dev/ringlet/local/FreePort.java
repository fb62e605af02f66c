package dev.ringlet.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that were free a moment ago. They are below those that systems choose for who asks
 * for any port or for none, from 32768 on, so that such a socket does not take one before who was
 * given it, nor while a node that is killed and started again does not listen.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  /** Before the number of a port that was given: shared by class loaders. */
  private static final String GIVEN = "dev.ringlet.local.given.";

  private FreePort() {}

  /** Of 127.0.0.1. */
  public static int find() {
    return find(List.of("127.0.0.1"));
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
        .orElseThrow(() -> new IllegalStateException("no port is free on " + addresses));
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
