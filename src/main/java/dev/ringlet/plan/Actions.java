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
        : telling(Action.write(options.condition().isPresent()), options.condition());
  }

  /** Of DELETE. */
  public static Action delete(WriteOptions options) {
    return telling(Action.delete(options.condition().isPresent()), options.condition());
  }

  /** Whether a tag fits tells what is in a row of which there could be few. */
  private static Action telling(Action action, Condition condition) {
    return condition.kind() == Condition.Kind.UNCHANGED ? action.comparing() : action;
  }
}
