package dev.ringlet.request;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import dev.ringlet.request.Preferences.Returns;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the headers that change how one request is carried out: Prefer (RFC 7240), Cassandra-…, and
 * the conditions of RFC 9110.
 */
@Singleton
public final class OptionsParser {
  static final String CONSISTENCY = "Cassandra-Consistency";
  static final String SERIAL_CONSISTENCY = "Cassandra-Serial-Consistency";
  static final String TTL = "Cassandra-TTL";
  static final String TIMESTAMP = "Cassandra-Timestamp";

  /** The preference for the header Server-Timing. */
  static final String TIMING = "server-timing";

  /** Whatever begins so is ours, and not to be passed over. */
  private static final String OURS = "Cassandra-";

  private static final List<String> KNOWN =
      List.of(CONSISTENCY, SERIAL_CONSISTENCY, TTL, TIMESTAMP);

  private static final List<String> WITHOUT_PREFIX =
      KNOWN.stream().map(name -> name.substring(OURS.length())).toList();

  private static final List<String> WRITES_ONLY = List.of(SERIAL_CONSISTENCY, TTL, TIMESTAMP);
  private static final List<String> SERIAL = List.of("SERIAL", "LOCAL_SERIAL");

  private static final List<String> ANY = List.of("*/*");
  private static final List<String> JSON = List.of("application/json");

  /**
   * A media range that the representations of rows are in, and that is not refused by a weight of
   * nothing.
   */
  private static final Pattern ACCEPTABLE =
      Pattern.compile(
          "(\\*/\\*|application/(\\*|json|x-ndjson)|text/(\\*|csv))(;(?!q=0(\\.0*)?(;|$)).*)?");

  private final List<String> allowedConsistency;
  private final Duration timeout;
  private final Duration maxWait;
  private final int maxTtl;
  private final boolean timestampAllowed;

  OptionsParser(RingletConfig config) {
    allowedConsistency = config.consistency().allowed();
    timeout = config.timeout().standard();
    maxWait = config.timeout().max();
    maxTtl = config.ttl().max();
    timestampAllowed = config.timestamp().allowed();
  }

  /**
   * A misspelt header would otherwise do nothing, and nobody would know.
   *
   * @param headers the name and value of each
   * @throws ApiException {@link ErrorCode#INVALID_HEADER} if one begins with Cassandra- and is none
   */
  public static void requireKnown(Iterable<Map.Entry<String, String>> headers) {
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey();
      if (name.regionMatches(true, 0, OURS, 0, OURS.length())
          && KNOWN.stream().noneMatch(name::equalsIgnoreCase)) {
        ApiException e =
            invalid(name, "There is no header %s.".formatted(name)).with("known", KNOWN);
        throw e.hint(
            Suggestion.question(
                Suggestion.nearest(name.substring(OURS.length()), WITHOUT_PREFIX).stream()
                    .map(OURS::concat)
                    .toList()));
      }
    }
  }

  /**
   * @param headers the values of a header by its name
   * @param arrived when the request did, by {@link System#nanoTime()}
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#INVALID_PREFERENCE},
   *     {@link ErrorCode#NOT_ACCEPTABLE}
   */
  public ReadOptions ofRead(Function<String, List<String>> headers, long arrived) {
    for (String name : WRITES_ONLY) {
      if (!headers.apply(name).isEmpty()) {
        throw invalid(
            name,
            name
                + " is for writes. A read at the serial consistency level is Cassandra-Consistency: SERIAL.");
      }
    }
    requireAcceptable(headers.apply("Accept"));
    PreferHeader prefer = new PreferHeader(headers.apply("Prefer"));
    prefer.requireKnown(List.of("numbers", "wait", TIMING));
    boolean numbers = prefer.oneOf("numbers", "json", "string").equals("json");
    Duration wait = prefer.waiting(maxWait).orElse(timeout);
    prefer.appliedFlag(TIMING);
    Optional<String> consistency = first(headers, CONSISTENCY).map(this::readLevel);
    return new ReadOptions(consistency, Deadline.of(wait, arrived), numbers, prefer.applied());
  }

  /**
   * @param headers the values of a header by its name
   * @param arrived when the request did, by {@link System#nanoTime()}
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#INVALID_PREFERENCE}
   */
  public WriteOptions ofWrite(Function<String, List<String>> headers, long arrived) {
    PreferHeader prefer = new PreferHeader(headers.apply("Prefer"));
    prefer.requireKnown(List.of("numbers", "wait", "return", "atomic", TIMING));
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
            numbers,
            prefer.applied());
    return new WriteOptions(
        first(headers, CONSISTENCY).map(this::writeLevel),
        first(headers, SERIAL_CONSISTENCY).map(this::serialLevel),
        first(headers, TTL).map(this::ttl),
        first(headers, TIMESTAMP).map(this::timestamp),
        ConditionParser.parse(headers.apply("If-Match"), headers.apply("If-None-Match")),
        Deadline.of(wait, arrived),
        preferences);
  }

  /** With several representations the router would send one that nobody asked for. */
  private static void requireAcceptable(List<String> accept) {
    if (accept.isEmpty() || accept.equals(ANY) || accept.equals(JSON)) {
      return; // nearly all requests
    }
    boolean acceptable =
        accept.stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(range -> range.replace(" ", "").toLowerCase(Locale.ROOT))
            .anyMatch(range -> ACCEPTABLE.matcher(range).matches());
    if (!acceptable) {
      throw new ApiException(ErrorCode.NOT_ACCEPTABLE, "There is no such representation of rows.")
          .with("available", List.of("application/json", "application/x-ndjson", "text/csv"));
    }
  }

  /** A level that is allowed, and of those that fit the header. */
  private String allowed(String header, String level, Predicate<String> fits) {
    List<String> allowed = allowedConsistency.stream().filter(fits).toList();
    if (!allowed.contains(level)) {
      ApiException e =
          invalid(header, header + " may be one of " + String.join(", ", allowed) + " here.")
              .with("allowed", allowed);
      throw Suggestion.hint(e, level, allowed);
    }
    return level;
  }

  private String readLevel(String level) {
    return allowed(CONSISTENCY, level, name -> !name.equals("ANY"));
  }

  private String writeLevel(String level) {
    return allowed(CONSISTENCY, level, name -> !SERIAL.contains(name));
  }

  private String serialLevel(String level) {
    return allowed(SERIAL_CONSISTENCY, level, SERIAL::contains);
  }

  private int ttl(String seconds) {
    if (!seconds.matches("[0-9]{1,9}") || Integer.parseInt(seconds) > maxTtl) {
      throw invalid(TTL, TTL + " is a number of seconds from 0 to " + maxTtl + ".")
          .with("limit", "ringlet.ttl.max");
    }
    return Integer.parseInt(seconds);
  }

  private long timestamp(String microseconds) {
    if (!timestampAllowed) {
      throw invalid(
          TIMESTAMP, "The setting ringlet.timestamp.allowed does not allow " + TIMESTAMP + ".");
    }
    BigInteger time = microseconds.matches("-?[0-9]{1,19}") ? new BigInteger(microseconds) : null;
    // Cassandra keeps the smallest of all for itself
    if (time == null || time.bitLength() > 63 || time.longValue() == Long.MIN_VALUE) {
      throw invalid(TIMESTAMP, TIMESTAMP + " is a number of microseconds since 1970.");
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
