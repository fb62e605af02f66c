package dev.ringlet.error;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the name that was probably meant. Rather none than a wrong one: a letter that is another
 * counts as two slips, one that is missing, too much or has changed places as one.
 */
public final class Suggestion {
  private static final int LONGEST = 64;
  private static final int SHORT = 3;

  /** Of so many that are equally near none was meant. */
  private static final int MOST = 3;

  private Suggestion() {}

  /**
   * The known names that differ least from the given one, whatever their capitals; none if a third
   * of the letters is wrong, or of a short name more than one is missing or too much.
   */
  public static List<String> nearest(String given, Collection<String> known) {
    if (given.length() > LONGEST) {
      return List.of();
    }
    int least = Integer.MAX_VALUE;
    List<String> nearest = List.of();
    for (String name : known) {
      int slips = isFar(given, name) ? Integer.MAX_VALUE : slips(given, name);
      if (slips <= most(given, name) && slips <= least) {
        nearest = slips < least ? List.of(name) : with(nearest, name);
        least = slips;
      }
    }
    return nearest.size() > MOST ? List.of() : nearest;
  }

  /** {@code Did you mean …?}, if there are names that may have been meant. */
  public static Optional<String> question(List<String> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Did you mean " + String.join(" or ", names) + "?");
  }

  /** The same error with a hint if there is a name to suggest. */
  public static ApiException hint(ApiException e, String given, Collection<String> known) {
    return e.hint(question(nearest(given, known)));
  }

  private static List<String> with(List<String> names, String name) {
    return Stream.concat(names.stream(), Stream.of(name)).toList();
  }

  private static int most(String given, String name) {
    int length = Math.min(given.length(), name.length());
    return length < SHORT ? 1 : Math.max(2, length / 3);
  }

  /** Most names are: this is quicker than to compare letters. */
  private static boolean isFar(String given, String name) {
    return name.length() > LONGEST
        || Math.abs(given.length() - name.length()) > most(given, name)
        || (Math.min(given.length(), name.length()) < 2 && !given.equalsIgnoreCase(name));
  }

  /** The optimal string alignment distance, in which a change counts twice. */
  private static int slips(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = same(a, i - 1, b, j - 1) ? 0 : 2;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
        if (i > 1 && j > 1 && same(a, i - 1, b, j - 2) && same(a, i - 2, b, j - 1)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      beforePrevious = previous;
      previous = current;
    }
    return previous[b.length()];
  }

  private static boolean same(String a, int i, String b, int j) {
    return Character.toLowerCase(a.charAt(i)) == Character.toLowerCase(b.charAt(j));
  }
}
