package dev.ringlet.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Optional;
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

  /**
   * Whether a statement is executed, or refused by another Cassandra, which is then said; to the
   * build's own, none is unknown.
   */
  @CanIgnoreReturnValue
  public static boolean takes(CqlSession session, String statement) {
    return rows(session, SimpleStatement.newInstance(statement)).isPresent();
  }

  /** The rows of a statement that a test needs, which is skipped unless it is taken. */
  @CanIgnoreReturnValue
  public static List<Row> require(CqlSession session, SimpleStatement statement) {
    Optional<List<Row>> rows = rows(session, statement);
    Assumptions.assumeTrue(rows.isPresent(), statement.getQuery());
    return rows.get();
  }

  private static Optional<List<Row>> rows(CqlSession session, SimpleStatement statement) {
    try {
      return Optional.of(session.execute(statement).all());
    } catch (QueryValidationException e) {
      if (!lacks(statement.getQuery(), e.getMessage())) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether this is another Cassandra, which takes what the build's own does not. */
  public static boolean takesMore(String statement) {
    if (RUNS) {
      LOG.errorf("SKIPPED: this Cassandra takes %s", statement);
    }
    return RUNS;
  }

  /** Whether this is another Cassandra, which refuses what the build's own takes. */
  public static boolean lacks(String what, String why) {
    if (RUNS) {
      LOG.errorf("SKIPPED: this Cassandra refuses %s: %s", what, why);
    }
    return RUNS;
  }

  /** Goes on without a statement of the samples that it refuses. */
  static void lacks(IllegalStateException refusal) {
    if (!lacks("a sample", refusal.getMessage())) {
      throw refusal;
    }
  }
}
