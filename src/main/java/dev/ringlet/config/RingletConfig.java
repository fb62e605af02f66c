package dev.ringlet.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings under {@code ringlet.*}. docs/configuration.md explains each. */
@ConfigMapping(prefix = "ringlet")
public interface RingletConfig {

  /**
   * What exists for callers: {@code keyspace} or {@code keyspace.table}, named as Cassandra stores
   * them. Absent: every keyspace but the system's.
   */
  Optional<List<String>> expose();

  PageSize pageSize();

  Timeout timeout();

  Consistency consistency();

  Statements statements();

  Json json();

  /** Rows in one answer. */
  interface PageSize {
    @WithName("default")
    @WithDefault("100")
    int standard();

    @WithDefault("1000")
    int max();
  }

  /** How long Cassandra may take over one request. */
  interface Timeout {
    @WithName("default")
    @WithDefault("5s")
    Duration standard();
  }

  /** Consistency levels, by their CQL names. */
  interface Consistency {
    @WithName("default")
    @WithDefault("LOCAL_QUORUM")
    String standard();

    @WithDefault("LOCAL_SERIAL")
    String serial();
  }

  /** Prepared statements. */
  interface Statements {
    /** How many are kept; the least used is forgotten, and prepared again when it is needed. */
    @WithDefault("1000")
    int max();
  }

  /** Limits on bodies. Their size is limited by {@code quarkus.http.limits.max-body-size}. */
  interface Json {
    /** Digits of a number. */
    @WithDefault("1000")
    int maxNumberLength();
  }
}
