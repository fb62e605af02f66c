package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.internal.core.config.typesafe.DefaultDriverConfigLoader;
import dev.ringlet.config.TestConfig;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RequestsOfANodeTest {
  private static final DefaultDriverConfigLoader SETTINGS = new DefaultDriverConfigLoader();

  private final DriverExecutionProfile driver = SETTINGS.getInitialConfig().getDefaultProfile();

  @AfterAll
  static void close() {
    SETTINGS.close();
  }

  private static Optional<String> warning(int rows, int max, DriverExecutionProfile driver) {
    return RequestsOfANode.warning(
        TestConfig.of(
            Map.of("ringlet.bulk.total-concurrency", "" + rows, "ringlet.in-flight.max", "" + max)),
        driver);
  }

  @Test
  void thereIsRoomForTheDefaults() {
    assertEquals(Optional.empty(), RequestsOfANode.warning(TestConfig.defaults(), driver));
  }

  @Test
  void saysWhichSettingsAreTooMuch() {
    assertEquals(Optional.empty(), warning(512, 388, driver));
    assertEquals(
        Optional.of(
            "901 requests may be under way at once, and a node has room for 900: lower"
                + " ringlet.bulk.total-concurrency or ringlet.in-flight.max, or raise what the"
                + " driver has in flight on a connection."),
        warning(512, 389, driver));
  }

  @Test
  void knowsWhatTheDriverActsBy() {
    DriverExecutionProfile two = driver.withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, 2);
    assertEquals(Optional.empty(), warning(512, 1288, two));
    assertEquals(true, warning(512, 1289, two).isPresent());
    DriverExecutionProfile more =
        driver
            .withInt(DefaultDriverOption.CONNECTION_MAX_ORPHAN_REQUESTS, 1500)
            .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 1000);
    assertEquals(Optional.empty(), warning(512, 488, more));
    assertEquals(true, warning(512, 489, more).isPresent());
  }
}
