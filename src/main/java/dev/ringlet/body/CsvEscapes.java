package dev.ringlet.body;

import java.util.HexFormat;

/**
 * Backslashes in fields of CSV.
 *
 * <p>COPY TO of cqlsh escapes a text twice, if Python is 3.10 or later: control characters and
 * backslashes become the escapes of Python's literals, and then each backslash and quote has
 * another one before it. COPY FROM undoes the latter alone. So which of both a field has must be
 * told by its form: COPY TO puts in quotes only what has a delimiter, and never escapes one; what
 * is to be read once is in quotes, and its delimiters are escaped.
 */
final class CsvEscapes {
  private CsvEscapes() {}

  /** Of a field that is not in quotes: it is as COPY TO writes it, and a quote is itself. */
  static String bare(String field) {
    return field.indexOf('\\') < 0 ? field : characters(quotes(field, false, false), true);
  }

  /**
   * Of one in quotes.
   *
   * @param twice whether it is as COPY TO writes it
   */
  static String read(String field, boolean twice) {
    if (field.indexOf('\\') < 0) {
      return field.replace("\"\"", "\"");
    }
    return twice ? characters(quotes(field, true, false), true) : characters(field, false);
  }

  /** Of a backslash and a quote alone. */
  static String quotes(String field) {
    return quotes(field, true, true);
  }

  /**
   * @param undouble quotes
   * @param keep a backslash before anything but a backslash and a quote
   */
  private static String quotes(String field, boolean undouble, boolean keep) {
    StringBuilder out = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      boolean doubled = undouble && c == '"' && field.startsWith("\"\"", i);
      boolean escape =
          c == '\\'
              && i + 1 < field.length()
              && (!keep || "\\\"".indexOf(field.charAt(i + 1)) >= 0);
      i += doubled || escape ? 1 : 0;
      out.append(field.charAt(i));
    }
    return out.toString();
  }

  /**
   * Those of control characters.
   *
   * @param keep a backslash before anything else
   */
  private static String characters(String field, boolean keep) {
    StringBuilder out = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"' && !keep && field.startsWith("\"\"", i)) {
        out.append(field.charAt(i++));
      } else if (c != '\\' || i + 1 == field.length()) {
        out.append(c);
      } else {
        i += escape(field, i + 1, keep, out);
      }
    }
    return out.toString();
  }

  private static boolean isHex(String field, int at) {
    return at < field.length() && HexFormat.isHexDigit(field.charAt(at));
  }

  /** Appends what is escaped, and says how many characters it was. */
  private static int escape(String field, int at, boolean keep, StringBuilder out) {
    char c = field.charAt(at);
    int control = "nrt\\".indexOf(c);
    if (control >= 0) {
      out.append("\n\r\t\\".charAt(control));
      return 1;
    } else if (c == 'x' && isHex(field, at + 1) && isHex(field, at + 2)) {
      out.append((char) Integer.parseInt(field, at + 1, at + 3, 16));
      return 3;
    }
    out.append(keep ? "\\" : "").append(c);
    return 1;
  }
}
