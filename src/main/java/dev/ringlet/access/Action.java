package dev.ringlet.access;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.Set;

/**
 * What a request does with a table.
 *
 * @param verbs one of these has to be permitted
 * @param onCondition whether it tells something of the row that it writes, by its condition
 * @param compares whether it tells of the values of columns, and so has to be permitted to read
 */
public record Action(List<Verb> verbs, boolean onCondition, boolean compares) {
  public static final Action READ = new Action(List.of(Verb.READ), false, false);
  public static final Action SCAN = new Action(List.of(Verb.SCAN), false, false);
  public static final Action CREATE = new Action(List.of(Verb.CREATE, Verb.WRITE), true, false);

  public static Action write(boolean onCondition) {
    return new Action(List.of(Verb.WRITE), onCondition, false);
  }

  public static Action delete(boolean onCondition) {
    return new Action(List.of(Verb.DELETE), onCondition, false);
  }

  /** The same on a condition on columns. */
  public Action comparing() {
    return new Action(verbs, true, true);
  }

  /** The verb that it lacks where it lacks one. */
  public Verb verb() {
    return verbs.get(0);
  }

  boolean isIn(Set<Verb> permitted) {
    for (Verb verb : verbs) { // of each request: a stream would cost more than the answer
      if (permitted.contains(verb)) {
        return true;
      }
    }
    return false;
  }

  ApiException missing(Verb verb, String table) {
    return new ApiException(
            ErrorCode.FORBIDDEN,
            "The caller's roles do not let them %s in the table %s."
                .formatted(verb.symbol(), table))
        .with("missing", List.of(verb.symbol()))
        .with("table", table);
  }
}
