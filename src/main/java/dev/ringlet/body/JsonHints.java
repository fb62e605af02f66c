package dev.ringlet.body;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Why a body may have stopped being JSON where it did, by what stands there. */
final class JsonHints {
  private static final String OBJECT = "A row is a JSON object, as {\"column\":\"text\"}";
  private static final String QUOTES = "Names and texts are in double quotes.";

  private final byte[] body;
  private final int end;

  /**
   * @param end where the JSON ends in the body
   */
  JsonHints(byte[] body, int end) {
    this.body = body;
    this.end = end;
  }

  /**
   * @param at the first byte that cannot be there
   */
  Optional<String> of(int at) {
    if (at < 0) {
      return Optional.empty();
    } else if (at >= end) {
      return Optional.of(
          "It ends before every bracket, brace and quote is closed; in NDJSON a row is one line.");
    }
    char before = last(at, false);
    return Optional.ofNullable(
        switch (body[at]) {
          case '\n', '\r', '\t' -> "Inside of a text a line end is \\n, and a tab \\t.";
          case '/', '#' -> "JSON has no comments.";
          case '}', ']' ->
              last(at, true) == ',' ? "Nothing follows the last comma." : notANumber(at);
          case '=' -> "A colon stands between a name and its value.";
          case ';' -> "Commas stand between members.";
          case '\'' -> last(at, true) == 0 ? OBJECT : QUOTES;
          case '-', ':' -> Character.isDigit(before) ? QUOTES : null;
          default -> Character.isLetter(body[at]) ? ofWord(word(at), before, at) : typographic(at);
        });
  }

  private String ofWord(String word, char before, int at) {
    if (before == '\\') {
      return "Inside of a text a backslash is \\\\.";
    } else if (before == '"') {
      return "Inside of a text a double quote is \\\".";
    } else if (Character.isDigit(before)) {
      return "Numbers are decimal.";
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "false", "null" ->
          "It is " + word.toLowerCase(Locale.ROOT) + ", in small letters.";
      case "none", "nil", "undefined" -> "It is null in JSON.";
      default ->
          switch (last(at, true)) {
            case 0 -> OBJECT;
            case '{', ',', ':', '[' -> QUOTES;
            default -> null;
          };
    };
  }

  /** Jackson reads these to their end. */
  private String notANumber(int at) {
    String text = new String(body, Math.max(0, at - 8), Math.min(8, at), StandardCharsets.US_ASCII);
    return text.endsWith("NaN") || text.endsWith("Infinity")
        ? "NaN and Infinity are in double quotes."
        : null;
  }

  /** Quotes as word processors make them, of which the last byte is named. */
  private String typographic(int at) {
    boolean quote = at > 1 && body[at - 2] == (byte) 0xE2 && body[at - 1] == (byte) 0x80;
    return quote ? "Quotes are straight: \"" : null;
  }

  private String word(int at) {
    int stop = at;
    while (stop < end && stop < at + 16 && Character.isLetter(body[stop])) {
      stop++;
    }
    return new String(body, at, stop - at, StandardCharsets.US_ASCII);
  }

  /** The byte before, or 0 if it is the first. */
  private char last(int at, boolean visible) {
    int before = at - 1;
    while (visible && before >= 0 && body[before] <= ' ' && body[before] >= 0) {
      before--;
    }
    return before < 0 ? 0 : (char) body[before];
  }
}
