package dev.ringlet.value;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.bytes.OutputText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Values as COPY of cqlsh writes and reads them: collections, tuples and user-defined types as
 * CQL's literals, with texts in single quotes inside of them alone.
 */
public final class Literals {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  /** Years that Python's dates have; beyond them cqlsh writes a number. */
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long MILLIS_OF_DAY = 86_400_000;

  /** What is not written as in a path. */
  static final Map<DataType, Function<ByteBuffer, String>> WRITTEN =
      Map.of(
          DataTypes.BOOLEAN,
          value -> value.get(value.position()) == 0 ? "False" : "True",
          DataTypes.BLOB,
          value -> "0x" + HexFormat.of().formatHex(Wire.bytes(value)),
          DataTypes.DATE,
          Literals::date,
          DataTypes.TIMESTAMP,
          Literals::timestamp);

  /** What is not read as in a path, made to what is. */
  static final Map<DataType, UnaryOperator<String>> READ =
      Map.of(
          DataTypes.BLOB, Literals::base64,
          DataTypes.DATE, text -> isoDate(padded(text)),
          DataTypes.TIMESTAMP, Literals::padded);

  /** What is in single quotes inside of others. */
  static final Set<DataType> QUOTED =
      Set.of(
          DataTypes.TEXT,
          DataTypes.ASCII,
          DataTypes.TIMESTAMP,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.INET);

  private Literals() {}

  /** A value that is not null, as a field of CSV has it. */
  public static String text(Codec codec, ByteBuffer value) {
    OutputText out = new OutputText(value.remaining());
    codec.writeLiteral(value, false, out);
    return out.toString();
  }

  /**
   * @throws InvalidValueException if the text is not a value of this type
   */
  public static ByteBuffer parse(Codec codec, String text) {
    try {
      return codec.parse(codec.ofLiteral(text));
    } catch (InvalidValueException e) {
      throw new InvalidValueException(e.expected(), text);
    }
  }

  /** One inside of others. Nothing stands for null. */
  static void write(Codec codec, ByteBuffer value, OutputText out) {
    if (codec.present(value)) {
      codec.writeLiteral(value, true, out);
    }
  }

  /** The JSON of one inside of others, of which nothing is null. */
  static void read(Codec codec, String literal, JsonGenerator json) throws IOException {
    String stripped = literal.strip();
    if (stripped.isEmpty()) {
      json.writeNull();
    } else {
      codec.readLiteral(stripped, json);
    }
  }

  /** Without its quotes, if it has any. */
  static String unquoted(String literal) {
    boolean quoted = literal.length() > 1 && literal.startsWith("'") && literal.endsWith("'");
    return quoted ? literal.substring(1, literal.length() - 1).replace("''", "'") : literal;
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * What stands between the separators inside of the outer brackets. What is in quotes or in inner
   * brackets separates nothing.
   *
   * @param brackets those of the type
   * @throws InvalidValueException if these are not around it, or do not match
   */
  static List<String> split(String literal, String brackets, Codec codec) {
    int end = literal.length() - 1;
    if (end < 1
        || literal.charAt(0) != brackets.charAt(0)
        || literal.charAt(end) != brackets.charAt(1)) {
      throw new InvalidValueException(codec.expected() + ", as cqlsh writes it", literal);
    }
    List<String> parts = new ArrayList<>();
    int start = 1;
    for (int comma = separator(literal, start, ","); comma < end; ) {
      parts.add(literal.substring(start, comma));
      start = comma + 1;
      comma = separator(literal, start, ",");
    }
    String last = literal.substring(start, end);
    if (!parts.isEmpty() || !last.isBlank()) {
      parts.add(last);
    }
    return parts;
  }

  /** Key and value. A colon before a space comes first: a time without quotes has some, too. */
  static List<String> pair(String entry, Codec codec) {
    int colon = separator(entry, 0, ": ");
    colon = colon < entry.length() ? colon : separator(entry, 0, ":");
    if (colon >= entry.length()) {
      throw new InvalidValueException(codec.expected() + ", as cqlsh writes it", entry);
    }
    return List.of(entry.substring(0, colon).strip(), entry.substring(colon + 1).strip());
  }

  /** Where it is next, outside of quotes and brackets, or the last character's place or more. */
  private static int separator(String text, int from, String separator) {
    boolean quoted = false;
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && "{[(".indexOf(c) >= 0) {
        depth++;
      } else if (!quoted && "}])".indexOf(c) >= 0) {
        depth--;
      } else if (!quoted && depth == 0 && text.startsWith(separator, i)) {
        return i;
      }
    }
    return text.length();
  }

  private static String timestamp(ByteBuffer value) {
    long millis = value.getLong(value.position());
    return inYears(Math.floorDiv(millis, MILLIS_OF_DAY))
        ? TIMESTAMP.format(Instant.ofEpochMilli(millis))
        : Long.toString(millis);
  }

  private static String date(ByteBuffer value) {
    long day = Times.day(value);
    return inYears(day) ? Times.dateText(value) : Long.toString(day);
  }

  private static boolean inYears(long day) {
    return day >= FIRST_DAY && day <= LAST_DAY;
  }

  /** With the zeros of a year, which Python leaves out. */
  private static String padded(String text) {
    int dash = text.indexOf('-');
    return dash > 0 && dash < 4 ? "0".repeat(4 - dash) + text : text;
  }

  private static String isoDate(String text) {
    return text.matches("-?[0-9]{1,10}")
        ? LocalDate.ofEpochDay(Long.parseLong(text)).toString()
        : text;
  }

  private static String base64(String hex) {
    try {
      if (hex.startsWith("0x")) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex, 2, hex.length()));
      }
    } catch (IllegalArgumentException e) {
      // neither is it base64
    }
    throw new InvalidValueException("0x and hexadecimal digits", hex);
  }
}
