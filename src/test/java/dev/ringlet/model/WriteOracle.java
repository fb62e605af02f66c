package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a write of one row, or of a part of a partition, does for whom one right lets write. */
final class WriteOracle {
  private final Ask ask;
  private final Right right;
  private final Content before;
  private final List<Outcome> refusals = new ArrayList<>();

  /** Refusals that the contract leaves open. */
  private final List<Outcome> perhaps = new ArrayList<>();

  /** The columns in which rows may be shown; without any, they may not be. */
  private final List<List<String>> views;

  /**
   * An oracle.
   *
   * @param views the columns in which rows may be shown; among them none, if they may not be
   */
  WriteOracle(Ask ask, Right right, Content before, List<List<String>> views) {
    this.ask = ask;
    this.right = right;
    this.before = before;
    this.views = views;
  }

  /** The verbs of which one is needed. */
  static List<String> verbs(Ask ask) {
    if (ask.method().equals("DELETE") || ask.deletesRows()) {
      return List.of("delete");
    }
    return ask.condition() == Condition.ABSENT ? List.of("create", "write") : List.of("write");
  }

  /**
   * In which ways it may end.
   *
   * @param tagged the columns that the tag of the request is of
   */
  List<Outcome> outcomes(List<String> tagged) {
    if (verbs(ask).stream().noneMatch(right::may)) {
      refusals.add(Outcome.missing(verbs(ask), before));
    }
    if (ask.hasTag() && !right.may("read")) {
      refusals.add(Outcome.missing(List.of("read"), before)); // a tag tells what is in a row
    }
    Content after = before.copy();
    Map<String, String> key =
        switch (ask.method()) {
          case "POST" -> post(after);
          case "DELETE" -> delete(after);
          default -> row(after);
        };
    List<Outcome> all = new ArrayList<>(refusals);
    if (refusals.isEmpty()) {
      all.addAll(holds(key, tagged) ? done(key, after) : List.of(failed(key)));
    }
    all.addAll(perhaps);
    return all;
  }

  private Map<String, String> post(Content after) {
    Written written = new Written(ask, right, before, ask.rows().get(0));
    refusals.addAll(written.refusals());
    perhaps.addAll(written.perhaps());
    if (written.reachesOthers()) {
      perhaps.add(Outcome.refusal(403, "forbidden", before));
    }
    if (refusals.isEmpty()) {
      written.applyTo(after);
    }
    return written.key();
  }

  /** PUT and PATCH. */
  private Map<String, String> row(Content after) {
    Map<String, String> key = ReadOracle.key(ask.shape(), ask.path());
    limited(key);
    boolean isRow = key.size() == ask.shape().primaryKey().size();
    if (!isRow && right.sees(ask.shape(), Kind.STATIC).isEmpty()) {
      refusals.add(Outcome.refusal(405, "method-not-allowed", before)); // as if it had none
    }
    boolean ifMatch = ask.hasTag() || ask.condition() == Condition.PRESENT;
    if (ifMatch && right.sees(ask.shape(), Kind.REGULAR).isEmpty()) {
      refusals.add(Outcome.refusal(400, "condition-not-possible", before)); // as if it had none
    }
    Map<String, String> row = new LinkedHashMap<>(key);
    ask.rows()
        .get(0)
        .forEach(
            (column, value) -> {
              if (!right.visible().contains(column)) {
                refusals.add(Outcome.refusal(400, "unknown-column", before));
              } else if (key.containsKey(column) && !key.get(column).equals(value)) {
                refusals.add(Outcome.refusal(400, "key-mismatch", before));
              } else if (!isRow && ask.shape().kind(column) != Kind.STATIC) {
                refusals.add(Outcome.refusal(400, "incomplete-primary-key", before));
              }
              row.put(column, value);
            });
    if (right.reachesOthers(ask.shape(), row.keySet())) {
      perhaps.add(Outcome.refusal(403, "forbidden", before));
    }
    if (ask.method().equals("PUT")) {
      put(row);
    }
    if (refusals.isEmpty()) {
      change(after, row, isRow && row.size() == key.size());
    }
    return key;
  }

  private void put(Map<String, String> row) {
    if (ask.condition() != Condition.ABSENT && !right.hidden(ask.shape(), Kind.REGULAR).isEmpty()) {
      refusals.add(Outcome.refusal(403, "forbidden", before));
    }
    ask.shape().names(Kind.REGULAR).forEach(column -> row.putIfAbsent(column, null));
  }

  private void change(Content after, Map<String, String> row, boolean isKeyAlone) {
    if (ask.is(Form.COUNT)) {
      after.count(row);
    } else if (ask.method().equals("PUT") || isKeyAlone) {
      after.insert(row);
    } else {
      after.update(row);
    }
  }

  private Map<String, String> delete(Content after) {
    Shape shape = ask.shape();
    Map<String, String> key = ReadOracle.key(shape, ask.path());
    limited(key);
    List<Restriction> where = new ArrayList<>(ask.filters());
    key.forEach((name, value) -> where.add(Restriction.eq(name, value)));
    boolean wasPartition = isPartition(where);
    right.limits().forEach((column, values) -> narrow(where, column, values));
    boolean hidesRows = !right.hidden(shape, Kind.REGULAR, Kind.COUNTER).isEmpty();
    boolean hidesStatics = !right.hidden(shape, Kind.STATIC).isEmpty();
    if (hidesRows || (hidesStatics && isPartition(where))) {
      refusals.add(Outcome.refusal(403, "forbidden", before));
    } else if (hidesStatics && wasPartition) {
      perhaps.add(Outcome.refusal(403, "forbidden", before)); // asked of all, it does less
    }
    if (refusals.isEmpty()) {
      after.delete(where);
    }
    return key;
  }

  private boolean isPartition(List<Restriction> where) {
    return where.stream().allMatch(r -> ask.shape().kind(r.column()) == Kind.PARTITION);
  }

  private void narrow(List<Restriction> where, String column, Set<String> values) {
    List<Restriction> said = where.stream().filter(r -> r.column().equals(column)).toList();
    boolean hasRange = said.stream().anyMatch(Restriction::isRange);
    if (said.stream().anyMatch(r -> !r.isRange() && !values.containsAll(r.values()))) {
      refusals.add(Outcome.notTheirs(column, before));
    }
    if (hasRange || values.isEmpty()) {
      // a range beside the rule's values, or none of these
      perhaps.add(Outcome.refusal(400, ".*", before));
      perhaps.add(Outcome.refusal(403, "forbidden", before));
    }
    if (said.isEmpty() || hasRange) {
      where.add(Restriction.in(column, List.copyOf(values)));
    }
  }

  private void limited(Map<String, String> key) {
    key.forEach(
        (column, value) -> {
          Set<String> values = right.limits().get(column);
          if (values != null && !values.contains(value)) {
            refusals.add(Outcome.notTheirs(column, before));
          }
        });
  }

  private boolean holds(Map<String, String> key, List<String> tagged) {
    boolean isThere = key.size() == ask.shape().primaryKey().size() && !before.row(key).isEmpty();
    return switch (ask.condition()) {
      case NONE -> true;
      case ABSENT -> !isThere;
      case PRESENT -> isThere;
      default -> isThere && tagged.equals(right.visible());
    };
  }

  private List<Outcome> done(Map<String, String> key, Content after) {
    boolean isPost = ask.method().equals("POST") && !ask.deletesRows();
    Map<String, String> row = ask.wantsRow() ? after.row(key) : Map.of();
    List<Outcome> all = new ArrayList<>();
    for (List<String> columns : ask.wantsRow() ? views : List.of(List.<String>of())) {
      boolean isShown = !columns.isEmpty() && !row.isEmpty();
      all.add(
          Outcome.done(
              isPost ? 201 : isShown ? 200 : 204,
              isShown ? Bodies.object(row, columns) : Outcome.EMPTY,
              after));
    }
    return all;
  }

  private Outcome failed(Map<String, String> key) {
    Map<String, String> row = before.row(key);
    return Outcome.failed(412, "condition-failed", Bodies.current(row, views), before);
  }
}
