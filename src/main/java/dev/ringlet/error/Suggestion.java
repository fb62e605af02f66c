package dev.ringlet.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Suggestion {
  private static final int LONGEST = 64;
  private static final int SHORT = 4;

  private Suggestion() {}

  /**
   * The known name that differs least from the given one, if it differs in no more than a third of
   * its letters.
   */
  public static Optional<String> nearest(String given, Collection<String> known) {
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(name -> name.length() <= LONGEST)
        .min(Comparator.comparingInt(name -> distance(given, name)))
        .filter(
            name ->
                distance(given, name)
                    <= (name.length() < SHORT ? 1 : Math.max(2, name.length() / 3)));
  }

  /** The same error with a hint if there is a name to suggest. */
  public static ApiException hint(ApiException e, String given, Collection<String> known) {
    return nearest(given, known)
        .map(name -> e.with("hint", "Did you mean " + name + "?"))
        .orElse(e);
  }

  /** How many letters must be added, dropped or changed (Levenshtein); capitals are no other. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                ? 0
                : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
