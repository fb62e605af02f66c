package dev.ringlet.request;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a row a value is: {@code column}, an element of it by its key, {@code column[key]}, a
 * field of it, {@code column.field}, or a part of these again. Names and keys with a point,
 * brackets, parentheses, commas or colons inside are in double quotes.
 *
 * @param steps from the column's value to a part of it, if it is a part that is meant
 */
public record Place(String column, List<Step> steps) {
  /** A step into a value. */
  public sealed interface Step {
    /** As it is written, without quotes. */
    String text();
  }

  /**
   * To the element that has a key.
   *
   * @param key in the text form of its type
   */
  public record Element(String key) implements Step {
    @Override
    public String text() {
      return "[" + key + "]";
    }
  }

  /** To a field of a user-defined type. */
  public record Field(String name) implements Step {
    @Override
    public String text() {
      return "." + name;
    }
  }

  public Place {
    steps = List.copyOf(steps);
  }

  public static Place of(String column) {
    return new Place(column, List.of());
  }

  /**
   * @throws IllegalArgumentException if a name is empty, or a quote or bracket is not closed
   */
  public static Place parse(String text) {
    if (isName(text)) {
      return of(text);
    }
    List<String> names = QuotedList.split(text, '.', Integer.MAX_VALUE);
    List<Step> steps = new ArrayList<>();
    for (String part : names) {
      int bracket = QuotedList.endOfName(part);
      steps.add(new Field(name(part.substring(0, bracket))));
      for (int open = bracket; open < part.length(); ) {
        int end = QuotedList.endOfBrackets(part, open);
        steps.add(new Element(QuotedList.unquote(part.substring(open + 1, end))));
        open = end + 1;
      }
    }
    return new Place(((Field) steps.get(0)).name(), steps.subList(1, steps.size()));
  }

  /** Whether there is nothing to be read in it, as mostly there is not. */
  private static boolean isName(String text) {
    boolean name = !text.isEmpty();
    for (int i = 0; name && i < text.length(); i++) {
      char c = text.charAt(i);
      name = c != '.' && c != '[' && c != '"' && c != '(' && c != '{' && c != ']';
    }
    return name;
  }

  private static String name(String text) {
    String name = QuotedList.unquote(text);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an empty name");
    }
    return name;
  }

  /** As it is written, without quotes. */
  public String text() {
    StringBuilder text = new StringBuilder(column);
    steps.forEach(step -> text.append(step.text()));
    return text.toString();
  }

  /** Whether it is a column, and not a part of one. */
  public boolean isColumn() {
    return steps.isEmpty();
  }
}
