package dev.ringlet.cql;

/** Bytes from a node that make no sense to the driver; it has no exception of its own for them. */
final class UnreadableAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableAnswerException(Throwable cause) {
    super(cause);
  }
}
