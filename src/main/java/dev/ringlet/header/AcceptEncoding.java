package dev.ringlet.header;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** The header Accept-Encoding (RFC 9110, section 12.5.3): whether an answer goes out as gzip. */
public final class AcceptEncoding {
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
  private static final Set<String> IDENTITY = Set.of("identity");
  private static final Set<String> ANY = Set.of("*");

  private AcceptEncoding() {}

  /**
   * What a header says of a coding counts for more than what it says of any. As they are, answers
   * are taken unless it says otherwise.
   *
   * @param worthwhile whether gzip is any good, if there is a choice
   * @throws ApiException {@link ErrorCode#NOT_ACCEPTABLE} if neither is taken
   */
  public static boolean gzip(List<String> lines, boolean worthwhile) {
    if (lines.isEmpty()) {
      return false;
    }
    List<HeaderElement> codings = codings(lines);
    OptionalInt any = weight(codings, ANY);
    OptionalInt named = weight(codings, IDENTITY);
    int gzip = weight(codings, GZIP).orElse(any.orElse(0));
    boolean plain = named.orElse(any.orElse(1)) > 0;
    if (gzip == 0 && !plain) {
      throw new ApiException(
              ErrorCode.NOT_ACCEPTABLE, "Answers are gzip or as they are, and neither is accepted.")
          .with("available", List.of("gzip", "identity"));
    }
    boolean wanted = gzip > 0 && gzip >= named.orElse(0);
    return !plain || (wanted && worthwhile);
  }

  private static OptionalInt weight(List<HeaderElement> codings, Set<String> names) {
    return codings.stream()
        .filter(coding -> names.contains(coding.value().toLowerCase(Locale.ROOT)))
        .mapToInt(HeaderElement::weight)
        .findFirst();
  }

  private static List<HeaderElement> codings(List<String> lines) {
    try {
      List<HeaderElement> codings = HeaderElement.list(lines);
      int unused = codings.stream().mapToInt(HeaderElement::weight).sum();
      return codings;
    } catch (IllegalArgumentException e) {
      return List.of(); // who cannot say what it takes gets it as it is
    }
  }
}
