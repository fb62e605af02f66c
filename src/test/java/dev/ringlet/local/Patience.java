package dev.ringlet.local;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long tests wait for what has to come, and how often they look. A slow machine only makes them
 * wait longer, and a fast one does not wait for the next look.
 */
public final class Patience implements LauncherSessionListener, QuarkusTestBeforeClassCallback {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofMillis(100);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    begin();
  }

  /**
   * The tests of an application in this JVM have a class loader, and an Awaitility, of their own.
   */
  @Override
  public void beforeClass(Class<?> test) {
    begin();
  }

  private static void begin() {
    Awaitility.setDefaultTimeout(LONGEST);
    Awaitility.setDefaultPollInterval(
        IterativePollInterval.iterative(
            last -> last.compareTo(LATER) < 0 ? last.multipliedBy(2) : LATER, FIRST));
  }
}
