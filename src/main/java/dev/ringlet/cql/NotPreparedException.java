package dev.ringlet.cql;

/** A node that has forgotten a statement, or never knew it, says so and does nothing. */
final class NotPreparedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotPreparedException(Throwable cause) {
    super(cause);
  }

  /** The driver's own way would be to prepare it again, as whatever its table is by then. */
  static boolean is(Throwable failure) {
    return failure instanceof IllegalStateException
        && failure.getMessage() != null
        && failure.getMessage().startsWith("Tried to execute unprepared query");
  }
}
