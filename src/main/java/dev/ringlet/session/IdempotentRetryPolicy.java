package dev.ringlet.session;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.retry.RetryVerdict;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.internal.core.retry.DefaultRetryPolicy;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The driver's own policy for what is idempotent, and no second attempt for anything else, whatever
 * the first one met. The driver sees to that itself, but for these two. It is named in
 * application.conf.
 *
 * <p>A read at a serial level is tried again a few times, while the request has time: it times out
 * because it met others at its partition, and no replica need be slow for that.
 */
@RegisterForReflection
public final class IdempotentRetryPolicy extends DefaultRetryPolicy {
  private static final int SERIAL_ATTEMPTS = 5;

  public IdempotentRetryPolicy(DriverContext context, String profileName) {
    super(context, profileName);
  }

  @Override
  public RetryVerdict onReadTimeoutVerdict(
      Request request,
      ConsistencyLevel level,
      int blockFor,
      int received,
      boolean dataPresent,
      int retryCount) {
    if (level.isSerial() && again(request) && retryCount < SERIAL_ATTEMPTS - 1) {
      return RetryVerdict.RETRY_SAME;
    }
    return again(request)
        ? super.onReadTimeoutVerdict(request, level, blockFor, received, dataPresent, retryCount)
        : RetryVerdict.RETHROW;
  }

  @Override
  public RetryVerdict onUnavailableVerdict(
      Request request, ConsistencyLevel level, int required, int alive, int retryCount) {
    return again(request)
        ? super.onUnavailableVerdict(request, level, required, alive, retryCount)
        : RetryVerdict.RETHROW;
  }

  /** A PREPARE is no statement, and can be sent as often as one likes. */
  private static boolean again(Request request) {
    return !(request instanceof Statement<?> statement)
        || Boolean.TRUE.equals(statement.isIdempotent());
  }
}
