package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.time.TimestampGenerator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Write timestamps come from a clock that is not that of the machine. */
@QuarkusTest
@TestProfile(ClockTest.AnotherClock.class)
class ClockTest {
  private static final String ROW = "/v1/my_keyspace/my_table/clock";

  /** How much later than the machine's it is; shared by class loaders. */
  private static final String LATER = "dev.ringlet.feature.later";

  /** Reads a system property. */
  public static final class Later implements TimestampGenerator {
    private final AtomicLong last = new AtomicLong();

    public Later(DriverContext context) {}

    @Override
    public long next() {
      long now = (System.currentTimeMillis() + Long.getLong(LATER, 0)) * 1000;
      return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    @Override
    public void close() {}
  }

  /** The driver takes that one. */
  public static class AnotherClock implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(Management.settings());
      settings.put("ringlet.driver.\"advanced.timestamp-generator.class\"", Later.class.getName());
      return settings;
    }
  }

  @Test
  void nothingIsWrittenWhileTheyDiffer() throws Exception {
    Management.awaitReady();
    write().then().statusCode(204);
    try {
      System.setProperty(LATER, "5000");
      write()
          .then()
          .statusCode(503)
          .header("Retry-After", "1")
          .body("code", equalTo("clock-wrong"));
      given().header("If-Match", "*").delete(ROW).then().statusCode(503);
      given().header("Cassandra-Timestamp", 5).delete(ROW).then().statusCode(503);
      given().get(ROW).then().statusCode(200);
      given().get(Management.url() + "/q/health/live").then().statusCode(200);
      given().get(Management.url() + "/q/health/ready").then().statusCode(503);
      assertEquals(5, Management.metric("ringlet_clock_difference_seconds"), 0.5);
    } finally {
      System.clearProperty(LATER);
    }
    // it goes no way back: the machine's clock has to catch up
    write().then().statusCode(503);
    await().pollDelay(Duration.ZERO).until(() -> write().statusCode() == 204);
    Management.awaitReady();
  }

  private static Response write() {
    return given().contentType("application/json").body("{\"value\":\"now\"}").put(ROW);
  }
}
