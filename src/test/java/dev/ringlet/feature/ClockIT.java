package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock that the driver would take in a native image counts from when the machine was booted.
 * On a JVM there is no such clock, and {@link ClockTest} has another.
 */
class ClockIT {
  private static final String ROW = "/v1/my_keyspace/my_table/clock";
  private static final String WRITTEN = "{\"value\":\"now\"}";

  @TempDir Path folder;

  @Test
  void writesHaveTheTimeOfDay() throws Exception {
    try (Packaged ringlet = start("")) {
      ringlet.awaitReady();
      Instant before = Instant.now().minusSeconds(1);
      assertEquals(204, ringlet.send("PUT", ROW, Map.of(), WRITTEN));
      Instant written = writeTime();
      assertTrue(!written.isBefore(before) && !written.isAfter(Instant.now().plusSeconds(1)));
    }
  }

  @Test
  void withAnotherTimeNothingIsWritten() throws Exception {
    assumeTrue(
        Packaged.isNative(), "SKIPPED: there is no native binary, which alone has the clock");
    try (Packaged ringlet =
        start("ringlet.driver.\"advanced.timestamp-generator.force-java-clock\"=false")) {
      await().until(() -> ringlet.log().contains("Write timestamps differ from the clock by"));
      assertEquals(200, ringlet.send("GET", "/v1/my_keyspace/my_table/hello", Map.of(), ""));
      assertEquals(503, ringlet.health("ready"));
      assertEquals(503, ringlet.send("PUT", ROW, Map.of(), WRITTEN));
      assertEquals(503, ringlet.send("PUT", ROW, Map.of("If-None-Match", "*"), WRITTEN));
      assertEquals(503, ringlet.send("DELETE", ROW, Map.of(), ""));
      assertEquals(200, ringlet.health("live"));
      assertTrue(
          Math.abs(ringlet.metric("ringlet_clock_difference_seconds"))
              > Duration.ofHours(1).toSeconds());
    }
  }

  private Packaged start(String setting) throws IOException {
    Path settings = Files.writeString(folder.resolve("settings.properties"), setting);
    return Packaged.start(
        "clock",
        "127.0.0.1:" + TestCassandra.port(),
        Map.of("SMALLRYE_CONFIG_LOCATIONS", settings.toUri().toString()));
  }

  private static Instant writeTime() {
    try (CqlSession driver = PlainDriver.withoutSchema()) {
      Row row =
          driver
              .execute("SELECT writetime(value) FROM my_keyspace.my_table WHERE key = 'clock'")
              .one();
      return Instant.EPOCH.plusNanos(row.getLong(0) * 1000);
    }
  }
}
