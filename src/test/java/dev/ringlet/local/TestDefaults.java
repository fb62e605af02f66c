package dev.ringlet.local;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long tests wait for what has to come, and how often they look: a slow machine only makes them
 * wait longer, and a fast one does not wait for the next look. And the charset of what they send.
 */
public final class TestDefaults implements LauncherSessionListener, QuarkusTestBeforeClassCallback {
  static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofMillis(100);

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    begin();
  }

  /**
   * The tests of an application in this JVM have a class loader, and an Awaitility and
   * REST-assured, of their own.
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
    RestAssured.config =
        RestAssured.config()
            .encoderConfig(
                EncoderConfig.encoderConfig().defaultContentCharset(StandardCharsets.UTF_8));
  }
}
