package dev.ringlet.access;

import dev.ringlet.config.AuthConfig;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.request.QueryLimits;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jboss.logging.Logger;

/** The rules that are set, which are all understood before anything listens. */
@Singleton
@Startup(1)
public final class Rules {
  private static final Logger LOG = Logger.getLogger(Rules.class);

  private final List<Rule> rules;

  /** For as long as the caller is remembered, and only of the very same. */
  private final Map<Caller, Permissions> known = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @throws IllegalStateException what is not understood, a line each
   */
  public Rules(RingletConfig config) {
    QueryLimits limits = QueryLimits.of(config);
    List<Rule> understood = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    new TreeMap<>(config.rules())
        .forEach(
            (name, rule) -> {
              try {
                understood.add(Rule.of(name, rule, limits));
              } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
              }
            });
    AuthConfig.Source source = config.auth().permissions();
    boolean ownRules = LaunchMode.current() != LaunchMode.DEVELOPMENT; // which has some built in
    if (source != AuthConfig.Source.RULES && ownRules && !config.rules().isEmpty()) {
      problems.add(
          "ringlet.rules.%s is set, but ringlet.auth.permissions is %s, by which no rule counts: leave one of them out."
              .formatted(
                  new TreeMap<>(config.rules()).firstKey(),
                  source.name().toLowerCase(Locale.ROOT)));
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
    rules = List.copyOf(understood);
    if (rules.isEmpty() && source == AuthConfig.Source.RULES) {
      LOG.warn(
          "There is no rule: callers may do nothing. Set ringlet.rules.NAME.*, or ringlet.auth.permissions to grants or all.");
    }
  }

  /** What a caller may; of one that comes again it is known. */
  public Permissions of(Caller caller) {
    return known.computeIfAbsent(caller, this::found);
  }

  private Permissions found(Caller caller) {
    return new RulePermissions(
        rules.stream()
            .filter(rule -> caller.roles().stream().anyMatch(rule.roles()::contains))
            .filter(rule -> !rule.may().isEmpty())
            .map(rule -> CallersRule.of(rule, caller.claims()))
            .toList());
  }
}
