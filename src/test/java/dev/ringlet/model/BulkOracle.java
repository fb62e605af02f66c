package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What becomes of many rows, each of which one of these rights is for. */
record BulkOracle(Ask ask, Content before) {
  /** Each row by the first of the rights that it fits. */
  List<Outcome> outcomes(List<Right> rights) {
    List<Written> rows = new ArrayList<>();
    for (Map<String, String> row : ask.rows()) {
      List<Written> written =
          rights.stream().map(right -> new Written(ask, right, before, row)).toList();
      rows.add(
          written.stream().filter(w -> w.refusals().isEmpty()).findFirst().orElse(written.get(0)));
    }
    List<Outcome> all = new ArrayList<>();
    all.add(outcome(rows, false));
    all.add(outcome(rows, true));
    rows.stream().flatMap(row -> row.refusals().stream()).filter(this::isOfAll).forEach(all::add);
    if (ask.is(Form.ATOMIC)) {
      return atomic(rows);
    }
    return all;
  }

  /** Whether it may be the error of the whole: what the head tells, or the header line of CSV. */
  private boolean isOfAll(Outcome refusal) {
    return (ask.is(Form.CSV) && refusal.status() == 400)
        || (ask.is(Form.OP_DELETE_MANY) && refusal.status() == 403);
  }

  private Outcome outcome(List<Written> rows, boolean strict) {
    Content after = before.copy();
    Map<Integer, List<Integer>> failed = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Written row = rows.get(i);
      List<Integer> statuses =
          Stream.concat(
                  row.refusals().stream(),
                  strict || !row.refusals().isEmpty() ? row.perhaps().stream() : Stream.empty())
              .map(Outcome::status)
              .toList();
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
    return all;
  }
}
