package dev.ringlet.openapi;

import dev.ringlet.encode.ETags;
import dev.ringlet.encode.Gzip;

/**
 * A document as it is sent.
 *
 * @param bytes not to be changed, and the same compressed
 * @param tag of its content
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Rendered(Format format, byte[] bytes, byte[] gzip, String tag) {

  static Rendered of(Format format, Document document) {
    byte[] bytes = format.bytes(document);
    return new Rendered(format, bytes, Gzip.all(bytes), ETags.of(bytes));
  }

  int size() {
    return bytes.length + gzip.length;
  }
}
