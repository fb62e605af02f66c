package dev.ringlet.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.access.Permission;
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

  private record Owner(String rule, String caller) {}

  /**
   * Counts a request.
   *
   * @param permissions that allow it, at least one
   * @param now {@link System#nanoTime()}
   * @return those of them that the caller has not used too often
   * @throws ApiException {@link ErrorCode#RATE_LIMITED} if there is none
   */
  public List<Permission> take(List<Permission> permissions, String caller, long now) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < permissions.size(); i++) {
      if (permissions.get(i).rate().isEmpty()) {
        return i == 0 ? permissions : permissions.subList(i, permissions.size());
      }
      Rate rate = permissions.get(i).rate().get();
      long wait = bucket(rate, caller, now).take(rate.perSecond(), now);
      if (wait == 0) {
        return permissions.subList(i, permissions.size());
      }
      least = Math.min(least, wait);
    }
    int seconds = (int) Math.ceil(least / 1e9);
    throw new ApiException(
            ErrorCode.RATE_LIMITED, "The caller may come again in %d s.".formatted(seconds))
        .with("retry_after", seconds);
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

    /** Takes one, or says after how many nanoseconds there is one. */
    synchronized long take(int perSecond, long now) {
      double more = Math.max(0, now - filled) / 1e9 * perSecond;
      left = Math.min((double) BURST_SECONDS * perSecond, left + more);
      filled = now;
      if (left < 1) {
        return (long) Math.ceil((1 - left) / perSecond * 1e9);
      }
      left--;
      return 0;
    }
  }
}
