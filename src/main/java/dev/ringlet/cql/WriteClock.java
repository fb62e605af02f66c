package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.Statement;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Holds the timestamps that Ringlet gives to writes against the wall clock. The driver may take
 * them from another one, as in a native binary the time since the machine was booted, and never
 * lets them go back when the wall clock is put back: what is written with them would be answered
 * with 2xx and lose to what was there, or win over what comes.
 */
@Singleton
public final class WriteClock {
  private static final Logger LOG = Logger.getLogger(WriteClock.class);

  private final long tolerance;
  private final LongSupplier wall;
  private boolean wrong;

  @Inject
  WriteClock(RingletConfig config) {
    this(
        TimeUnit.MICROSECONDS.convert(config.clock().tolerance()),
        () -> TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
  }

  /**
   * @param tolerance microseconds
   * @param wall microseconds since 1970
   */
  WriteClock(long tolerance, LongSupplier wall) {
    this.tolerance = tolerance;
    this.wall = wall;
  }

  /**
   * How much later a timestamp is than it should be, in microseconds. Where nodes give writes their
   * timestamps, there is none.
   */
  long difference(long timestamp) {
    return timestamp == Statement.NO_DEFAULT_TIMESTAMP ? 0 : timestamp - wall.getAsLong();
  }

  boolean isRight(long timestamp) {
    return Math.abs(difference(timestamp)) <= tolerance;
  }

  /**
   * The same timestamp.
   *
   * @throws ApiException {@link ErrorCode#CLOCK_WRONG}
   */
  long checked(long timestamp) {
    if (!isRight(timestamp)) {
      throw new ApiException(
          ErrorCode.CLOCK_WRONG,
          "Write timestamps and the clock of this instance differ; nothing was done.");
    }
    return timestamp;
  }

  /** Says in the log when it becomes wrong, and when it is right again. By one thread at a time. */
  void look(long timestamp) {
    boolean now = !isRight(timestamp);
    if (now && !wrong) {
      LOG.errorf(
          "Write timestamps differ from the clock by %d ms: nothing is written until they agree",
          TimeUnit.MICROSECONDS.toMillis(difference(timestamp)));
    } else if (wrong && !now) {
      LOG.info("Write timestamps agree with the clock again");
    }
    wrong = now;
  }
}
