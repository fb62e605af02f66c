package dev.ringlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupChecksTest {

  @Test
  void findsNothingWrongWithTheDefaults() {
    assertEquals(List.of(), StartupChecks.problems(TestConfig.defaults()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ringlet.page-size.default     | 1001         | ringlet.page-size.default must be from 1 to ringlet.page-size.max.
          ringlet.page-size.max         | 0            | ringlet.page-size.default must be from 1 to ringlet.page-size.max.
          ringlet.timeout.default       | 0s           | ringlet.timeout.default must be longer than nothing, as in 5s.
          ringlet.auth.grants.refresh   | 0s           | ringlet.auth.grants.refresh must be longer than nothing, as in 10s.
          ringlet.statements.max        | 0            | ringlet.statements.max must be at least 1.
          ringlet.statements.max-bytes  | 0            | ringlet.statements.max-bytes must be at least 1.
          ringlet.select.max            | 0            | ringlet.select.max must be at least 1.
          ringlet.select.max-bytes      | 0            | ringlet.select.max-bytes must be at least 1.
          ringlet.in.max                | 0            | ringlet.in.max must be at least 1.
          ringlet.json.max-number-length | 0           | ringlet.json.max-number-length must be at least 1.
          ringlet.json.max-depth        | 0            | ringlet.json.max-depth must be at least 1.
          ringlet.consistency.default   | LOCAL        | ringlet.consistency.default is LOCAL: set it to a level such as LOCAL_QUORUM or ONE.
          ringlet.consistency.default   | SERIAL       | ringlet.consistency.default is SERIAL: set it to a level such as LOCAL_QUORUM or ONE.
          ringlet.consistency.serial    | QUORUM       | ringlet.consistency.serial is QUORUM: set it to SERIAL or LOCAL_SERIAL.
          ringlet.timeout.max           | 1s           | ringlet.timeout.max must not be shorter than ringlet.timeout.default.
          ringlet.stream.page-size      | 0            | ringlet.stream.page-size must be at least 1.
          ringlet.consistency.allowed   | ONCE         | ringlet.consistency.allowed has ONCE: name consistency levels.
          ringlet.clock.tolerance       | 0s           | ringlet.clock.tolerance must be at least 1ms, as in 1s.
          ringlet.clock.tolerance       | PT0.000999S  | ringlet.clock.tolerance must be at least 1ms, as in 1s.
          ringlet.body.max-size         | 0            | ringlet.body.max-size must be at least 1.
          ringlet.body.max-size         | 3G           | ringlet.body.max-size must be at most 1G: a body is kept in memory.
          ringlet.bulk.concurrency      | 0            | ringlet.bulk.concurrency must be at least 1.
          ringlet.bulk.total-concurrency | 0           | ringlet.bulk.total-concurrency must be at least 1.
          ringlet.bulk.max-rows         | 0            | ringlet.bulk.max-rows must be at least 1.
          ringlet.batch.max-rows        | 0            | ringlet.batch.max-rows must be at least 1.
          ringlet.metrics.max-tables    | -1           | ringlet.metrics.max-tables must not be negative.
          ringlet.metrics.max-roles     | -1           | ringlet.metrics.max-roles must not be negative.
          ringlet.metrics.max-kinds     | -1           | ringlet.metrics.max-kinds must not be negative.
          ringlet.in-flight.min         | 129          | ringlet.in-flight: min must be at least 1, initial at least min, and max at least initial.
          ringlet.in-flight.max         | 127          | ringlet.in-flight: min must be at least 1, initial at least min, and max at least initial.
          ringlet.in-flight.max-bytes   | 8191K        | ringlet.in-flight.max-bytes must not be less than ringlet.body.max-size and ringlet.row.max-size.
          ringlet.page-size.max-bytes   | 0            | ringlet.page-size.max-bytes must be at least 1.
          ringlet.row.max-size          | 1023K        | ringlet.row.max-size must be from 1M to 256M.
          ringlet.stream.page-bytes     | 0            | ringlet.stream.page-bytes must be at least 1.
          ringlet.stream.max-bytes      | 639K         | ringlet.stream.max-bytes must be at least twice ringlet.stream.page-bytes and 128K more.
          ringlet.in-flight.max-pipelined | 0         | ringlet.in-flight.max-pipelined must be at least 1.
          ringlet.ttl.max               | 630720001    | ringlet.ttl.max must be from 0 to 630720000 seconds.
          ringlet.scan                  | ks           | ringlet.scan has ks: write keyspace.table, keyspace.* or *.
          ringlet.http.hosts            | localhost:80 | ringlet.http.hosts has localhost:80: write a name or an address without a port, as api.example.com or [::1].
          ringlet.http.hosts            | *.com        | ringlet.http.hosts has *.com: write a name or an address without a port, as api.example.com or [::1].
          ringlet.http.hosts            | http://a     | ringlet.http.hosts has http://a: write a name or an address without a port, as api.example.com or [::1].
          ringlet.http.hosts            | ::1          | ringlet.http.hosts has ::1: write a name or an address without a port, as api.example.com or [::1].
          ringlet.http.hosts            | a..b         | ringlet.http.hosts has a..b: write a name or an address without a port, as api.example.com or [::1].
          ringlet.expose                | a.b.c        | ringlet.expose has a.b.c: write keyspace or keyspace.table.
          ringlet.expose                | system.local | ringlet.expose has system.local: system keyspaces are never exposed.
          ringlet.expose                | system_auth  | ringlet.expose has system_auth: system keyspaces are never exposed.
          """)
  void saysWhatToChange(String property, String value, String problem) {
    assertEquals(List.of(problem), StartupChecks.problems(TestConfig.of(Map.of(property, value))));
  }

  /** A block of YAML ends with a line break. */
  @ParameterizedTest
  @ValueSource(strings = {"no-cache\n", "no\rcache", "no\0cache", "no\u007fcache", "nö"})
  void refusesWhatNoHeaderMayHave(String value) {
    assertEquals(
        List.of(
            "ringlet.cache-control must be visible ASCII characters and spaces, as in no-cache."),
        StartupChecks.problems(TestConfig.of(Map.of("ringlet.cache-control", value))));
  }

  @Test
  void startsWithAnyHeaderThatMayBeSent() {
    assertEquals(
        List.of(),
        StartupChecks.problems(
            TestConfig.of(Map.of("ringlet.cache-control", "private, max-age=60, ext=\"a\tb\""))));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertEquals(
        2,
        StartupChecks.problems(
                TestConfig.of(
                    Map.of("ringlet.statements.max", "0", "ringlet.consistency.serial", "ONE")))
            .size());
  }

  /**
   * What is set to nothing counts as absent in a mapping, and what belongs to Quarkus is in none.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ringlet.expose                  | ''   | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          ringlet.expose                  | ' , ' | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          ringlet.expose                  | ${unset:} | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          ringlet.expose[0]               | ''   | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          ringlet.expose[0]               | ' '  | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          ringlet.http.hosts[1]           | ''   | ringlet.http.hosts is empty: name the hosts, or leave it out to serve any.
          ringlet.http.hosts              | ''   | ringlet.http.hosts is empty: name the hosts, or leave it out to serve any.
          ringlet.http.hosts              | ','  | ringlet.http.hosts is empty: name the hosts, or leave it out to serve any.
          ringlet.auth.jwt.issuer         | ''   | ringlet.auth.jwt.issuer is empty: name the issuer, or leave it out to take tokens of any.
          ringlet.auth.jwt.tls            | ''   | ringlet.auth.jwt.tls is empty: name a TLS configuration, or leave it out to trust as the JVM does.
          ringlet.timeout.max             | 75s  | quarkus.http.idle-timeout must be longer than ringlet.timeout.max: after it nobody hears the answer.
          quarkus.http.idle-timeout       | 0S   | quarkus.http.idle-timeout must be longer than ringlet.timeout.max: after it nobody hears the answer.
          quarkus.cassandra.auth.username | me   | quarkus.cassandra.auth.username and quarkus.cassandra.auth.password go together: set both or none.
          quarkus.cassandra.auth.password | word | quarkus.cassandra.auth.username and quarkus.cassandra.auth.password go together: set both or none.
          quarkus.cassandra.contact-points | a:9042,b:65536 | quarkus.cassandra.contact-points has b:65536: ports are from 1 to 65535.
          quarkus.cassandra.contact-points | b:0  | quarkus.cassandra.contact-points has b:0: ports are from 1 to 65535.
          quarkus.cassandra.contact-points | a:9042,b | quarkus.cassandra.contact-points has b: write host:port.
          """)
  void refusesToStart(String property, String value, String problem) {
    SmallRyeConfig all = TestConfig.all(Map.of(property, value));
    StartupChecks checks = new StartupChecks(all.getConfigMapping(RingletConfig.class), all);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> checks.check(new Filters()));
    assertEquals(problem, e.getMessage());
  }

  /** It would be the same rule without a limit. */
  @ParameterizedTest
  @CsvSource({
    "r, columns, ''",
    "r, rows, ''",
    "r, rows, ${unset:}",
    "r, rate, ''",
    "a.b, rows, ''",
  })
  void refusesALimitOfARuleThatIsNone(String rule, String setting, String value) {
    String quoted = rule.equals("r") ? rule : '"' + rule + '"';
    String prefix = "ringlet.rules." + quoted + ".";
    Map<String, String> properties =
        Map.of(
            prefix + "roles",
            "x",
            prefix + "tables",
            "*",
            prefix + "may",
            "read",
            prefix + setting,
            value);
    SmallRyeConfig all = TestConfig.all(properties);
    StartupChecks checks = new StartupChecks(all.getConfigMapping(RingletConfig.class), all);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> checks.check(new Filters()));
    assertEquals(
        "ringlet.rules.%s.%s is empty: give it a value, or leave it out to allow all."
            .formatted(rule, setting),
        e.getMessage());
  }

  /** By variables, whose names the configuration makes properties of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RINGLET_EXPOSE_0_     | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          RINGLET_HTTP_HOSTS_0_ | ringlet.http.hosts is empty: name the hosts, or leave it out to serve any.
          _PROD_RINGLET_EXPOSE  | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          _PROD_RINGLET_EXPOSE_0_ | ringlet.expose is empty: name what to expose, or leave it out to expose all.
          """)
  void refusesAListOfNothing(String variable, String problem) {
    SmallRyeConfig all = TestConfig.all(new EnvConfigSource(Map.of(variable, ""), 300));
    StartupChecks checks = new StartupChecks(all.getConfigMapping(RingletConfig.class), all);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> checks.check(new Filters()));
    assertEquals(problem, e.getMessage());
  }

  /** A file .env is a source of its own, of the same kind. */
  @Test
  void refusesVariablesThatAreNoSettings() {
    SmallRyeConfig all =
        TestConfig.all(
            new EnvConfigSource(
                Map.of("_PROD_RINGLET_EXPOSED", "a", "_DEV_RINGLET_EXPOSED", ""), 300),
            new EnvConfigSource(Map.of("RINGLET_HTTP_HOST", "a", "RINGLET_EXPOSE", "a"), 295));
    StartupChecks checks = new StartupChecks(all.getConfigMapping(RingletConfig.class), all);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> checks.check(new Filters()));
    assertEquals(
        "RINGLET_HTTP_HOST is no setting: correct its name, or give it another beginning.\n"
            + "_PROD_RINGLET_EXPOSED is no setting: correct its name, or give it another beginning.",
        e.getMessage());
  }

  @Test
  void startsWithElementsOfAList() {
    SmallRyeConfig all =
        TestConfig.all(
            new EnvConfigSource(Map.of("RINGLET_EXPOSE_0_", "", "RINGLET_EXPOSE_1_", "ks"), 300));
    RingletConfig config = all.getConfigMapping(RingletConfig.class);
    new StartupChecks(config, all).check(new Filters());
    assertEquals(Optional.of(List.of("ks")), config.expose());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:1,b:65535", "[::1]:9042"})
  void startsWithPortsThatThereAre(String points) {
    SmallRyeConfig all = TestConfig.all(Map.of("quarkus.cassandra.contact-points", points));
    new StartupChecks(all.getConfigMapping(RingletConfig.class), all).check(new Filters());
  }

  @Test
  void startsWithUsernameAndPassword() {
    SmallRyeConfig all =
        TestConfig.all(
            Map.of(
                "quarkus.cassandra.auth.username", "me", "quarkus.cassandra.auth.password", "w"));
    new StartupChecks(all.getConfigMapping(RingletConfig.class), all).check(new Filters());
  }
}
