package dev.ringlet.plan;

import dev.ringlet.error.ApiException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks whether the caller's permissions allow what is let through.
 *
 * @param permitted what these reach
 * @param denied what they do not allow
 */
public record Watch(Supplier<Targets> permitted, Consumer<ApiException> denied) {

  void look(Function<Target, ?> planner) {
    try {
      Object unused = permitted.get().plan(planner);
    } catch (ApiException e) {
      denied.accept(e);
    }
  }
}
