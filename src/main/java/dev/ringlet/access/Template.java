package dev.ringlet.access;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a rule with claims in braces, as {@code user-{sub}}. What a claim says stands for
 * itself, whatever characters it has.
 */
record Template(List<Part> parts) {
  private static final Pattern CLAIM = Pattern.compile("\\{([^{}]+)}");

  /** A text, or the name of a claim. */
  record Part(String text, boolean isClaim) {}

  /**
   * @throws IllegalArgumentException if a brace has no other
   */
  static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher claims = CLAIM.matcher(text);
    int end = 0;
    while (claims.find()) {
      parts.add(new Part(text.substring(end, claims.start()), false));
      parts.add(new Part(claims.group(1), true));
      end = claims.end();
    }
    parts.add(new Part(text.substring(end), false));
    if (parts.stream().anyMatch(part -> !part.isClaim() && part.text().matches(".*[{}].*"))) {
      throw new IllegalArgumentException("A claim is written in braces, as {sub}.");
    }
    return new Template(parts.stream().filter(part -> !part.text().isEmpty()).toList());
  }

  /**
   * What it says of a caller: one text, or of a claim that stands alone and is a list, a text for
   * each of its values.
   *
   * @return nothing if there is no such claim, or one that is no text
   */
  List<String> texts(Claims claims) {
    if (parts.size() == 1 && parts.get(0).isClaim()) {
      return claims.texts(parts.get(0).text());
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      List<String> texts = part.isClaim() ? claims.texts(part.text()) : List.of(part.text());
      if (texts.size() != 1) {
        return List.of();
      }
      text.append(texts.get(0));
    }
    return List.of(text.toString());
  }
}
