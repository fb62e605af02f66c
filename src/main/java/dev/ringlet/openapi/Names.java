package dev.ringlet.openapi;

import dev.ringlet.value.CqlType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names in a document. Generated clients have classes, files and methods of these names, on file
 * systems too that do not tell capitals from small letters; so no two differ in that alone.
 */
final class Names {
  private final Set<String> taken = new HashSet<>();

  /** The name, with a number if it has been given already. */
  String unique(String name) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
      candidate = name + i;
    }
    return candidate;
  }

  /** Of {@code wind_speed}, {@code WindSpeed}: letters and digits alone, in ASCII. */
  static String pascal(String name) {
    StringBuilder pascal = new StringBuilder();
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      if (plain) {
        pascal.append(first ? Character.toUpperCase(c) : c);
      }
      first = !plain;
    }
    return pascal.toString();
  }

  /** Of {@code frozen<list<text>>}, {@code FrozenListText}; without the keyspace of types in it. */
  static String ofType(CqlType type) {
    return pascal(type.cql().replaceAll("\\b\\w+\\.", ""));
  }

  /** A name for what stands in braces in a path: that of the column, if it can. */
  static String inPath(String column) {
    String plain = column.replaceAll("[^A-Za-z0-9_]", "_");
    return plain.matches("_*") ? "key" : plain;
  }

  /** How the name of a column is written in a query: in quotes where it must be. */
  static String inQuery(String column, Set<String> reserved) {
    return reserved.contains(column) || column.matches(".*[,:.\\[\\]()\"\\\\].*")
        ? '"' + column.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : column;
  }
}
