package dev.ringlet.header;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers If-Match and If-None-Match (RFC 9110, section 13.1). */
final class ConditionParser {
  static final String IF_MATCH = "If-Match";
  static final String IF_NONE_MATCH = "If-None-Match";

  /** An element of the list, which may be empty: a backslash in a tag is one like others. */
  private static final Pattern TAG =
      Pattern.compile("[ \\t]*+(?:((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*+\")[ \\t]*+)?(?:,|$)");

  private ConditionParser() {}

  /** That of a write. */
  static Condition parse(List<String> ifMatch, List<String> ifNoneMatch) {
    if (!ifMatch.isEmpty() && !ifNoneMatch.isEmpty()) {
      throw invalid(IF_NONE_MATCH, "A write has one condition: If-Match or If-None-Match.");
    }
    if (!ifNoneMatch.isEmpty()) {
      if (!String.join(",", ifNoneMatch).strip().equals("*")) {
        throw invalid(IF_NONE_MATCH, "If-None-Match of a write is *: only if there is no row.");
      }
      return new Condition(Condition.Kind.NOT_EXISTS, List.of());
    }
    if (ifMatch.isEmpty()) {
      return Condition.NONE;
    }
    List<String> tags = tags(IF_MATCH, ifMatch);
    return tags.get(0).equals("*")
        ? new Condition(Condition.Kind.EXISTS, List.of())
        : new Condition(Condition.Kind.UNCHANGED, tags);
  }

  /**
   * The tags of a header, as they are, or {@code *} alone.
   *
   * @param lines of the header; if there are none, there are no tags
   */
  static List<String> tags(String header, List<String> lines) {
    String value = String.join(",", lines).strip();
    if (lines.isEmpty() || value.equals("*")) {
      return lines.isEmpty() ? List.of() : List.of("*");
    }
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(value);
    for (int at = 0; at < value.length(); at = tag.end()) {
      if (!tag.region(at, value.length()).lookingAt()) {
        throw noTag(header);
      }
      if (tag.group(1) != null) {
        tags.add(tag.group(1));
      }
    }
    if (tags.isEmpty()) {
      throw noTag(header);
    }
    return tags;
  }

  private static ApiException noTag(String header) {
    return invalid(header, header + " is * or the ETag of the row, with its quotes.");
  }

  private static ApiException invalid(String header, String detail) {
    return new ApiException(ErrorCode.INVALID_HEADER, detail).with("header", header);
  }
}
