package dev.ringlet.header;

import dev.ringlet.config.Headers;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import dev.ringlet.header.Preferences.Returns;
import dev.ringlet.request.RowsQuery;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the headers that change how one request is carried out: Prefer (RFC 7240), Cassandra-…, and
 * the conditions of RFC 9110.
 */
@Singleton
public final class OptionsParser {
  /** The preference for the header Server-Timing. */
  static final String TIMING = "server-timing";

  /** What {@code Prefer} may have in a read, besides how others are handled. */
  public static final List<String> READ_PREFERENCES = List.of("numbers", "wait", TIMING);

  /** The same in a write. */
  public static final List<String> WRITE_PREFERENCES =
      List.of("numbers", "wait", "return", "atomic", "unlogged", "concurrency", TIMING);

  private static final List<String> WRITES_ONLY =
      List.of(Headers.SERIAL_CONSISTENCY, Headers.TTL, Headers.TIMESTAMP);
  private static final List<String> SERIAL = List.of("SERIAL", "LOCAL_SERIAL");

  private final List<String> allowedConsistency;
  private final Duration timeout;
  private final Duration maxWait;
  private final int maxTtl;
  private final int maxConcurrency;
  private final boolean timestampAllowed;

  public OptionsParser(RingletConfig config) {
    allowedConsistency = config.consistency().allowed();
    timeout = config.timeout().standard();
    maxWait = config.timeout().max();
    maxTtl = config.ttl().max();
    maxConcurrency = config.bulk().concurrency();
    timestampAllowed = config.timestamp().allowed();
  }

  /**
   * How long a request may take, whatever it is about. What is wrong with Prefer is said where it
   * means something; descriptions look at no preference.
   *
   * @param prefer the values of Prefer
   * @param arrived when the request did, by {@link System#nanoTime()}
   */
  public Deadline deadline(List<String> prefer, long arrived) {
    return Deadline.of(waiting(prefer).orElse(timeout), arrived);
  }

  private Optional<Duration> waiting(List<String> prefer) {
    try {
      return new PreferHeader(prefer).waiting(maxWait);
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  /**
   * @param headers the values of a header by its name
   * @param arrived when the request did, by {@link System#nanoTime()}
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#INVALID_PREFERENCE}
   */
  public ReadOptions ofRead(Function<String, List<String>> headers, long arrived) {
    for (String name : WRITES_ONLY) {
      if (!headers.apply(name).isEmpty()) {
        throw invalid(
            name,
            name
                + " is for writes. A read at the serial consistency level is Cassandra-Consistency:"
                + " SERIAL.");
      }
    }
    PreferHeader prefer = new PreferHeader(headers.apply(Headers.PREFER));
    prefer.requireKnown(READ_PREFERENCES);
    boolean numbers = prefer.oneOf("numbers", "json", "string").equals("json");
    Duration wait = prefer.waiting(maxWait).orElse(timeout);
    prefer.appliedFlag(TIMING);
    Optional<String> consistency = first(headers, Headers.CONSISTENCY).map(this::readLevel);
    return new ReadOptions(consistency, Deadline.of(wait, arrived), numbers, prefer.applied());
  }

  /**
   * @param headers the values of a header by its name
   * @param arrived when the request did, by {@link System#nanoTime()}
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#INVALID_PREFERENCE}
   */
  public WriteOptions ofWrite(Function<String, List<String>> headers, long arrived) {
    PreferHeader prefer = new PreferHeader(headers.apply(Headers.PREFER));
    prefer.requireKnown(WRITE_PREFERENCES);
    String returns = prefer.notedOneOf("return", "minimal", "representation", "outcomes");
    boolean numbers = prefer.notedOneOf("numbers", "json", "string").equals("json");
    Duration wait = prefer.waiting(maxWait).orElse(timeout);
    prefer.appliedFlag(TIMING);
    Preferences preferences =
        new Preferences(
            Optional.of(returns)
                .filter(name -> !name.isEmpty())
                .map(name -> Returns.valueOf(name.toUpperCase(Locale.ROOT))),
            prefer.flag("atomic"),
            prefer.flag("unlogged"),
            prefer.number("concurrency", maxConcurrency),
            numbers,
            prefer.applied());
    return new WriteOptions(
        first(headers, Headers.CONSISTENCY).map(this::writeLevel),
        first(headers, Headers.SERIAL_CONSISTENCY).map(this::serialLevel),
        first(headers, Headers.TTL).map(this::ttl),
        first(headers, Headers.TIMESTAMP).map(this::timestamp),
        ConditionParser.parse(
            headers.apply(ConditionParser.IF_MATCH), headers.apply(ConditionParser.IF_NONE_MATCH)),
        Deadline.of(wait, arrived),
        preferences);
  }

  /**
   * The same for a batch, which has no condition itself.
   *
   * @throws ApiException as {@link #ofWrite}
   */
  public WriteOptions ofBatch(Function<String, List<String>> headers, long arrived) {
    WriteOptions batch = ofWrite(headers, arrived);
    if (batch.condition().isPresent()) {
      String header = batch.condition().kind().header().replace(": *", "");
      throw invalid(header, "A batch does not take " + header + ".")
          .with("hint", "Conditions are members of its operations: if_match and if_none_match.");
    }
    return batch;
  }

  /**
   * The same for one operation of a batch: what its members say is what headers say of a request.
   *
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}
   */
  public WriteOptions ofOperation(
      WriteOptions batch, List<String> ifMatch, List<String> ifNoneMatch, Optional<String> ttl) {
    return batch.with(
        ConditionParser.parse(ifMatch, ifNoneMatch), ttl.map(this::ttl).or(batch::ttl));
  }

  /**
   * @throws ApiException {@link ErrorCode#INVALID_PARAMETER} if rows may not have what their query
   *     says they have
   */
  public void check(RowsQuery rows) {
    if (rows.timestamp().isPresent() && !timestampAllowed) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "The setting ringlet.timestamp.allowed does not allow write timestamps of rows.")
          .with("parameter", "timestamp");
    }
  }

  /** The consistency levels that a read may ask for. */
  public List<String> readLevels() {
    return levels(name -> !name.equals("ANY"));
  }

  /** The same of a write. */
  public List<String> writeLevels() {
    return levels(name -> !SERIAL.contains(name));
  }

  /** The serial levels that a write may ask for. */
  public List<String> serialLevels() {
    return levels(SERIAL::contains);
  }

  private List<String> levels(Predicate<String> fits) {
    return allowedConsistency.stream().filter(fits).toList();
  }

  private static String allowed(String header, String level, List<String> allowed) {
    if (!allowed.contains(level)) {
      ApiException e =
          invalid(header, header + " may be one of " + String.join(", ", allowed) + " here.")
              .with("allowed", allowed);
      throw Suggestion.hint(e, level, allowed);
    }
    return level;
  }

  private String readLevel(String level) {
    return allowed(Headers.CONSISTENCY, level, readLevels());
  }

  private String writeLevel(String level) {
    return allowed(Headers.CONSISTENCY, level, writeLevels());
  }

  private String serialLevel(String level) {
    return allowed(Headers.SERIAL_CONSISTENCY, level, serialLevels());
  }

  private int ttl(String seconds) {
    if (!seconds.matches("[0-9]{1,9}") || Integer.parseInt(seconds) > maxTtl) {
      throw invalid(Headers.TTL, Headers.TTL + " is a number of seconds from 0 to " + maxTtl + ".")
          .with("limit", "ringlet.ttl.max");
    }
    return Integer.parseInt(seconds);
  }

  private long timestamp(String microseconds) {
    if (!timestampAllowed) {
      throw invalid(
          Headers.TIMESTAMP,
          "The setting ringlet.timestamp.allowed does not allow " + Headers.TIMESTAMP + ".");
    }
    BigInteger time = microseconds.matches("-?[0-9]{1,19}") ? new BigInteger(microseconds) : null;
    // Cassandra keeps the smallest of all for itself
    if (time == null || time.bitLength() > 63 || time.longValue() == Long.MIN_VALUE) {
      throw invalid(
          Headers.TIMESTAMP, Headers.TIMESTAMP + " is a number of microseconds since 1970.");
    }
    return time.longValue();
  }

  private static Optional<String> first(Function<String, List<String>> headers, String name) {
    List<String> values = headers.apply(name);
    if (values.size() > 1) {
      throw invalid(name, name + " comes twice.");
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  private static ApiException invalid(String header, String detail) {
    return new ApiException(ErrorCode.INVALID_HEADER, detail).with("header", header);
  }
}
