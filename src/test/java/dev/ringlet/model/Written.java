package dev.ringlet.model;

import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A row of a body as one right lets it be written: with what the rule fills in. */
final class Written {
  private final Ask ask;
  private final Right right;
  private final Content before;
  private final Map<String, String> row;
  private final List<Outcome> refusals = new ArrayList<>();

  /** Refusals that the contract leaves open. */
  private final List<Outcome> perhaps = new ArrayList<>();

  Written(Ask ask, Right right, Content before, Map<String, String> body) {
    this.ask = ask;
    this.right = right;
    this.before = before;
    this.row = new LinkedHashMap<>(body);
    Shape shape = ask.shape();
    for (String column : body.keySet()) {
      boolean isKey = shape.primaryKey().contains(column);
      if (!right.visible().contains(column)) {
        refusals.add(Outcome.refusal(400, "unknown-column", before));
      } else if (ask.deletesRows() && !isKey) {
        refusals.add(Outcome.refusal(400, "invalid-value", before));
      }
    }
    shape.primaryKey().forEach(this::fill);
    if (ask.deletesRows() && !right.hidden(shape, Kind.REGULAR).isEmpty()) {
      refusals.add(Outcome.refusal(403, "forbidden", before));
    }
  }

  private void fill(String column) {
    Set<String> values = right.limits().get(column);
    String value = row.get(column);
    Outcome incomplete = Outcome.refusal(400, "incomplete-primary-key", before);
    if (value != null) {
      if (values != null && !values.contains(value)) {
        refusals.add(Outcome.notTheirs(column, before));
      }
      return;
    }
    boolean isNull = row.containsKey(column);
    if (values == null) {
      refusals.add(incomplete);
    } else if (values.size() != 1 || values.contains("")) {
      // a list does not say which: this is incomplete, or not allowed
      refusals.add(incomplete);
      refusals.add(Outcome.refusal(403, "forbidden", before));
    } else {
      row.put(column, values.iterator().next());
      if (isNull || right.lists().contains(column)) {
        // null is not the same as nothing, and a list of one is a list
        perhaps.add(incomplete);
        perhaps.add(Outcome.refusal(403, "forbidden", before));
      }
    }
  }

  /** Whether it has static columns, and that is refused in one way to read the contract. */
  boolean reachesOthers() {
    return right.reachesOthers(ask.shape(), row.keySet());
  }

  List<Outcome> refusals() {
    return refusals;
  }

  List<Outcome> perhaps() {
    return perhaps;
  }

  Map<String, String> key() {
    Map<String, String> key = new LinkedHashMap<>();
    ask.shape().primaryKey().forEach(name -> key.put(name, row.get(name)));
    return key;
  }

  boolean isThere() {
    return !before.row(key()).isEmpty();
  }

  void applyTo(Content content) {
    if (ask.deletesRows()) {
      List<Restriction> where = new ArrayList<>();
      key().forEach((name, value) -> where.add(Restriction.eq(name, value)));
      content.delete(where);
    } else {
      content.insert(row);
    }
  }
}
