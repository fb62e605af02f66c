package dev.ringlet.config;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Refuses settings that could not work, before anything listens. */
@Singleton
public final class StartupChecks {
  private static final long LARGEST_BODY = 1 << 30;

  /** Cassandra's own limit on a TTL: twenty years. */
  private static final int LONGEST_TTL = 630_720_000;

  /** What a stream has besides its page: rows that are encoded. */
  private static final long PORTION = 1 << 16;

  /** Cassandra tells its own schema by such answers, too. */
  private static final long SMALLEST_ROW = 1 << 20;

  /** What the native protocol has in a frame. */
  private static final long LARGEST_ROW = 1 << 28;

  private static final Pattern SCANNED = Pattern.compile("\\*|\\w+\\.(\\w+|\\*)");
  private static final Pattern EXPOSED = Pattern.compile("\\w+(\\.\\w+)?");

  /** A name, an IPv4 address, or an IPv6 address in brackets, as in the header Host. */
  private static final Pattern HOST =
      Pattern.compile("\\w([\\w-]*\\w)?(\\.\\w([\\w-]*\\w)?)*\\.?|\\[[0-9A-Fa-f:.]+]");

  /** What may be sent as the value of a header: with a line break, no read would be answered. */
  private static final Pattern FIELD = Pattern.compile("[\\t -~]+");

  private static final Pattern CONTACT_POINT = Pattern.compile(".+:([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;

  private final RingletConfig config;
  private final Optional<List<String>> contactPoints;
  private final boolean username;
  private final boolean password;
  private final Duration idle;
  private final Config all;

  StartupChecks(RingletConfig config, Config all) {
    this.config = config;
    this.contactPoints = all.getOptionalValues("quarkus.cassandra.contact-points", String.class);
    this.username = all.getConfigValue("quarkus.cassandra.auth.username").getValue() != null;
    this.password = all.getConfigValue("quarkus.cassandra.auth.password").getValue() != null;
    this.idle = all.getValue("quarkus.http.idle-timeout", Duration.class);
    this.all = all;
  }

  /** Before the others that hear of it, which are made of settings. */
  void check(@Observes @Priority(1) Filters filters) {
    List<String> problems = problems(config);
    contactPoints.ifPresent(points -> points.forEach(point -> contactPoint(problems, point)));
    if (username != password) {
      problems.add(
          "quarkus.cassandra.auth.username and quarkus.cassandra.auth.password go together: set both or none.");
    }
    if (config.timeout().max().compareTo(idle) >= 0) {
      problems.add(
          "quarkus.http.idle-timeout must be longer than ringlet.timeout.max: after it nobody hears the answer.");
    }
    AbsentSettings.check(problems, config, all);
    AbsentSettings.misspelt(problems, all);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
  }

  /** What is wrong, a sentence each that says what to change. */
  static List<String> problems(RingletConfig config) {
    List<String> problems = new ArrayList<>();
    int max = config.pageSize().max();
    if (max < 1 || config.pageSize().standard() < 1 || config.pageSize().standard() > max) {
      problems.add("ringlet.page-size.default must be from 1 to ringlet.page-size.max.");
    }
    if (!FIELD.matcher(config.cacheControl()).matches()) {
      problems.add(
          "ringlet.cache-control must be visible ASCII characters and spaces, as in no-cache.");
    }
    if (config.timeout().standard().isNegative() || config.timeout().standard().isZero()) {
      problems.add("ringlet.timeout.default must be longer than nothing, as in 5s.");
    }
    if (config.clock().tolerance().compareTo(Duration.ofMillis(1)) < 0) {
      problems.add("ringlet.clock.tolerance must be at least 1ms, as in 1s.");
    }
    positive(problems, "ringlet.statements.max", config.statements().max());
    positive(
        problems, "ringlet.statements.max-bytes", config.statements().maxBytes().asLongValue());
    positive(problems, "ringlet.select.max", config.select().max());
    positive(problems, "ringlet.select.max-bytes", config.select().maxBytes().asLongValue());
    positive(problems, "ringlet.openapi.max-bytes", config.openapi().maxBytes().asLongValue());
    positive(problems, "ringlet.in.max", config.in().max());
    positive(problems, "ringlet.json.max-depth", config.json().maxDepth());
    positive(problems, "ringlet.json.max-number-length", config.json().maxNumberLength());
    positive(problems, "ringlet.page-size.max-bytes", config.pageSize().maxBytes().asLongValue());
    stream(problems, config.stream());
    long row = config.row().maxSize().asLongValue();
    if (row < SMALLEST_ROW || row > LARGEST_ROW) {
      problems.add("ringlet.row.max-size must be from 1M to 256M.");
    }
    if (config.timeout().max().compareTo(config.timeout().standard()) < 0) {
      problems.add("ringlet.timeout.max must not be shorter than ringlet.timeout.default.");
    }
    positive(problems, "ringlet.body.max-size", config.body().maxSize().asLongValue());
    if (config.body().maxSize().asLongValue() > LARGEST_BODY) {
      problems.add("ringlet.body.max-size must be at most 1G: a body is kept in memory.");
    }
    positive(problems, "ringlet.bulk.concurrency", config.bulk().concurrency());
    positive(problems, "ringlet.bulk.total-concurrency", config.bulk().totalConcurrency());
    positive(problems, "ringlet.bulk.max-bytes", config.bulk().maxBytes().asLongValue());
    positive(problems, "ringlet.bulk.max-rows", config.bulk().maxRows());
    positive(problems, "ringlet.batch.max-rows", config.batch().maxRows());
    inFlight(problems, config);
    if (config.metrics().maxTables() < 0) {
      problems.add("ringlet.metrics.max-tables must not be negative.");
    }
    if (config.metrics().maxRoles() < 0) {
      problems.add("ringlet.metrics.max-roles must not be negative.");
    }
    if (config.metrics().maxKinds() < 0) {
      problems.add("ringlet.metrics.max-kinds must not be negative.");
    }
    if (config.ttl().max() < 0 || config.ttl().max() > LONGEST_TTL) {
      problems.add("ringlet.ttl.max must be from 0 to " + LONGEST_TTL + " seconds.");
    }
    for (String level : config.consistency().allowed()) {
      if (!isLevel(level, true) && !isLevel(level, false)) {
        problems.add("ringlet.consistency.allowed has " + level + ": name consistency levels.");
      }
    }
    for (String pattern : config.scan().orElse(List.of())) {
      if (!SCANNED.matcher(pattern).matches()) {
        problems.add("ringlet.scan has " + pattern + ": write keyspace.table, keyspace.* or *.");
      }
    }
    consistency(problems, "ringlet.consistency.default", config.consistency().standard(), false);
    consistency(problems, "ringlet.consistency.serial", config.consistency().serial(), true);
    config.expose().orElse(List.of()).forEach(entry -> exposed(problems, entry));
    config.http().hosts().orElse(List.of()).forEach(host -> host(problems, host));
    AuthChecks.check(problems, config.auth());
    return problems;
  }

  private static void positive(List<String> problems, String property, long value) {
    if (value < 1) {
      problems.add(property + " must be at least 1.");
    }
  }

  private static void stream(List<String> problems, ReadConfig.Stream stream) {
    positive(problems, "ringlet.stream.page-size", stream.pageSize());
    positive(problems, "ringlet.stream.page-bytes", stream.pageBytes().asLongValue());
    if (stream.maxBytes().asLongValue() < 2 * (stream.pageBytes().asLongValue() + PORTION)) {
      problems.add(
          "ringlet.stream.max-bytes must be at least twice ringlet.stream.page-bytes and 128K more.");
    }
  }

  private static void inFlight(List<String> problems, RingletConfig config) {
    RingletConfig.InFlight inFlight = config.inFlight();
    if (inFlight.min() < 1
        || inFlight.initial() < inFlight.min()
        || inFlight.max() < inFlight.initial()) {
      problems.add(
          "ringlet.in-flight: min must be at least 1, initial at least min, and max at least initial.");
    }
    positive(problems, "ringlet.in-flight.max-pipelined", inFlight.maxPipelined());
    long body = config.body().maxSize().asLongValue();
    long least = Math.max(body > LARGEST_BODY ? 0 : body, config.row().maxSize().asLongValue());
    if (inFlight.maxBytes().asLongValue() < least) {
      problems.add(
          "ringlet.in-flight.max-bytes must not be less than ringlet.body.max-size and ringlet.row.max-size.");
    }
  }

  private static boolean isLevel(String name, boolean serial) {
    return Arrays.stream(DefaultConsistencyLevel.values())
        .anyMatch(level -> level.name().equals(name) && level.isSerial() == serial);
  }

  private static void consistency(
      List<String> problems, String property, String level, boolean serial) {
    if (!isLevel(level, serial)) {
      problems.add(
          "%s is %s: set it to %s."
              .formatted(
                  property,
                  level,
                  serial ? "SERIAL or LOCAL_SERIAL" : "a level such as LOCAL_QUORUM or ONE"));
    }
  }

  /** The driver drops one without a port, and then looks for a cluster on this machine. */
  private static void contactPoint(List<String> problems, String point) {
    Matcher parts = CONTACT_POINT.matcher(point.strip());
    if (!parts.matches()) {
      problems.add("quarkus.cassandra.contact-points has " + point + ": write host:port.");
    } else if (!isPort(Integer.parseInt(parts.group(1)))) {
      problems.add(
          "quarkus.cassandra.contact-points has " + point + ": ports are from 1 to 65535.");
    }
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= LAST_PORT;
  }

  private static void exposed(List<String> problems, String entry) {
    if (!EXPOSED.matcher(entry).matches()) {
      problems.add("ringlet.expose has " + entry + ": write keyspace or keyspace.table.");
    } else if (entry.equals("system")
        || entry.startsWith("system.")
        || entry.startsWith("system_")) {
      problems.add("ringlet.expose has " + entry + ": system keyspaces are never exposed.");
    }
  }

  private static void host(List<String> problems, String host) {
    if (!HOST.matcher(host).matches()) {
      problems.add(
          "ringlet.http.hosts has %s: write a name or an address without a port, as api.example.com or [::1]."
              .formatted(host));
    }
  }
}
