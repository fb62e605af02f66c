package dev.ringlet.local;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/**
 * Another version of Cassandra than the build's own, by {@code -Dcassandra.version}. What it lacks
 * is known by what it refuses.
 */
public final class OtherCassandra {
  private static final Logger LOG = Logger.getLogger(OtherCassandra.class);
  private static final boolean RUNS = Boolean.getBoolean("cassandra.other");

  private OtherCassandra() {}

  /** Skips the test that needs a statement, aloud; to the build's own, no statement is unknown. */
  public static void skip(String statement, RuntimeException refusal) {
    if (!RUNS) {
      throw refusal;
    }
    LOG.errorf("SKIPPED: this Cassandra refuses %s: %s", statement, refusal.getMessage());
    Assumptions.abort(statement);
  }

  /** Goes on without a statement of the samples that it refuses. */
  static void lacks(IllegalStateException refusal) {
    if (!RUNS) {
      throw refusal;
    }
    LOG.errorf("SKIPPED: a sample that this Cassandra refuses: %s", refusal.getMessage());
  }
}
