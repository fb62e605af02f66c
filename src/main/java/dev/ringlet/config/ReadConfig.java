package dev.ringlet.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.List;
import java.util.Optional;

/** Those of {@link RingletConfig} that are about reading: what it may ask for, and its answers. */
public interface ReadConfig {

  /**
   * Which tables may be scanned: {@code keyspace.table}, {@code keyspace.*} or {@code *}. Absent:
   * none.
   */
  Optional<List<@WithConverter(TrimmedStringConverter.class) String>> scan();

  PageSize pageSize();

  Row row();

  PageToken pageToken();

  Stream stream();

  Compression compression();

  /** The header Cache-Control of what is read. */
  @WithDefault("no-cache")
  String cacheControl();

  Select select();

  OpenApi openapi();

  In in();

  /** Rows in one answer. */
  interface PageSize {
    @WithName("default")
    @WithDefault("100")
    int standard();

    @WithDefault("1000")
    int max();

    /** Bytes of memory that its rows may take; what follows is another page. */
    @WithDefault("2M")
    MemorySize maxBytes();
  }

  /** A row that is read. */
  interface Row {
    /** The most bytes of it, and so of an answer of Cassandra. */
    @WithDefault("8M")
    MemorySize maxSize();
  }

  /** Page tokens. */
  interface PageToken {
    /** The key that authenticates them, the same for all instances; absent: one of each process. */
    Optional<String> key();
  }

  /** NDJSON and CSV. */
  interface Stream {
    /** Rows fetched at a time, at most; also by Cassandra itself, for an aggregate. */
    @WithDefault("1000")
    int pageSize();

    /** Bytes of memory that the rows of such a page may take; a larger row goes alone. */
    @WithDefault("256K")
    MemorySize pageBytes();

    /** The same of all streams together. */
    @WithDefault("16M")
    MemorySize maxBytes();
  }

  /** gzip, for clients that accept it. */
  interface Compression {
    /** Bytes from which on a page of JSON is compressed; streams always are. */
    @WithDefault("1024")
    int minSize();
  }

  /** OpenAPI documents. */
  interface OpenApi {
    /** Bytes of those that are kept, compressed. */
    @WithDefault("4M")
    MemorySize maxBytes();
  }

  /** The parameter select. */
  interface Select {
    /** Its items, of which a table may have a thousand. */
    @WithDefault("1000")
    int max();

    /** Bytes that names, and columns that come again, may add to a page. */
    @WithDefault("1M")
    MemorySize maxBytes();
  }

  /** Filters with the operator in. */
  interface In {
    /** The combinations of the values of all that a request has. */
    @WithDefault("10000")
    int max();
  }
}
