package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.ringlet.bytes.OutputText;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How the values of one CQL type look outside: as JSON in bodies, as text in paths, filters and
 * CSV. A value itself is always its bytes in the native protocol (the "Data Type Serialization
 * Formats" of its specification), so that it goes from a row to the client, or from the client to a
 * bind marker, without another object in between.
 */
public interface Codec {
  /**
   * Characters of a number in a path or filter, or as the key of a map: reading digits takes time
   * by their square. In bodies it is the default of a setting.
   */
  int LONGEST_NUMBER = 1000;

  /** What is accepted, in words that complete "expected …". */
  String expected();

  /** Writes a value that is not null. */
  void write(ByteBuffer value, JsonGenerator json, NumberForm numbers) throws IOException;

  /** The text form of a value that is not null. {@link #parse} takes it back. */
  String text(ByteBuffer value);

  /**
   * Reads the value that starts at the parser's current token, which is not {@code null}.
   *
   * @throws InvalidValueException if it is not a value of this type
   */
  ByteBuffer read(JsonParser json) throws IOException;

  /**
   * @throws InvalidValueException if the text is not a value of this type
   */
  ByteBuffer parse(String text);

  /**
   * Writes a value that is not null as COPY of cqlsh does.
   *
   * @param inside whether it is inside of another
   */
  void writeLiteral(ByteBuffer value, boolean inside, OutputText out);

  /**
   * The text form of what COPY of cqlsh writes; whether it is of this type may be left to {@link
   * #parse}.
   *
   * @throws InvalidValueException if it is no literal of this type
   */
  String ofLiteral(String literal);

  /**
   * Writes the JSON of a value as cqlsh writes it inside of another, which {@link #read} takes.
   *
   * @throws InvalidValueException if it is no literal of this type
   */
  void readLiteral(String literal, JsonGenerator json) throws IOException;

  /**
   * Cassandra's order of two values that are not null, by which it sorts sets and maps. Zero means
   * that it holds them for equal, as the decimals 1.0 and 1.00.
   */
  int compare(ByteBuffer one, ByteBuffer other);

  /**
   * How many bytes every value has inside a vector, or -1 where Cassandra writes a length before
   * each.
   */
  default int fixedLength() {
    return -1;
  }

  /** Whether a map with such keys is a JSON object. */
  default boolean scalar() {
    return false;
  }

  /**
   * Whether the bytes stand for a value. Cassandra knows an empty value of every type, left from
   * its days of Thrift; as the driver does, it is shown as null, but for the types to which it is a
   * value like any other. So is what it stores that no value of the type has: a time beyond the
   * day, a decimal without digits.
   */
  default boolean present(ByteBuffer value) {
    return value != null && value.hasRemaining();
  }

  /** Writes a value or {@code null}. */
  default void writeNullable(ByteBuffer value, JsonGenerator json, NumberForm numbers)
      throws IOException {
    if (present(value)) {
      write(value, json, numbers);
    } else {
      json.writeNull();
    }
  }
}
