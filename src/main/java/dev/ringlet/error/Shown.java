package dev.ringlet.error;

/** Texts of clients as errors show them: cut, since many errors may wait until they are taken. */
public final class Shown {
  private static final int LONGEST = 100;

  private Shown() {}

  /** A name or a value. */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /** At most so many characters of it, and an ellipsis if it has more. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, pair ? most - 1 : most) + "…";
  }
}
