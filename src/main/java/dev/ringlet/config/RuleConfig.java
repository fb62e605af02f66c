package dev.ringlet.config;

import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.WithConverter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A rule: what some roles may do with some tables. */
public interface RuleConfig {
  /** Whom it is for. */
  List<@WithConverter(TrimmedStringConverter.class) String> roles();

  /** {@code keyspace.table} with {@code *} in names, {@code keyspace.*} or {@code *}. */
  List<@WithConverter(TrimmedStringConverter.class) String> tables();

  /** Verbs: read, create, write, delete, scan. */
  List<@WithConverter(TrimmedStringConverter.class) String> may();

  /** The columns that there are for these callers: {@code *}, names, {@code -name}. Absent: all. */
  Optional<String> columns();

  /** The rows that there are for them: filters on the first columns of the primary key. */
  Optional<String> rows();

  /** Requests a second of one caller; absent: as many as they like. */
  OptionalInt rate();
}
