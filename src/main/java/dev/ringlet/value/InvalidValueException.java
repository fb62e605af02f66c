package dev.ringlet.value;

import dev.ringlet.error.Shown;

/**
 * A text or a JSON value that is not one of its column's type. Whoever knows the column says which.
 */
public final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String got;
  private final String pointer;

  InvalidValueException(String expected, String got) {
    this(expected, got, "");
  }

  /**
   * @param pointer the JSON pointer (RFC 6901) of the culprit, empty for the whole
   */
  InvalidValueException(String expected, String got, String pointer) {
    super("expected " + expected + ", got " + Shown.of(got), null, false, false);
    this.expected = expected;
    this.got = Shown.of(got);
    this.pointer = pointer;
  }

  public String expected() {
    return expected;
  }

  /** What came instead, cut to a length that can be shown. */
  public String got() {
    return got;
  }

  /** Where in the body, as a JSON pointer; empty where the value did not come in a body. */
  public String pointer() {
    return pointer;
  }
}
