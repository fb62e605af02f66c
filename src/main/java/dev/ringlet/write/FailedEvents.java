package dev.ringlet.write;

import dev.ringlet.error.ApiException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a sender of a batch is told of the events that were not written. It has one answer for all
 * of them, by which it sends all of them again or none: so what may pass is told before what stays.
 */
final class FailedEvents {
  private static final Set<Integer> PASSING = Set.of(408, 429);

  private FailedEvents() {}

  /**
   * @throws ApiException the error of one of them, if there is one
   */
  static void require(List<Outcome> failed, int events) {
    failed.stream()
        .min(Comparator.comparing(FailedEvents::stays).thenComparing(Outcome::index))
        .ifPresent(
            outcome -> {
              throw outcome
                  .error()
                  .orElseThrow()
                  .with("index", (int) outcome.index())
                  .with("written", events - failed.size())
                  .with("failed", failed.size());
            });
  }

  private static boolean stays(Outcome outcome) {
    return outcome.status() < 500 && !PASSING.contains(outcome.status());
  }
}
