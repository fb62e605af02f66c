package dev.ringlet.guard;

import dev.ringlet.access.Caller;
import dev.ringlet.access.Claims;
import dev.ringlet.access.Rules;
import dev.ringlet.access.Unlimited;
import dev.ringlet.config.TestConfig;
import dev.ringlet.schema.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Targets of callers who may do everything, or what rules let them. */
public final class TestTarget {
  private TestTarget() {}

  public static Target of(Table table, List<String> keys) {
    return Target.of(Unlimited.ALL.of(table).get(0), keys);
  }

  /**
   * @param rules the settings below {@code ringlet.rules}, for the role {@code customer}
   */
  public static Targets ruled(
      Map<String, String> rules, Map<String, Object> claims, Table table, List<String> keys) {
    Map<String, String> settings = new HashMap<>();
    rules.forEach((name, value) -> settings.put("ringlet.rules." + name, value));
    Caller caller = new Caller("alice", List.of("customer"), new Claims(claims));
    return Targets.of(new Rules(TestConfig.of(settings)).of(caller).of(table), keys);
  }
}
