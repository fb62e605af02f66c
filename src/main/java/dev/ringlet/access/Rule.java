package dev.ringlet.access;

import dev.ringlet.config.RuleConfig;
import dev.ringlet.config.TablePattern;
import dev.ringlet.request.QueryLimits;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule as it is set: what some roles may do with some tables.
 *
 * @param tables patterns with claims in braces
 * @param narrowed to the columns: these do not depend on who the caller is
 */
record Rule(
    String name,
    Set<String> roles,
    List<String> tables,
    Set<Verb> may,
    ColumnChoice columns,
    NarrowedTables narrowed,
    List<RowTemplate> rows,
    Optional<Rate> rate) {

  /**
   * @throws IllegalArgumentException what of it is not understood, with the name of the setting
   */
  static Rule of(String name, RuleConfig config, QueryLimits limits) {
    Setting setting = new Setting("ringlet.rules." + name + ".");
    return new Rule(
        name,
        Set.copyOf(setting.names("roles", config.roles())),
        setting.read("tables", () -> tables(config.tables())),
        setting.read("may", () -> verbs(config.may())),
        setting.read(
            "columns", () -> config.columns().map(ColumnChoice::of).orElse(ColumnChoice.ALL)),
        new NarrowedTables(),
        setting.read(
            "rows",
            () -> config.rows().map(rows -> RowTemplate.all(rows, limits)).orElse(List.of())),
        setting.read(
            "rate",
            () -> config.rate().stream().boxed().findFirst().map(rate -> rate(name, rate))));
  }

  private static List<String> tables(List<String> patterns) {
    for (String pattern : patterns) {
      TablePattern unused = TablePattern.of(pattern, claim -> claim);
    }
    return List.copyOf(patterns);
  }

  private static Set<Verb> verbs(List<String> symbols) {
    Set<Verb> verbs = EnumSet.noneOf(Verb.class);
    for (String symbol : symbols) {
      verbs.add(
          Verb.of(symbol)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          symbol + " is none of " + String.join(", ", Verb.symbols()) + ".")));
    }
    return verbs;
  }

  private static Rate rate(String rule, int perSecond) {
    if (perSecond < 1) {
      throw new IllegalArgumentException("It is at least 1.");
    }
    return new Rate(rule, perSecond);
  }
}
