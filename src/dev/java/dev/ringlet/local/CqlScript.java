package dev.ringlet.local;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CQL as people write it into a file: statements that end with semicolons, and comments. What is
 * wrong with it Cassandra says: a string that does not end goes to the end of the script.
 */
public final class CqlScript {
  /** Where a semicolon ends nothing, and a semicolon. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)'[^']*+'?|\"[^\"]*+\"?|\\$\\$.*?(?:\\$\\$|\\z)|(?<comment>--\\V*+|//\\V*+|/\\*.*?\\*/)|(?<end>;)");

  private static final Pattern BATCH =
      Pattern.compile("(?i)\\s*BEGIN\\s+(?:(?:UNLOGGED|COUNTER)\\s+)?BATCH\\b");

  private static final Pattern END_OF_BATCH = Pattern.compile("(?is).*\\bAPPLY\\s+BATCH\\s*");

  private final String cql;
  private final List<CqlStatement> statements = new ArrayList<>();

  /** Where the statement begins, or what stands before it. */
  private int begin;

  /** Where its last part begins: a batch has several. */
  private int part;

  /** Up to where line ends have been counted. */
  private int counted;

  private int line = 1;

  private CqlScript(String cql) {
    this.cql = cql;
  }

  /** Its statements in order; those of a batch are one. */
  public static List<CqlStatement> statements(String cql) {
    return new CqlScript(cql).read();
  }

  private List<CqlStatement> read() {
    Matcher token = TOKEN.matcher(cql);
    boolean begun = false;
    int last = 0;
    while (token.find()) {
      begun |= !cql.substring(last, token.start()).isBlank();
      last = token.end();
      if (token.group("end") != null) {
        begun = !ends(token.start());
        part = last;
      } else if (token.group("comment") == null) {
        begun = true;
      } else if (!begun) {
        begin = last;
      }
    }
    add(cql.length());
    return statements;
  }

  /** Whether a semicolon ends the statement; one in a batch does not. */
  private boolean ends(int semicolon) {
    boolean batch = BATCH.matcher(cql).region(begin, semicolon).lookingAt();
    if (batch && !END_OF_BATCH.matcher(cql.substring(part, semicolon)).matches()) {
      return false;
    }
    add(semicolon);
    begin = semicolon + 1;
    return true;
  }

  private void add(int end) {
    String text = cql.substring(begin, end);
    if (!text.isBlank()) {
      int first = begin + text.length() - text.stripLeading().length();
      line += (int) cql.substring(counted, first).chars().filter(c -> c == '\n').count();
      counted = first;
      statements.add(new CqlStatement(text.strip(), line));
    }
  }
}
