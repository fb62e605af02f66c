package dev.ringlet.request;

import java.util.Locale;

/**
 * {@code column.asc}, {@code column.desc} or {@code column.ann.[vector]}.
 *
 * @param vector the vector's text for {@link Direction#ANN}, else empty
 */
public record Order(String column, Direction direction, String vector) {

  /** Which way, or by nearness. */
  public enum Direction {
    ASC,
    DESC,
    ANN;

    public String symbol() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
