package dev.ringlet.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.ringlet.bytes.Output;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** Writes JSON into bytes, without a tree. */
public final class JsonBytes {
  private static final JsonFactory FACTORY = factory(" ");
  private static final JsonFactory LINES = factory("\n");

  /** Bytes of values that do not come to very much. */
  private static final int SMALL = 1 << 12;

  @FunctionalInterface
  public interface Document {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private JsonBytes() {}

  /** One document. */
  public static byte[] write(Document document) {
    return write(FACTORY, 0, document);
  }

  /**
   * One document that is made of values.
   *
   * @param bytes of them, about
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED} if it is several times as large
   */
  public static byte[] write(long bytes, Document document) {
    return write(FACTORY, bytes, document);
  }

  /**
   * As {@link #write(long, Document)}.
   *
   * @param room is asked for more as the document grows
   */
  public static byte[] write(long bytes, LongConsumer room, Document document) {
    return write(FACTORY, all -> new Output(all, bytes, room), document);
  }

  /** One document, which is nowhere in memory as a whole. */
  public static void write(Document document, OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      document.writeTo(json);
    }
  }

  /** Several documents, a line each. As {@link #write(long, Document)}. */
  static byte[] writeLines(long bytes, Document documents) {
    return write(LINES, bytes, documents);
  }

  /** One document and a line end. */
  public static byte[] line(Document document) {
    return write(
        FACTORY,
        0,
        json -> {
          document.writeTo(json);
          json.writeRaw('\n');
        });
  }

  private static byte[] write(JsonFactory factory, long bytes, Document document) {
    return write(factory, all -> bytes < SMALL ? all : new Output(all, bytes), document);
  }

  private static byte[] write(
      JsonFactory factory, UnaryOperator<OutputStream> limited, Document document) {
    try (ByteArrayBuilder all = new ByteArrayBuilder(factory._getBufferRecycler())) {
      try (JsonGenerator json = factory.createGenerator(limited.apply(all))) {
        document.writeTo(json);
      }
      return all.getClearAndRelease();
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
