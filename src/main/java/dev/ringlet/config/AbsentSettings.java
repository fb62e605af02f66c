package dev.ringlet.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Settings that allow more when they are absent. So it is not enough that they are: a mapping takes
 * what is set to nothing for absent, and does not know a variable whose name is misspelt.
 */
final class AbsentSettings {
  private static final String RULE =
      "ringlet.rules.%s.%s is empty: give it a value, or leave it out to allow all.";

  /** What variables that say who may do what begin with. */
  private static final Pattern OURS = Pattern.compile("RINGLET_(AUTH_|EXPOSE|HTTP_|RULES_).*");

  /** What Kubernetes sets for a Service, as one that is called ringlet-auth. */
  private static final Pattern LINKS =
      Pattern.compile(
          ".*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9]+)*"
              + "|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  /** Letters, with digits or not; anything else between two underscores on either side. */
  private static final String NAME = "([A-Z0-9]*[A-Z][A-Z0-9]*|_.+_)";

  /** Those that there are; of a list also one element. */
  private static final Pattern KNOWN =
      Pattern.compile(
          ("RINGLET_((EXPOSE|HTTP_HOSTS|RULES_NAME_(ROLES|TABLES|MAY)"
                  + "|AUTH_(ANONYMOUS_ROLES|(KEYS|CERTIFICATES)_NAME_ROLES"
                  + "|JWT_(AUDIENCE|ALGORITHMS)))(_[0-9]+_)?"
                  + "|RULES_NAME_(COLUMNS|ROWS|RATE)"
                  + "|AUTH_(PERMISSIONS|ENFORCE|KEY_DIRECTORY|GRANTS_REFRESH"
                  + "|KEYS_NAME_HASH|CERTIFICATES_NAME_SUBJECT"
                  + "|JWT_(ISSUER|JWKS|KEY|ROLE_CLAIM|LEEWAY|MAX_SIZE|MAX_REMEMBERED|TLS)))")
              .replace("NAME", NAME));

  private final List<String> problems;
  private final Config all;

  private AbsentSettings(List<String> problems, Config all) {
    this.problems = problems;
    this.all = all;
  }

  /** Those that are set to nothing. */
  static void check(List<String> problems, RingletConfig config, Config all) {
    AbsentSettings settings = new AbsentSettings(problems, all);
    settings.require(
        "ringlet.expose",
        config.expose(),
        "ringlet.expose is empty: name what to expose, or leave it out to expose all.");
    settings.require(
        "ringlet.http.hosts",
        config.http().hosts(),
        "ringlet.http.hosts is empty: name the hosts, or leave it out to serve any.");
    settings.require(
        "ringlet.auth.jwt.issuer",
        config.auth().jwt().issuer(),
        "ringlet.auth.jwt.issuer is empty: name the issuer, or leave it out to take tokens of any.");
    settings.require(
        "ringlet.auth.jwt.tls",
        config.auth().jwt().tls(),
        "ringlet.auth.jwt.tls is empty: name a TLS configuration, or leave it out to trust as the JVM does.");
    config.rules().forEach(settings::rule);
  }

  private void rule(String name, RuleConfig rule) {
    limit(name, "columns", rule.columns());
    limit(name, "rows", rule.rows());
    limit(name, "rate", rate(rule));
  }

  private void limit(String rule, String setting, Optional<?> value) {
    String problem = RULE.formatted(rule, setting);
    require("ringlet.rules.%s.%s".formatted(rule, setting), value, problem);
    require("ringlet.rules.\"%s\".%s".formatted(rule, setting), value, problem);
  }

  private static Optional<Integer> rate(RuleConfig rule) {
    return rule.rate().stream().boxed().findFirst();
  }

  private void require(String name, Optional<?> value, String problem) {
    if (value.isEmpty() && isSet(name)) {
      problems.add(problem);
    }
  }

  /** As a whole or by elements, as {@code ringlet.expose[0]}. */
  private boolean isSet(String name) {
    return all.getConfigValue(name).getValue() != null
        || StreamSupport.stream(all.getPropertyNames().spliterator(), false)
            .anyMatch(property -> property.startsWith(name + "["));
  }

  /** Variables that look like settings and are none. */
  static void misspelt(List<String> problems, Config all) {
    Set<String> names =
        StreamSupport.stream(all.getConfigSources().spliterator(), false)
            .flatMap(AbsentSettings::variables)
            .collect(Collectors.toSet());
    misspelt(problems, names, all.unwrap(SmallRyeConfig.class).getProfiles());
  }

  /** Of the environment, or of a file {@code .env}, which Quarkus reads as if it were that. */
  private static Stream<String> variables(ConfigSource source) {
    return source instanceof EnvConfigSource environment
        ? environment.getProperties().keySet().stream()
        : Stream.empty();
  }

  /**
   * The same of given ones. Quarkus reads them whatever their case is.
   *
   * @param profiles for which there are variables that begin with their names
   */
  static void misspelt(List<String> problems, Set<String> names, List<String> profiles) {
    String any = profiles.stream().map(AbsentSettings::variable).collect(Collectors.joining("|"));
    Pattern profile = Pattern.compile("^_(%s)_(?=RINGLET_)".formatted(any));
    names.stream()
        .filter(name -> isNone(profile.matcher(name.toUpperCase(Locale.ROOT)).replaceFirst("")))
        .sorted()
        .forEach(
            name ->
                problems.add(
                    name + " is no setting: correct its name, or give it another beginning."));
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static boolean isNone(String variable) {
    return OURS.matcher(variable).matches()
        && !KNOWN.matcher(variable).matches()
        && !LINKS.matcher(variable).matches();
  }
}
