package dev.ringlet.request;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the headers that change how one request is carried out: Prefer (RFC 7240) and Cassandra-….
 */
@Singleton
public final class OptionsParser {
  private static final String CONSISTENCY = "Cassandra-Consistency";
  private static final Set<String> WRITES_ONLY =
      Set.of("Cassandra-Serial-Consistency", "Cassandra-TTL", "Cassandra-Timestamp");
  private static final Set<String> KNOWN = Set.of("numbers", "wait", "handling");

  /**
   * A media range that the representations of rows are in, and that is not refused by a weight of
   * nothing.
   */
  private static final Pattern ACCEPTABLE =
      Pattern.compile(
          "(\\*/\\*|application/(\\*|json|x-ndjson)|text/(\\*|csv))(;(?!q=0(\\.0*)?(;|$)).*)?");

  private final List<String> allowedConsistency;
  private final Duration maxWait;

  OptionsParser(RingletConfig config) {
    allowedConsistency = config.consistency().allowed();
    maxWait = config.timeout().max();
  }

  /**
   * @param headers the values of a header by its name
   * @throws ApiException {@link ErrorCode#INVALID_HEADER}, {@link ErrorCode#INVALID_PREFERENCE},
   *     {@link ErrorCode#NOT_ACCEPTABLE}
   */
  public ReadOptions ofRead(Function<String, List<String>> headers) {
    for (String name : WRITES_ONLY) {
      if (!headers.apply(name).isEmpty()) {
        throw new ApiException(
                ErrorCode.INVALID_HEADER,
                name
                    + " is for writes. A read at the serial consistency level is Cassandra-Consistency: SERIAL.")
            .with("header", name);
      }
    }
    requireAcceptable(headers.apply("Accept"));
    Map<String, String> preferences = preferences(headers.apply("Prefer"));
    List<String> applied = new ArrayList<>();
    boolean strict = "strict".equals(oneOf(preferences, "handling", applied, "strict", "lenient"));
    boolean numbers = "json".equals(oneOf(preferences, "numbers", applied, "json", "string"));
    Optional<Duration> wait = wait(preferences, applied);
    if (strict) {
      preferences.keySet().stream()
          .filter(name -> !KNOWN.contains(name))
          .findFirst()
          .ifPresent(OptionsParser::refuseUnknown);
    }
    return new ReadOptions(
        consistency(headers.apply(CONSISTENCY).stream().findFirst()), wait, numbers, applied);
  }

  /** With several representations the router would send one that nobody asked for. */
  private static void requireAcceptable(List<String> accept) {
    boolean acceptable =
        accept.stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(range -> range.replace(" ", "").toLowerCase(Locale.ROOT))
            .anyMatch(range -> ACCEPTABLE.matcher(range).matches());
    if (!accept.isEmpty() && !acceptable) {
      throw new ApiException(ErrorCode.NOT_ACCEPTABLE, "There is no such representation of rows.")
          .with("available", List.of("application/json", "application/x-ndjson", "text/csv"));
    }
  }

  private Optional<String> consistency(Optional<String> level) {
    if (level.isPresent() && !allowedConsistency.contains(level.get())) {
      ApiException e =
          new ApiException(
                  ErrorCode.INVALID_HEADER,
                  CONSISTENCY + " may be one of " + String.join(", ", allowedConsistency) + ".")
              .with("header", CONSISTENCY)
              .with("allowed", allowedConsistency);
      throw Suggestion.hint(e, level.get(), allowedConsistency);
    }
    return level;
  }

  private Optional<Duration> wait(Map<String, String> preferences, List<String> applied) {
    String seconds = preferences.get("wait");
    if (seconds == null) {
      return Optional.empty();
    }
    if (!seconds.matches("[0-9]{1,6}")
        || Long.parseLong(seconds) == 0
        || Duration.ofSeconds(Long.parseLong(seconds)).compareTo(maxWait) > 0) {
      throw invalid("wait", "wait is a number of seconds from 1 to " + maxWait.toSeconds() + ".");
    }
    applied.add("wait=" + seconds);
    return Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static String oneOf(
      Map<String, String> preferences, String name, List<String> applied, String... values) {
    String value = preferences.get(name);
    if (value == null) {
      return "";
    }
    if (!List.of(values).contains(value)) {
      throw invalid(name, name + " is one of " + String.join(", ", values) + ".");
    }
    applied.add(name + "=" + value);
    return value;
  }

  /**
   * Names to values; parameters after a semicolon have no meaning here. The first of a name counts
   * (RFC 7240).
   */
  private static Map<String, String> preferences(List<String> headers) {
    Map<String, String> preferences = new LinkedHashMap<>();
    for (String header : headers) {
      for (String item : header.split(",", -1)) {
        String[] pair = item.split(";", 2)[0].strip().split("=", 2);
        String value = pair.length < 2 ? "" : pair[1].strip().replaceAll("^\"|\"$", "");
        if (!pair[0].isBlank()) {
          preferences.putIfAbsent(pair[0].strip().toLowerCase(Locale.ROOT), value);
        }
      }
    }
    return preferences;
  }

  private static void refuseUnknown(String name) {
    ApiException e = invalid(name, name + " does not exist here.");
    throw Suggestion.hint(e, name, KNOWN);
  }

  private static ApiException invalid(String preference, String detail) {
    return new ApiException(ErrorCode.INVALID_PREFERENCE, "The preference " + detail)
        .with("preference", preference);
  }
}
