package dev.ringlet.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables by their names: {@code keyspace.table}, where {@code *} stands for any part of a name, or
 * {@code *} for all tables. Names are as Cassandra stores them, and case-sensitive.
 */
public final class TablePattern {
  /** A claim in braces, {@code *}, or part of a name. */
  private static final Pattern PART = Pattern.compile("\\{([^{}]+)}|(\\*)|(\\w+)");

  private static final String NAME = "(?:\\{[^{}]+}|\\*|\\w)+";
  private static final Pattern PATTERN = Pattern.compile("\\*|(%s)\\.(%<s)".formatted(NAME));

  private final Pattern keyspace;
  private final Pattern table;
  private final boolean named;
  private final boolean wholeKeyspace;

  private TablePattern(String keyspace, String table, UnaryOperator<String> claims) {
    this.keyspace = glob(keyspace, claims);
    this.table = glob(table, claims);
    this.named = !table.contains("*");
    this.wholeKeyspace = table.equals("*");
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static TablePattern of(String text) {
    return of(
        text,
        claim -> {
          throw new IllegalArgumentException("There are no claims here.");
        });
  }

  /**
   * One with claims in braces.
   *
   * @param claims the value of each, which stands for itself
   * @throws IllegalArgumentException if it is none
   */
  public static TablePattern of(String text, UnaryOperator<String> claims) {
    Matcher parts = PATTERN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Write keyspace.table, keyspace.* or *.");
    }
    return text.equals("*")
        ? new TablePattern("*", "*", claims)
        : new TablePattern(parts.group(1), parts.group(2), claims);
  }

  private static Pattern glob(String name, UnaryOperator<String> claims) {
    StringBuilder regex = new StringBuilder();
    Matcher part = PART.matcher(name);
    while (part.find()) {
      if (part.group(1) != null) {
        regex.append(Pattern.quote(claims.apply(part.group(1))));
      } else {
        regex.append(part.group(2) == null ? part.group(3) : "\\w*");
      }
    }
    return Pattern.compile(regex.toString());
  }

  public boolean matches(String keyspaceName, String tableName) {
    return keyspace.matcher(keyspaceName).matches() && table.matcher(tableName).matches();
  }

  /** Whether it matches all tables of a keyspace. */
  public boolean matchesWhole(String keyspaceName) {
    return wholeKeyspace && keyspace.matcher(keyspaceName).matches();
  }

  /** Whether it matches some table of a keyspace. */
  public boolean matchesPartOf(String keyspaceName) {
    return keyspace.matcher(keyspaceName).matches();
  }

  /** Whether it is about one table of a keyspace. */
  public boolean isNamed() {
    return named;
  }
}
