package dev.ringlet.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes JSON into bytes, without a tree. */
public final class JsonBytes {
  private static final JsonFactory FACTORY = factory(" ");
  private static final JsonFactory LINES = factory("\n");

  @FunctionalInterface
  public interface Document {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private JsonBytes() {}

  /** One document. */
  public static byte[] write(Document document) {
    return write(FACTORY, document);
  }

  /** One document, which is nowhere in memory as a whole. */
  public static void write(Document document, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      document.writeTo(json);
    }
  }

  /** Several documents, a line each. */
  static byte[] writeLines(Document documents) {
    return write(LINES, documents);
  }

  /** One document and a line end. */
  public static byte[] line(Document document) {
    return write(
        FACTORY,
        json -> {
          document.writeTo(json);
          json.writeRaw('\n');
        });
  }

  private static byte[] write(JsonFactory factory, Document document) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(factory._getBufferRecycler())) {
      try (JsonGenerator json = factory.createGenerator(bytes)) {
        document.writeTo(json);
      }
      return bytes.getClearAndRelease();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
  }

  private static JsonFactory factory(String betweenDocuments) {
    return new JsonFactoryBuilder()
        .rootValueSeparator(betweenDocuments)
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .build();
  }
}
