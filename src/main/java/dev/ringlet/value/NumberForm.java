package dev.ringlet.value;

/**
 * How numbers are written that a client's floating point cannot hold: bigint, counter, varint and
 * decimal.
 */
public enum NumberForm {
  /** As strings of digits: no client loses any. The default. */
  STRING,
  /** As JSON numbers, for clients that can read them. */
  JSON;

  /** What {@code Prefer: numbers=json} asks for. */
  public static NumberForm of(boolean json) {
    return json ? JSON : STRING;
  }
}
