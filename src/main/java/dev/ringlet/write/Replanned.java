package dev.ringlet.write;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work on a table that turned out to have been altered: nothing was done, and by now its new schema
 * is known, so it is planned again.
 */
public final class Replanned {
  private static final int TIMES = 2;

  /** Before the last time: what of a new schema is masked may have to be read. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Replanned() {}

  /**
   * @param planned what the work is planned for
   * @param again the same by the schema as it is known then
   */
  public static <I, T> Uni<T> of(I planned, Supplier<I> again, Function<I, Uni<T>> work) {
    return of(() -> work.apply(planned), () -> work.apply(again.get()), TIMES);
  }

  /** The same where nothing is planned yet. */
  public static <I, T> Uni<T> of(Supplier<I> planned, Function<I, Uni<T>> work) {
    Supplier<Uni<T>> each = () -> work.apply(planned.get());
    return of(each, each, TIMES);
  }

  private static <T> Uni<T> of(Supplier<Uni<T>> work, Supplier<Uni<T>> again, int times) {
    return times == 0
        ? work.get()
        : begun(work).onFailure(Replanned::isOfSchema).recoverWithUni(later(again, times - 1));
  }

  /** The schema may have changed before anything is asked of Cassandra. */
  private static <T> Uni<T> begun(Supplier<Uni<T>> work) {
    try {
      return work.get();
    } catch (ApiException e) {
      if (isOfSchema(e)) {
        return Uni.createFrom().failure(e);
      }
      throw e;
    }
  }

  private static <T> Uni<T> later(Supplier<Uni<T>> again, int times) {
    Uni<T> next = Uni.createFrom().deferred(() -> of(again, again, times));
    return times == 0
        ? Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE).chain(() -> next)
        : next;
  }

  private static boolean isOfSchema(Throwable failure) {
    return failure instanceof ApiException e && e.code() == ErrorCode.SCHEMA_CHANGING;
  }
}
