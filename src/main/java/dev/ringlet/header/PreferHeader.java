package dev.ringlet.header;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import dev.ringlet.request.QuotedList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header Prefer (RFC 7240): names to values. Parameters after a semicolon have no meaning here,
 * and the first of a name counts. It remembers what is obeyed.
 */
final class PreferHeader {
  private final Map<String, String> preferences = new LinkedHashMap<>();
  private final List<String> applied = new ArrayList<>();

  PreferHeader(List<String> headers) {
    for (HeaderElement preference : elements(headers)) {
      String[] pair = preference.value().split("=", 2);
      if (!pair[0].isBlank()) {
        preferences.putIfAbsent(
            pair[0].strip().toLowerCase(Locale.ROOT), pair.length < 2 ? "" : unquoted(pair[1]));
      }
    }
  }

  private static List<HeaderElement> elements(List<String> headers) {
    try {
      return HeaderElement.list(headers);
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static String unquoted(String value) {
    try {
      return QuotedList.unquote(value.strip());
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static ApiException unreadable(IllegalArgumentException e) {
    return new ApiException(
        ErrorCode.INVALID_PREFERENCE, "The header Prefer has " + e.getMessage() + ".");
  }

  /** The preferences that were asked for and understood, as Preference-Applied names them. */
  List<String> applied() {
    return applied;
  }

  /** The value of a preference, which it is said to obey, or nothing. */
  String oneOf(String name, String... values) {
    String value = notedOneOf(name, values);
    if (!value.isEmpty()) {
      applied.add(name + "=" + value);
    }
    return value;
  }

  /** The same of one that is obeyed only at times. */
  String notedOneOf(String name, String... values) {
    String value = preferences.getOrDefault(name, "");
    if (preferences.containsKey(name) && !List.of(values).contains(value)) {
      throw invalid(name, name + " is one of " + String.join(", ", values) + ".");
    }
    return value;
  }

  /** One that has no value. */
  boolean flag(String name) {
    if (!preferences.getOrDefault(name, "").isEmpty()) {
      throw invalid(name, name + " has no value.");
    }
    return preferences.containsKey(name);
  }

  /** One that has no value, and that is said to be obeyed. */
  void appliedFlag(String name) {
    if (flag(name)) {
      applied.add(name);
    }
  }

  Optional<Duration> waiting(Duration max) {
    String seconds = preferences.get("wait");
    if (seconds == null) {
      return Optional.empty();
    }
    if (!seconds.matches("[0-9]{1,6}")
        || Long.parseLong(seconds) == 0
        || Duration.ofSeconds(Long.parseLong(seconds)).compareTo(max) > 0) {
      throw invalid("wait", "wait is a number of seconds from 1 to " + max.toSeconds() + ".");
    }
    applied.add("wait=" + seconds);
    return Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  /** A whole number from 1 to so many, that is obeyed only at times. */
  Optional<Integer> number(String name, int max) {
    String number = preferences.get(name);
    if (number == null) {
      return Optional.empty();
    }
    if (!number.matches("[0-9]{1,9}")
        || Integer.parseInt(number) == 0
        || Integer.parseInt(number) > max) {
      throw invalid(name, name + " is a whole number from 1 to " + max + ".");
    }
    return Optional.of(Integer.valueOf(number));
  }

  /** With {@code handling=strict} every preference must be one of these. */
  void requireKnown(List<String> known) {
    if (oneOf("handling", "strict", "lenient").equals("strict")) {
      preferences.keySet().stream()
          .filter(name -> !name.equals("handling") && !known.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw Suggestion.hint(invalid(name, name + " does not exist here."), name, known);
              });
    }
  }

  private static ApiException invalid(String preference, String detail) {
    return new ApiException(ErrorCode.INVALID_PREFERENCE, "The preference " + detail)
        .with("preference", preference);
  }
}
