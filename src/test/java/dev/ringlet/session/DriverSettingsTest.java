package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.internal.core.config.typesafe.DefaultDriverConfigLoader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DriverSettingsTest {
  /** With zero the driver does not read them again, when system properties are there no more. */
  @Test
  void settingsAreReadOnce() {
    try (DefaultDriverConfigLoader settings = new DefaultDriverConfigLoader()) {
      assertEquals(
          Duration.ZERO,
          settings
              .getInitialConfig()
              .getDefaultProfile()
              .getDuration(DefaultDriverOption.CONFIG_RELOAD_INTERVAL));
    }
  }
}
