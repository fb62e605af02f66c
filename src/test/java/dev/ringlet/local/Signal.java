package dev.ringlet.local;

import java.io.IOException;
import java.io.UncheckedIOException;

/** To processes. */
final class Signal {
  private Signal() {}

  /**
   * It hangs, its connections open (SIGSTOP).
   *
   * @param pid of a process
   */
  static void pause(long pid) {
    send("-STOP", pid);
  }

  static void resume(long pid) {
    send("-CONT", pid);
  }

  private static void send(String signal, long pid) {
    try {
      int status =
          new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill " + signal + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
