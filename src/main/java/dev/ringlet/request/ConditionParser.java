package dev.ringlet.request;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers If-Match and If-None-Match (RFC 9110, section 13.1) of a write. */
final class ConditionParser {
  private static final Pattern TAG =
      Pattern.compile("[ \\t]*+((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*+\")[ \\t]*+(?:,|$)");

  private ConditionParser() {}

  static Condition parse(List<String> ifMatch, List<String> ifNoneMatch) {
    if (!ifMatch.isEmpty() && !ifNoneMatch.isEmpty()) {
      throw invalid("If-None-Match", "A write has one condition: If-Match or If-None-Match.");
    }
    if (!ifNoneMatch.isEmpty()) {
      if (!String.join(",", ifNoneMatch).strip().equals("*")) {
        throw invalid("If-None-Match", "If-None-Match of a write is *: only if there is no row.");
      }
      return new Condition(Condition.Kind.NOT_EXISTS, List.of());
    }
    if (ifMatch.isEmpty()) {
      return Condition.NONE;
    }
    String value = String.join(",", ifMatch).strip();
    return value.equals("*")
        ? new Condition(Condition.Kind.EXISTS, List.of())
        : new Condition(Condition.Kind.UNCHANGED, tags(value));
  }

  private static List<String> tags(String value) {
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(value);
    int at = 0;
    do {
      if (!tag.region(at, value.length()).lookingAt()) {
        throw invalid("If-Match", "If-Match is * or the ETag of the row, with its quotes.");
      }
      tags.add(tag.group(1));
      at = tag.end();
    } while (at < value.length());
    return tags;
  }

  private static ApiException invalid(String header, String detail) {
    return new ApiException(ErrorCode.INVALID_HEADER, detail).with("header", header);
  }
}
