package dev.ringlet.write;

import dev.ringlet.error.ApiException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * What a sender of a batch is told of the events that were not written. It has one answer for all
 * of them, by which it sends all of them again or none: so what may pass is told before what stays.
 */
final class FailedEvents {
  private static final Set<Integer> PASSING = Set.of(408, 429);
  private static final Comparator<Outcome> ORDER =
      Comparator.comparing(FailedEvents::stays).thenComparing(Outcome::index);

  private Optional<Outcome> told = Optional.empty();
  private int failed;

  /** Says which one is not told: this one, or that which would have been before, if any. */
  Optional<Outcome> add(Outcome outcome) {
    failed++;
    if (told.isPresent() && ORDER.compare(told.get(), outcome) < 0) {
      return Optional.of(outcome);
    }
    Optional<Outcome> before = told;
    told = Optional.of(outcome);
    return before;
  }

  /**
   * @throws ApiException the error of one of them, if there is one
   */
  void require(int events) {
    if (told.isPresent()) {
      throw told.get()
          .error()
          .orElseThrow()
          .with("index", (int) told.get().index())
          .with("written", events - failed)
          .with("failed", failed);
    }
  }

  private static boolean stays(Outcome outcome) {
    return outcome.status() < 500 && !PASSING.contains(outcome.status());
  }
}
