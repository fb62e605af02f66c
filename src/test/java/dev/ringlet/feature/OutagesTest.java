package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.local.FaultyProxy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All nodes are away for longer than the driver has to find them again by itself. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class OutagesTest {
  private static final int OUTAGES = 3;

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
  }

  @Test
  void nothingIsLeftOfThem() {
    Map<String, Long> before = settled();
    for (int i = 0; i < OUTAGES; i++) {
      FakeCassandra.begin(Fault.REFUSED);
      await().pollDelay(Duration.ofSeconds(3)).until(() -> readiness() == 503);
      FakeCassandra.heal();
      assertEquals(404, Statement.READ.send(5, Fault.REFUSED).statusCode());
    }
    await().untilAsserted(() -> assertEquals(before, inUse()));
  }

  /** A node that listens and says nothing keeps a session from being opened, and from failing. */
  @Test
  void aSessionThatComesTooLateIsClosed() {
    Map<String, Long> before = settled();
    FakeCassandra.begin(Fault.REFUSED);
    await().pollDelay(Duration.ofSeconds(3)).until(() -> readiness() == 503);
    FakeCassandra.heal();
    FakeCassandra.proxies().forEach(FaultyProxy::deafen);
    FakeCassandra.heal();
    await().untilAsserted(() -> assertEquals(before, inUse()));
  }

  private static int readiness() {
    return given().get(Management.url() + "/q/health/ready").statusCode();
  }

  /** When nothing is left of what was before. */
  private static Map<String, Long> settled() {
    AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
    await()
        .during(Duration.ofSeconds(2))
        .until(OutagesTest::inUse, now -> now.equals(last.getAndSet(now)));
    return last.get();
  }

  /** What a session has: connections, a timer, series; of each as many as there are. */
  private static Map<String, Long> inUse() {
    return Map.of(
        "connections", (long) FakeCassandra.connections(),
        "timers",
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("-timer-"))
                .count(),
        "series",
            given()
                .get(Management.url() + "/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("cassandra_"))
                .count());
  }
}
