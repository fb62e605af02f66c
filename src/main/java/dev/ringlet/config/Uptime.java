package dev.ringlet.config;

import java.time.Duration;
import java.time.Instant;

/** How long the process runs, which is what a cold start is measured by. */
public final class Uptime {
  private Uptime() {}

  /** Milliseconds since it was made, to about ten. */
  public static long millis() {
    Instant now = Instant.now();
    Instant begun = ProcessHandle.current().info().startInstant().orElse(now);
    return Duration.between(begun, now).toMillis();
  }
}
