package dev.ringlet.observe;

import io.quarkus.logging.LoggingFilter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * While Cassandra is away, each attempt to connect is a line of the driver's, for each node. They
 * all say the same: a few of each logger of the driver in a minute are enough. Errors are all
 * written. It is named in application.properties.
 */
@LoggingFilter(name = "few-of-the-driver")
public final class FewOfTheDriver implements Filter {
  static final int MOST_A_MINUTE = 3;

  private static final String DRIVER = "com.datastax.oss.driver.";

  /** What a logger has written in a minute, which is counted from 1970. */
  private record Written(long minute, int lines) {

    Written andOneIn(long now) {
      return now == minute ? new Written(minute, lines + 1) : new Written(now, 1);
    }
  }

  private final ConcurrentMap<String, Written> written = new ConcurrentHashMap<>();

  @Override
  public boolean isLoggable(LogRecord line) {
    String logger = line.getLoggerName();
    if (logger == null
        || !logger.startsWith(DRIVER)
        || line.getLevel().intValue() > Level.WARNING.intValue()) {
      return true;
    }
    long minute = TimeUnit.MILLISECONDS.toMinutes(line.getMillis());
    Written now =
        written.compute(
            logger,
            (same, before) -> (before == null ? new Written(minute, 0) : before).andOneIn(minute));
    return now.lines() <= MOST_A_MINUTE;
  }
}
