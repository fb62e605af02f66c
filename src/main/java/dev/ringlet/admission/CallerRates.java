package dev.ringlet.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.access.Rate;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * How often callers come, where a rule has a rate: a bucket for each rule and caller that holds the
 * requests of two seconds, and is filled at the rate.
 */
@Singleton
public final class CallerRates {
  private static final int BURST_SECONDS = 2;
  private static final int MOST_BUCKETS = 10_000;

  private final Cache<Owner, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_BUCKETS).build();

  private record Owner(String rule, String caller) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Owner owner && caller.equals(owner.caller) && rule.equals(owner.rule);
    }

    @Override
    public int hashCode() {
      return 31 * caller.hashCode() + rule.hashCode();
    }
  }

  /**
   * Counts a request for the rule that allows it.
   *
   * @param now {@link System#nanoTime()}
   * @throws ApiException {@link ErrorCode#RATE_LIMITED} if the caller has used it too often
   */
  void take(Rate rate, String caller, long now) {
    require(bucket(rate, caller, now).take(rate.perSecond(), now));
  }

  /**
   * Refuses a request before more is done for it, if the caller has used each rule too often that
   * may allow it.
   *
   * @param rates of these rules, at least one
   * @param now {@link System#nanoTime()}
   * @throws ApiException {@link ErrorCode#RATE_LIMITED}
   */
  void requireLeft(List<Rate> rates, String caller, long now) {
    long least = Long.MAX_VALUE;
    for (Rate rate : rates) {
      least = Math.min(least, bucket(rate, caller, now).delay(rate.perSecond(), now));
    }
    require(least);
  }

  /**
   * @param delay nanoseconds
   */
  private static void require(long delay) {
    if (delay > 0) {
      int seconds = (int) Math.ceil(delay / 1e9);
      throw new ApiException(
              ErrorCode.RATE_LIMITED, "The caller may come again in %d s.".formatted(seconds))
          .with("retry_after", seconds);
    }
  }

  private Bucket bucket(Rate rate, String caller, long now) {
    return buckets.get(new Owner(rate.rule(), caller), owner -> new Bucket(rate.perSecond(), now));
  }

  /** Requests that may be made. */
  private static final class Bucket {
    private double left;
    private long filled;

    Bucket(int perSecond, long now) {
      left = (double) BURST_SECONDS * perSecond;
      filled = now;
    }

    /** After how many nanoseconds there is one. */
    synchronized long delay(int perSecond, long now) {
      double more = Math.max(0, now - filled) / 1e9 * perSecond;
      left = Math.min((double) BURST_SECONDS * perSecond, left + more);
      filled = now;
      return left < 1 ? (long) Math.ceil((1 - left) / perSecond * 1e9) : 0;
    }

    /** Takes one, or says after how many nanoseconds there is one. */
    synchronized long take(int perSecond, long now) {
      long delay = delay(perSecond, now);
      left -= delay == 0 ? 1 : 0;
      return delay;
    }
  }
}
