package dev.ringlet.site;

import dev.ringlet.encode.ETags;
import dev.ringlet.encode.Gzip;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A file that goes out as it is.
 *
 * @param type its media type
 * @param tag its strong entity tag, as it is not compressed
 */
record StaticFile(String type, String tag, Buffer plain, Buffer gzipped) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  private static final String PACKED = ".gz";

  /**
   * Reads it.
   *
   * @param resource its path on the class path; in a native binary, those below {@code site} are
   *     there ({@code quarkus.native.resources.includes}). A large one may be there as gzip, its
   *     name ending with {@code .gz}
   */
  static StaticFile read(String resource) {
    try (InputStream file =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("There is no resource " + resource);
      }
      byte[] bytes = file.readAllBytes();
      return resource.endsWith(PACKED)
          ? of(resource.substring(0, resource.length() - PACKED.length()), unpacked(bytes), bytes)
          : of(resource, bytes, Gzip.all(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StaticFile of(String name, byte[] plain, byte[] gzipped) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return new StaticFile(type, ETags.of(plain), Buffer.buffer(plain), Buffer.buffer(gzipped));
  }

  private static byte[] unpacked(byte[] gzipped) throws IOException {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      return plain.readAllBytes();
    }
  }
}
