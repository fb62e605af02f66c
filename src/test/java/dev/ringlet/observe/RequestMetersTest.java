package dev.ringlet.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.ringlet.config.TestConfig;
import dev.ringlet.observe.RequestMeters.Kind;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMeters meters =
      new RequestMeters(registry, TestConfig.of(Map.of("ringlet.metrics.max-kinds", "2")));

  private Timer of(String table, String role, int status) {
    return meters.timer(new Kind("GET", Route.KEY, table, role, status));
  }

  private static String names(Timer timer) {
    return timer.getId().getTag("table") + " " + timer.getId().getTag("role");
  }

  @Test
  void whatIsBeyondHasNoTableAndNoRole() {
    Timer first = of("k.a", "r", 200);
    assertEquals("k.a r", names(first));
    assertEquals("k.a r", names(of("k.a", "r", 404)));
    Timer other = of("k.b", "r", 200);
    assertEquals("other other", names(other));
    assertSame(other, of("k.c", "s", 200));
    assertEquals("404", of("k.b", "r", 404).getId().getTag("status"));
    assertSame(first, of("k.a", "r", 200));
    assertEquals(4, registry.find("http.server.requests").timers().size());
  }
}
