package dev.ringlet.body;

import java.util.function.Function;

/**
 * Where the JSON of a row is. It is asked for each time the row is read, so it may be made then.
 */
public interface JsonSource {
  /**
   * What is made of the JSON.
   *
   * @throws RuntimeException what the reader throws, and what is wrong around the row
   */
  <T> T read(Function<byte[], T> reader);

  /** All of a body. */
  static JsonSource of(byte[] json) {
    return new JsonSource() {
      @Override
      public <T> T read(Function<byte[], T> reader) {
        return reader.apply(json);
      }
    };
  }
}
