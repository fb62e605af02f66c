package dev.ringlet.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a JSON document into bytes, without a tree. */
final class JsonBytes {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  @FunctionalInterface
  interface Document {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private JsonBytes() {}

  static byte[] write(Document document) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler())) {
      try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
        document.writeTo(json);
      }
      return bytes.getClearAndRelease();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
  }
}
