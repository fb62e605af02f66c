package dev.ringlet.plan;

import dev.ringlet.access.Action;
import dev.ringlet.header.Condition;
import dev.ringlet.header.WriteOptions;

/** What a caller has to be permitted for what a write's headers ask for. */
public final class Actions {
  private Actions() {}

  /** Of POST, PUT and PATCH. */
  public static Action write(WriteOptions options) {
    return options.condition().kind() == Condition.Kind.NOT_EXISTS
        ? Action.CREATE
        : Action.write(options.condition().isPresent());
  }

  /** Of DELETE. */
  public static Action delete(WriteOptions options) {
    return Action.delete(options.condition().isPresent());
  }
}
