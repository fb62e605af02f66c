package dev.ringlet.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The functions that {@code select} has; all but one are CQL's own and have their names. */
public enum Function {
  COUNT(0, 1),
  MIN(1, 1),
  MAX(1, 1),
  SUM(1, 1),
  AVG(1, 1),
  WRITETIME(1, 1),
  TTL(1, 1),
  MAXWRITETIME(1, 1),
  /** Of the partition key. */
  TOKEN(0, 0),
  /** Of a vector to the one that is searched, by the function of its index. */
  SIMILARITY(1, 1),
  SIMILARITY_COSINE(2, 2),
  SIMILARITY_EUCLIDEAN(2, 2),
  SIMILARITY_DOT_PRODUCT(2, 2);

  private final int least;
  private final int most;

  Function(int least, int most) {
    this.least = least;
    this.most = most;
  }

  static Optional<Function> of(String symbol) {
    return Arrays.stream(values()).filter(one -> one.symbol().equals(symbol)).findFirst();
  }

  /** As it is written. */
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  /** Whether it makes one value of many rows. */
  public boolean isAggregate() {
    return switch (this) {
      case COUNT, MIN, MAX, SUM, AVG -> true;
      default -> false;
    };
  }

  /** Whether it tells when something was written, or for how long. */
  public boolean isOfCells() {
    return this == WRITETIME || this == TTL || this == MAXWRITETIME;
  }

  /** Whether it compares two vectors. */
  public boolean isSimilarity() {
    return most == 2;
  }
}
