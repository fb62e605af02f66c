package dev.ringlet.openapi;

import java.util.Locale;

/** How a document is written. */
public enum Format {
  JSON("application/json"),
  /** RFC 9512. */
  YAML("application/yaml");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Of a path that ends so. */
  public static Format of(String ending) {
    return valueOf(ending.toUpperCase(Locale.ROOT));
  }

  public String mediaType() {
    return mediaType;
  }
}
