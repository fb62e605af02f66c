package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of many rows, each of which one of these rights is for. */
record BulkOracle(Ask ask, Content before) {
  /** Each row by the first of the rights that it fits. */
  List<Outcome> outcomes(List<Right> rights) {
    List<Written> rows = ask.rows().stream().map(row -> fitting(rights, row)).toList();
    List<Outcome> all = new ArrayList<>();
    for (boolean strict : List.of(false, true)) {
      all.add(outcome(rows, strict, false));
      all.add(outcome(rows, strict, true));
    }
    rows.stream().flatMap(row -> row.refusals().stream()).filter(this::isOfAll).forEach(all::add);
    if (ask.is(Form.ATOMIC)) {
      return atomic(rows);
    }
    return all;
  }

  /** By the first of the rights that certainly lets it be written, or perhaps, or not. */
  private Written fitting(List<Right> rights, Map<String, String> row) {
    List<Written> written =
        rights.stream().map(right -> new Written(ask, right, before, row)).toList();
    return written.stream()
        .filter(w -> w.refusals().isEmpty() && !w.reachesOthers())
        .findFirst()
        .or(() -> written.stream().filter(w -> w.refusals().isEmpty()).findFirst())
        .orElse(written.get(0));
  }

  /** Whether it may be the error of the whole: what the head tells, or the header line of CSV. */
  private boolean isOfAll(Outcome refusal) {
    return (ask.is(Form.CSV) && refusal.status() == 400)
        || (ask.is(Form.OP_DELETE_MANY) && refusal.status() == 403);
  }

  /**
   * One of the ways.
   *
   * @param strict whether what is open of keys is refused
   * @param narrow whether static columns are
   */
  private Outcome outcome(List<Written> rows, boolean strict, boolean narrow) {
    Content after = before.copy();
    Map<Integer, List<Integer>> failed = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Written row = rows.get(i);
      boolean isRefused = !row.refusals().isEmpty();
      List<Integer> statuses = new ArrayList<>();
      row.refusals().forEach(refusal -> statuses.add(refusal.status()));
      if (strict || isRefused) {
        row.perhaps().forEach(refusal -> statuses.add(refusal.status()));
      }
      if (row.reachesOthers() && (narrow || isRefused)) {
        statuses.add(403);
      }
      if (!statuses.isEmpty()) {
        failed.put(i, statuses);
      } else if (ask.condition() == Condition.ABSENT && row.isThere()) {
        failed.put(i, List.of(412));
      } else {
        row.applyTo(after);
      }
    }
    boolean lines = ask.is(Form.NDJSON, Form.CSV);
    int written = rows.size() - failed.size();
    return Outcome.done(200, Bodies.outcomes(written, failed, lines), after);
  }

  /** All of them, or the error of one that is refused. */
  private List<Outcome> atomic(List<Written> rows) {
    List<Outcome> all = new ArrayList<>();
    rows.forEach(row -> all.addAll(row.refusals()));
    if (all.isEmpty()) {
      Content after = before.copy();
      rows.forEach(row -> row.applyTo(after));
      all.add(Outcome.done(200, Bodies.outcomes(rows.size(), Map.of(), false), after));
    }
    rows.forEach(row -> all.addAll(row.perhaps()));
    if (rows.size() > 1 && !ask.shape().names(Kind.STATIC).isEmpty()) {
      all.add(Outcome.refusal(400, "key-mismatch", before)); // if they disagree on one
    }
    if (rows.stream().anyMatch(Written::reachesOthers)) {
      all.add(Outcome.refusal(403, "forbidden", before));
    }
    return all;
  }
}
