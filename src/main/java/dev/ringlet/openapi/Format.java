package dev.ringlet.openapi;

import dev.ringlet.encode.JsonBytes;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How a document is written. */
public enum Format {
  JSON("application/json", UnaryOperator.identity()),
  /** RFC 9512. */
  YAML("application/yaml", Yaml::of);

  private final String mediaType;
  private final UnaryOperator<byte[]> ofJson;

  Format(String mediaType, UnaryOperator<byte[]> ofJson) {
    this.mediaType = mediaType;
    this.ofJson = ofJson;
  }

  /** Of a path that ends so. */
  public static Format of(String ending) {
    return valueOf(ending.toUpperCase(Locale.ROOT));
  }

  public String mediaType() {
    return mediaType;
  }

  byte[] bytes(Document document) {
    return ofJson.apply(JsonBytes.write(document::writeTo));
  }
}
