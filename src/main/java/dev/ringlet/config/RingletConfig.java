package dev.ringlet.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings under {@code ringlet.*}. docs/configuration.md explains each. */
@ConfigMapping(prefix = "ringlet")
public interface RingletConfig extends ReadConfig {

  /**
   * What exists for callers: {@code keyspace} or {@code keyspace.table}, named as Cassandra stores
   * them. Absent: every keyspace but the system's.
   */
  Optional<List<@WithConverter(TrimmedStringConverter.class) String>> expose();

  Http http();

  Timeout timeout();

  Consistency consistency();

  Statements statements();

  Json json();

  Ttl ttl();

  Timestamp timestamp();

  Clock clock();

  Body body();

  Bulk bulk();

  Batch batch();

  /** Whether each request is logged when it is over. */
  @WithDefault("false")
  boolean accessLog();

  /** Whether every answer has Server-Timing, not only those that are asked for it. */
  @WithDefault("false")
  boolean serverTiming();

  /** Whether browsers get a page at {@code /} by which they can look at tables and change them. */
  @WithDefault("false")
  boolean explorer();

  Metrics metrics();

  InFlight inFlight();

  AuthConfig auth();

  /** What roles may, by the names of the rules. */
  Map<String, RuleConfig> rules();

  /** Settings of the Cassandra driver that have no property, by their path in its configuration. */
  Map<String, String> driver();

  /** Requests, whatever they are about. */
  interface Http {
    /** The hosts that they may be for: names or addresses, without a port. Absent: any. */
    Optional<List<@WithConverter(TrimmedStringConverter.class) String>> hosts();
  }

  /** How long Cassandra may take over one request. */
  interface Timeout {
    @WithName("default")
    @WithDefault("5s")
    Duration standard();

    /** The most that a client may ask for with Prefer: wait. */
    @WithDefault("30s")
    Duration max();
  }

  /** Consistency levels, by their CQL names. */
  interface Consistency {
    @WithName("default")
    @WithDefault("LOCAL_QUORUM")
    String standard();

    @WithDefault("LOCAL_SERIAL")
    String serial();

    /** Levels that a client may ask for with Cassandra-Consistency. */
    @WithDefault("ONE,TWO,THREE,QUORUM,ALL,LOCAL_ONE,LOCAL_QUORUM,EACH_QUORUM,SERIAL,LOCAL_SERIAL")
    List<@WithConverter(TrimmedStringConverter.class) String> allowed();
  }

  /** Prepared statements. */
  interface Statements {
    /** How many are kept; the least used is forgotten, and prepared again when it is needed. */
    @WithDefault("1000")
    int max();

    /** How many bytes those that are kept may have, and as many those that are being prepared. */
    @WithDefault("8M")
    MemorySize maxBytes();
  }

  /** Limits inside of JSON bodies. */
  interface Json {
    /** Arrays and objects inside of each other, the row or the array of rows included. */
    @WithDefault("100")
    int maxDepth();

    /** Digits of a number. */
    @WithDefault("1000")
    int maxNumberLength();
  }

  /** What clients may ask for with Cassandra-TTL. */
  interface Ttl {
    /** Seconds; by default Cassandra's own limit, twenty years. */
    @WithDefault("630720000")
    int max();
  }

  /** What write timestamps are taken from. */
  interface Clock {
    /** How much they may differ from the wall clock. */
    @WithDefault("1s")
    Duration tolerance();
  }

  /** What clients may ask for with Cassandra-Timestamp. */
  interface Timestamp {
    /** Whether they may. */
    @WithDefault("true")
    boolean allowed();
  }

  /** Bodies of requests. */
  interface Body {
    /** The most bytes of a body in JSON, and of a line of NDJSON or a record of CSV. */
    @WithDefault("1M")
    MemorySize maxSize();
  }

  /** Many rows in one request. */
  interface Bulk {
    /** Rows of one request that are written at the same time. */
    @WithDefault("128")
    int concurrency();

    /** Rows of all requests together that are written at the same time. */
    @WithDefault("512")
    int totalConcurrency();

    /** Bytes of rows of NDJSON and CSV that are written at the same time. */
    @WithDefault("8M")
    MemorySize maxBytes();

    /** Rows in an array. NDJSON and CSV have as many as they like. */
    @WithDefault("10000")
    int maxRows();
  }

  /** Requests under way at once, in this instance. */
  interface InFlight {
    /** How many may be at first; from then on it follows how fast Cassandra answers. */
    @WithDefault("128")
    int initial();

    /** It never falls below this; half as many under way are no load. */
    @WithDefault("8")
    int min();

    /** It never rises above this. */
    @WithDefault("256")
    int max();

    /** Bytes of bodies in JSON that may be in memory at once; and of values not answered. */
    @WithDefault("16M")
    MemorySize maxBytes();

    /** How many of one connection of HTTP/1.1 may wait for their answers. */
    @WithDefault("100")
    int maxPipelined();
  }

  /** What /q/metrics says. */
  interface Metrics {
    /** Tables that requests are told apart by; further ones are counted together. */
    @WithDefault("100")
    int maxTables();

    /** Roles that requests are told apart by; further ones are counted together. */
    @WithDefault("20")
    int maxRoles();

    /** Kinds of requests that are timed by their tables and roles; further ones are without. */
    @WithDefault("2000")
    int maxKinds();
  }

  /** Prefer: atomic, and batches over tables. */
  interface Batch {
    /** Rows or operations in one batch. */
    @WithDefault("100")
    int maxRows();
  }
}
