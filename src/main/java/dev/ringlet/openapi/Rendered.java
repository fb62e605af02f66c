package dev.ringlet.openapi;

import dev.ringlet.encode.ETags;
import dev.ringlet.encode.Gzip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A document as it is kept: compressed, since one of many tables says much the same of each.
 *
 * @param length of what is not compressed
 * @param gzip not to be changed
 * @param tag of its content
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Rendered(Format format, int length, byte[] gzip, String tag) {
  private static final int PIECE = 1 << 16;

  static Rendered of(Format format, Document document) {
    byte[] bytes = format.bytes(document);
    return new Rendered(format, bytes.length, Gzip.all(bytes), ETags.of(bytes));
  }

  /** What is not compressed, made piece by piece. */
  public Iterator<byte[]> pieces() {
    try {
      InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip));
      return Stream.generate(() -> piece(in)).takeWhile(piece -> piece.length > 0).iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
  }

  private static byte[] piece(InputStream in) {
    try {
      return in.readNBytes(PIECE);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
  }
}
