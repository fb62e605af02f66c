package dev.ringlet.identity;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name in a certificate, with {@code *} for any part of it: one that ends neither an attribute of
 * a distinguished name nor a segment of a URI, and has nothing that is written escaped.
 */
record SubjectPattern(Pattern pattern) {
  private static final String PART = "[^,+=/\\\\\\p{Cntrl}]*";

  static SubjectPattern of(String text) {
    return new SubjectPattern(
        Pattern.compile(
            Arrays.stream(text.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(PART))));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
