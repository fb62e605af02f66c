package dev.ringlet.cql;

import java.util.HexFormat;

/** What stands for the text of a statement, in logs. */
public final class StatementDigest {
  private StatementDigest() {}

  /** Eight hexadecimal digits. */
  public static String of(String cql) {
    return HexFormat.of().toHexDigits(cql.hashCode());
  }
}
