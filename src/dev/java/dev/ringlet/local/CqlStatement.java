package dev.ringlet.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a script.
 *
 * @param text without the semicolon, and without the comments before it
 * @param line where it begins, from 1
 */
public record CqlStatement(String text, int line) {
  /** How Cassandra says where in a statement it stopped reading; at the end, that is in line 0. */
  private static final Pattern PLACE = Pattern.compile("(?s)line (\\d+):-?\\d+ (.*)");

  /** The line of the script that a message of Cassandra is about. */
  public int line(String message) {
    Matcher place = PLACE.matcher(message);
    if (!place.matches()) {
      return line;
    }
    int inside = Integer.parseInt(place.group(1));
    return line + (inside == 0 ? (int) text.lines().count() : inside) - 1;
  }

  /** A message of Cassandra without the line, which is one of the statement. */
  public static String reason(String message) {
    Matcher place = PLACE.matcher(message);
    return place.matches() ? place.group(2) : message;
  }
}
