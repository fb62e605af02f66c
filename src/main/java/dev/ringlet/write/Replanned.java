package dev.ringlet.write;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work on a table that turned out to have been altered: nothing was done, and by now its new schema
 * is known, so it is planned again. What of that is masked may still have to be read: for this it
 * waits until its deadline, holding nothing but what it is planned from.
 */
public final class Replanned {
  private static final int TIMES = 2;

  /** Before it is asked again for what could not be read. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Replanned() {}

  /**
   * @param planned what the work is planned for
   * @param again the same by the schema as it is known then
   */
  public static <I, T> Uni<T> of(
      Deadline deadline, I planned, Supplier<I> again, Function<I, Uni<T>> work) {
    return of(deadline, () -> work.apply(planned), () -> work.apply(again.get()), TIMES);
  }

  /** The same where nothing is planned yet. */
  public static <I, T> Uni<T> of(Deadline deadline, Supplier<I> planned, Function<I, Uni<T>> work) {
    Supplier<Uni<T>> each = () -> work.apply(planned.get());
    return of(deadline, each, each, TIMES);
  }

  /** What has to be known before there is work. */
  public static <I> Uni<I> known(Deadline deadline, Supplier<I> planned) {
    return of(deadline, planned, known -> Uni.createFrom().item(known));
  }

  private static <T> Uni<T> of(
      Deadline deadline, Supplier<Uni<T>> work, Supplier<Uni<T>> again, int times) {
    return begun(work)
        .onFailure(Replanned::isOfSchema)
        .recoverWithUni(failure -> later(deadline, (ApiException) failure, again, times));
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

  private static <T> Uni<T> later(
      Deadline deadline, ApiException failure, Supplier<Uni<T>> again, int times) {
    return failure.remedy().isEmpty()
        ? next(deadline, failure, again, times - 1)
        : remedied(deadline, failure, failure.remedy().get())
            .chain(done -> next(deadline, failure, again, done ? times : times - 1));
  }

  private static <T> Uni<T> next(
      Deadline deadline, ApiException failure, Supplier<Uni<T>> again, int times) {
    return times < 0
        ? Uni.createFrom().failure(failure)
        : Uni.createFrom().deferred(() -> of(deadline, again, again, times));
  }

  /** Whether it was a remedy; if it was none, after a while. */
  private static Uni<Boolean> remedied(
      Deadline deadline, ApiException failure, CompletionStage<?> remedy) {
    Uni<Boolean> pause = Uni.createFrom().item(false).onItem().delayIt().by(PAUSE);
    return Uni.createFrom()
        .completionStage(remedy)
        .replaceWith(true)
        .onFailure()
        .recoverWithUni(pause)
        .ifNoItem()
        .after(deadline.toWait(System.nanoTime()))
        .failWith(failure);
  }

  private static boolean isOfSchema(Throwable failure) {
    return failure instanceof ApiException e && e.code() == ErrorCode.SCHEMA_CHANGING;
  }
}
