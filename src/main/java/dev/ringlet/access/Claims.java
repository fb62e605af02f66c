package dev.ringlet.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an issuer says of a caller: JSON, as maps, lists, texts, numbers and truth values. A claim
 * is named by its name or, deeper, by a JSON pointer (RFC 6901).
 */
public record Claims(Map<String, Object> all) {

  /** What there is to say of a caller without a token. */
  public static Claims ofSubject(String name) {
    return new Claims(Map.of("sub", name));
  }

  /** A claim's values as texts: one, or those of a list; empty if there is no such claim. */
  public List<String> texts(String claim) {
    return find(claim)
        .map(value -> value instanceof Collection<?> list ? list : List.of(value))
        .filter(values -> values.stream().allMatch(Claims::isPlain))
        .<List<String>>map(values -> values.stream().map(String::valueOf).toList())
        .orElse(List.of());
  }

  private static boolean isPlain(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private Optional<Object> find(String claim) {
    if (!claim.startsWith("/")) {
      return Optional.ofNullable(all.get(claim));
    }
    Object place = all;
    for (String step : claim.substring(1).split("/", -1)) {
      place =
          place instanceof Map<?, ?> members
              ? members.get(step.replace("~1", "/").replace("~0", "~"))
              : null;
    }
    return Optional.ofNullable(place);
  }
}
