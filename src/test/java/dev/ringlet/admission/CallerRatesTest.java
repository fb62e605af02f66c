package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.ringlet.access.Caller;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Rules;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.schema.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often callers may come, by a clock of the test. */
class CallerRatesTest {
  private static final Table TABLE = Tables.table("t").partitionKey("k", DataTypes.TEXT).build();

  private final CallerRates rates = new CallerRates();
  private long now = Duration.ofDays(1).toNanos();

  /**
   * @param rules their rates; 0 for none
   */
  private static List<Permission> permissions(int... rules) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < rules.length; i++) {
      String rule = "ringlet.rules.r" + i;
      settings.put(rule + ".roles", "role");
      settings.put(rule + ".tables", "*");
      settings.put(rule + ".may", "read");
      if (rules[i] > 0) {
        settings.put(rule + ".rate", Integer.toString(rules[i]));
      }
    }
    return new Rules(TestConfig.of(settings)).of(Caller.named("a", List.of("role"))).of(TABLE);
  }

  private int taken(List<Permission> permissions, String caller, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      try {
        taken += rates.take(permissions, caller, now).isEmpty() ? 0 : 1;
      } catch (ApiException e) {
        assertEquals(ErrorCode.RATE_LIMITED, e.code());
      }
    }
    return taken;
  }

  @Test
  void aBurstHasTwoSecondsAndThenItIsTheRate() {
    List<Permission> five = permissions(5);
    assertEquals(10, taken(five, "a", 20));
    for (int second = 0; second < 3; second++) {
      now += Duration.ofSeconds(1).toNanos();
      assertEquals(5, taken(five, "a", 20));
    }
    now += Duration.ofHours(1).toNanos();
    assertEquals(10, taken(five, "a", 20));
  }

  @Test
  void eachCallerHasTheirOwn() {
    List<Permission> one = permissions(1);
    assertEquals(2, taken(one, "a", 5));
    assertEquals(2, taken(one, "b", 5));
  }

  @Test
  void itIsSaidWhenToComeAgain() {
    List<Permission> one = permissions(1);
    assertEquals(2, taken(one, "a", 2));
    ApiException e = assertThrows(ApiException.class, () -> rates.take(one, "a", now).size());
    assertEquals(1, e.members().get("retry_after"));
  }

  @Test
  void anotherRuleMayLetThemComeYet() {
    assertEquals(2 + 4, taken(permissions(1, 2), "a", 20));
    assertEquals(20, taken(permissions(1, 0), "c", 20));
  }
}
