package dev.ringlet.write;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work on a table that turned out to have been altered: nothing was done, and by now its new schema
 * is known, so it is planned again.
 */
public final class Replanned {
  private static final int TIMES = 2;

  private Replanned() {}

  /**
   * @param planned what the work is planned for
   * @param again the same by the schema as it is known then
   */
  public static <I, T> Uni<T> of(I planned, Supplier<I> again, Function<I, Uni<T>> work) {
    return of(() -> work.apply(planned), () -> work.apply(again.get()), TIMES);
  }

  private static <T> Uni<T> of(Supplier<Uni<T>> work, Supplier<Uni<T>> again, int times) {
    return times == 0
        ? work.get()
        : work.get()
            .onFailure(Replanned::isOfSchema)
            .recoverWithUni(Uni.createFrom().deferred(() -> of(again, again, times - 1)));
  }

  private static boolean isOfSchema(Throwable failure) {
    return failure instanceof ApiException e && e.code() == ErrorCode.SCHEMA_CHANGING;
  }
}
