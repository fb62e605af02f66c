package dev.ringlet.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Texts of which a pattern finds all: of regular expressions what JSON Schemas here have. */
final class PatternText {
  private static final int MORE = 4;

  private final String pattern;
  private int at;

  private PatternText(String pattern) {
    this.pattern = pattern;
  }

  static String of(String pattern, Random random) {
    return new PatternText(pattern).alternatives().apply(random);
  }

  private Function<Random, String> alternatives() {
    List<Function<Random, String>> all = new ArrayList<>();
    all.add(sequence());
    while (take("|")) {
      all.add(sequence());
    }
    return random -> all.get(random.nextInt(all.size())).apply(random);
  }

  private Function<Random, String> sequence() {
    List<Function<Random, String>> all = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      all.add(quantified(atom()));
    }
    return random -> {
      StringBuilder text = new StringBuilder();
      all.forEach(part -> text.append(part.apply(random)));
      return text.toString();
    };
  }

  private Function<Random, String> atom() {
    if (take("(?:")) {
      Function<Random, String> inside = alternatives();
      at++; // the bracket that closes
      return inside;
    } else if (take("[")) {
      return characters();
    } else if (take("^") || take("$")) {
      return random -> "";
    }
    String character = String.valueOf(character());
    return random -> character;
  }

  private Function<Random, String> characters() {
    List<Character> all = new ArrayList<>();
    while (!take("]")) {
      char first = character();
      char last = first;
      if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
        at++;
        last = character();
      }
      for (int c = first; c <= last; c++) {
        all.add((char) c);
      }
    }
    return random -> String.valueOf(all.get(random.nextInt(all.size())));
  }

  private char character() {
    if (take("\\u")) {
      at += 4;
      return (char) Integer.parseInt(pattern.substring(at - 4, at), 16);
    } else if (take("\\")) {
      return pattern.charAt(at++);
    }
    return pattern.charAt(at++);
  }

  private Function<Random, String> quantified(Function<Random, String> part) {
    int[] times = times();
    int least = times[0];
    int most = times[1];
    return random -> {
      StringBuilder text = new StringBuilder();
      int count = least + (most == least ? 0 : random.nextInt(most - least + 1));
      for (int i = 0; i < count; i++) {
        text.append(part.apply(random));
      }
      return text.toString();
    };
  }

  private int[] times() {
    if (take("?")) {
      return new int[] {0, 1};
    } else if (take("*")) {
      return new int[] {0, MORE};
    } else if (take("+")) {
      return new int[] {1, MORE};
    } else if (take("{")) {
      int end = pattern.indexOf('}', at);
      String[] bounds = pattern.substring(at, end).split(",", 2);
      at = end + 1;
      int least = Integer.parseInt(bounds[0]);
      return new int[] {least, bounds.length == 1 ? least : Integer.parseInt(bounds[1])};
    }
    return new int[] {1, 1};
  }

  private boolean take(String text) {
    boolean here = pattern.startsWith(text, at);
    at += here ? text.length() : 0;
    return here;
  }
}
