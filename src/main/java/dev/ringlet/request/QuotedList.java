package dev.ringlet.request;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated items. An item, or a part of it, in double quotes stands for itself, commas and
 * all; inside of them {@code \"} and {@code \\} are a quote and a backslash. Commas inside brackets
 * do not separate either; a bracket that closes none is text. In a value, which is no name, a quote
 * that neither begins it nor is inside of brackets is text, too.
 */
public final class QuotedList {
  private final String text;
  private int at;

  private QuotedList(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException if a quote, or a bracket before a comma, is not closed
   */
  public static List<String> split(String text) {
    return split(text, Integer.MAX_VALUE);
  }

  /**
   * The same of no more items than these, and the next one.
   *
   * @throws IllegalArgumentException if a quote, or a bracket before a comma, is not closed
   */
  public static List<String> split(String text, int max) {
    return split(text, ',', max);
  }

  /** The same of what another character separates. */
  static List<String> split(String text, char separator, int max) {
    return new QuotedList(text).items(separator, max, false);
  }

  /**
   * The same of values.
   *
   * @throws IllegalArgumentException if a quote, or a bracket before a comma, is not closed
   */
  static List<String> values(String text, int max) {
    return new QuotedList(text).items(',', max, true);
  }

  /**
   * A name that may be quoted as a whole.
   *
   * @throws IllegalArgumentException if a quote is not closed, or something stands around the
   *     quotes
   */
  public static String unquote(String item) {
    if (!item.startsWith("\"")) {
      return item;
    }
    QuotedList quoted = new QuotedList(item);
    StringBuilder value = new StringBuilder();
    quoted.quoted(value, false);
    if (quoted.at != item.length()) {
      throw new IllegalArgumentException("text after the closing quote");
    }
    return value.toString();
  }

  /**
   * Where the colon is that ends the alias of a selector, or -1 if it has none; an alias with a
   * colon, a bracket or a parenthesis is quoted.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static int endOfAlias(String item) {
    QuotedList alias = new QuotedList(item);
    if (item.startsWith("\"")) {
      alias.quoted(new StringBuilder(), true);
    } else {
      while (alias.at < item.length() && ":([\"".indexOf(item.charAt(alias.at)) < 0) {
        alias.at++;
      }
    }
    return alias.at < item.length() && item.charAt(alias.at) == ':' ? alias.at : -1;
  }

  /**
   * Where a name ends, which may be quoted, and a bracket begins; or the length of the text.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static int endOfName(String text) {
    int bracket = text.indexOf('[', endOfQuotes(text));
    return bracket < 0 ? text.length() : bracket;
  }

  /**
   * Where the quotes end that a text begins with, or 0 if it begins with none.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static int endOfQuotes(String text) {
    QuotedList name = new QuotedList(text);
    if (text.startsWith("\"")) {
      name.quoted(new StringBuilder(), true);
    }
    return name.at;
  }

  /**
   * Where the bracket is that closes another one.
   *
   * @param open where that one has to be
   * @throws IllegalArgumentException if one of them is not there
   */
  static int endOfBrackets(String text, int open) {
    QuotedList inside = new QuotedList(text);
    inside.at = open + 1;
    if (text.charAt(open) != '[' || inside.items(']', 0, false).size() < 2) {
      throw new IllegalArgumentException("a bracket that is not closed");
    }
    return inside.at - 1;
  }

  private List<String> items(char separator, int max, boolean values) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    int depth = 0;
    boolean inside = false; // of brackets, where there has been a separator
    while (at < text.length() && items.size() <= max) {
      char c = text.charAt(at);
      if (c == '"' && (!values || depth > 0 || item.isEmpty())) {
        quoted(item, true);
        continue;
      }
      if (c == separator && depth == 0) {
        items.add(item.toString());
        item.setLength(0);
      } else {
        if (c == '[' || c == '(' || c == '{') {
          depth++;
        } else if (depth > 0 && (c == ']' || c == ')' || c == '}')) {
          depth--;
        }
        inside = depth > 0 && (inside || c == separator);
        item.append(c);
      }
      at++;
    }
    if (inside) {
      throw new IllegalArgumentException("a bracket that is not closed");
    }
    items.add(item.toString());
    return items;
  }

  /** From an opening quote to behind the closing one. */
  private void quoted(StringBuilder out, boolean raw) {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      if (!raw) {
        out.append(text.charAt(at));
      }
      at++;
    }
    if (at >= text.length()) {
      throw new IllegalArgumentException("a quote that is not closed");
    }
    at++;
    if (raw) {
      out.append(text, start, at);
    }
  }
}
