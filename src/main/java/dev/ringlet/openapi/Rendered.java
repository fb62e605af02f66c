package dev.ringlet.openapi;

import dev.ringlet.encode.ETags;
import dev.ringlet.encode.JsonBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A document as it is kept: compressed, since one of many tables says much the same of each. It is
 * compressed while it is made, for all of it may be larger than the memory that there is.
 *
 * @param gzip not to be changed
 * @param tag of its content
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Rendered(Format format, byte[] gzip, String tag) {
  private static final int PIECE = 1 << 16;

  @FunctionalInterface
  private interface Written {
    void to(OutputStream out) throws IOException;
  }

  static Rendered of(Format format, Document document) {
    return switch (format) {
      case JSON -> of(format, out -> JsonBytes.write(document::writeTo, out));
      case YAML -> {
        InputStream json = of(Format.JSON, document).plain();
        yield of(format, out -> Yaml.write(json, out));
      }
    };
  }

  private static Rendered of(Format format, Written document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      document.to(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
    byte[] gzip = bytes.toByteArray();
    return new Rendered(format, gzip, ETags.of(gzip));
  }

  /** What is not compressed, made piece by piece, once. */
  public Pieces pieces() {
    return new Pieces(plain());
  }

  InputStream plain() {
    try {
      return new GZIPInputStream(new ByteArrayInputStream(gzip));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
  }

  /** They have memory outside the heap until they are closed. */
  public static final class Pieces implements Iterable<byte[]>, AutoCloseable {
    private final InputStream plain;

    private Pieces(InputStream plain) {
      this.plain = plain;
    }

    @Override
    public Iterator<byte[]> iterator() {
      return Stream.generate(this::next).takeWhile(piece -> piece.length > 0).iterator();
    }

    private byte[] next() {
      try {
        return plain.readNBytes(PIECE);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // it is in memory
      }
    }

    @Override
    public void close() {
      try {
        plain.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // it is in memory
      }
    }
  }
}
