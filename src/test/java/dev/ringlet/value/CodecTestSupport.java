package dev.ringlet.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Codecs from and to JSON text, beside the driver's own for the same type. */
final class CodecTestSupport {
  private static final JsonFactory JSON = new JsonFactory();

  private CodecTestSupport() {}

  static ByteBuffer read(DataType type, String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      ByteBuffer value = Codecs.of(type).read(parser);
      assertEquals(null, parser.nextToken(), "the codec left something of " + json);
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(DataType type, ByteBuffer value, NumberForm numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        Codecs.of(type).writeNullable(value, json, numbers);
      }
      ByteBuffer written = ByteBuffer.wrap(out.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(written).toString(); // nothing else is JSON
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(DataType type, ByteBuffer value) {
    return write(type, value, NumberForm.STRING);
  }

  /** What the driver sends for a Java value. */
  static ByteBuffer driver(DataType type, Object value) {
    return CodecRegistry.DEFAULT.<Object>codecFor(type).encode(value, DefaultProtocolVersion.V5);
  }

  /** What the driver makes of bytes. */
  static Object driver(DataType type, ByteBuffer value) {
    return CodecRegistry.DEFAULT
        .codecFor(type)
        .decode(value.duplicate(), DefaultProtocolVersion.V5);
  }

  static InvalidValueException refused(DataType type, String json) {
    return assertThrows(InvalidValueException.class, () -> read(type, json), json);
  }
}
