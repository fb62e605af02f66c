package dev.ringlet.model;

import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a read gives to whom one right lets read. */
final class ReadOracle {
  private final Ask ask;
  private final Right right;
  private final Content before;
  private final Set<String> scanned;
  private final List<Outcome> refusals = new ArrayList<>();

  /** Refusals that the contract leaves open. */
  private final List<Outcome> perhaps = new ArrayList<>();

  ReadOracle(Ask ask, Right right, Content before, Set<String> scanned) {
    this.ask = ask;
    this.right = right;
    this.before = before;
    this.scanned = scanned;
  }

  private Shape shape() {
    return ask.shape();
  }

  /**
   * In which ways it may end.
   *
   * @param tagged the columns that the tag of the request is of
   */
  List<Outcome> outcomes(List<String> tagged) {
    if (!right.may("read")) {
      refusals.add(Outcome.missing(List.of("read", "scan"), before));
    }
    for (String column : asked()) {
      if (!right.visible().contains(column)) {
        refusals.add(Outcome.refusal(400, "unknown-column", before));
      }
    }
    List<Restriction> where = new ArrayList<>(ask.filters());
    key(shape(), ask.path()).forEach((name, value) -> where.add(Restriction.eq(name, value)));
    right.limits().forEach((column, values) -> limit(where, column, values));
    scan(where);
    if (!ask.path().isEmpty() && ask.path().size() < shape().names(Kind.PARTITION).size()) {
      // the path of less than a partition, which the rule makes whole
      perhaps.add(Outcome.refusal(400, "partition-key-required", before));
    }
    List<Outcome> all = new ArrayList<>(refusals.isEmpty() ? read(where, tagged) : refusals);
    all.addAll(perhaps);
    return all;
  }

  private List<String> asked() {
    List<String> asked = new ArrayList<>(ask.select());
    ask.filters().forEach(filter -> asked.add(filter.column()));
    return asked;
  }

  private void limit(List<Restriction> where, String column, Set<String> values) {
    List<Restriction> said = where.stream().filter(r -> r.column().equals(column)).toList();
    boolean hasRange = said.stream().anyMatch(Restriction::isRange);
    if (said.stream().anyMatch(r -> !r.isRange() && !values.containsAll(r.values()))) {
      refusals.add(Outcome.notTheirs(column, before));
    }
    if (hasRange || values.isEmpty() || values.contains("")) {
      // a range beside the rule's values, or no value, or one that Cassandra takes for no key
      perhaps.add(Outcome.refusal(400, ".*", before));
      perhaps.add(Outcome.refusal(403, "forbidden", before));
    }
    if (said.isEmpty() || hasRange) {
      where.add(Restriction.in(column, List.copyOf(values)));
    }
  }

  private void scan(List<Restriction> where) {
    if (isFound(where)) {
      return;
    }
    if (!ask.is(Form.SCAN)) {
      refusals.add(Outcome.refusal(400, "partition-key-required", before));
    } else {
      if (!scanned.contains(shape().table())) {
        refusals.add(Outcome.refusal(403, "forbidden", before));
      }
      if (!right.may("scan")) {
        refusals.add(Outcome.missing(List.of("read", "scan"), before));
      }
    }
  }

  /** Whether the key finds the rows. */
  private boolean isFound(List<Restriction> where) {
    List<String> key = shape().primaryKey();
    int values = 0;
    while (values < key.size() && isGiven(where, key.get(values))) {
      values++;
    }
    String next = values < key.size() ? key.get(values) : "";
    List<String> followed = key.subList(0, values);
    return values >= shape().names(Kind.PARTITION).size()
        && where.stream()
            .allMatch(
                r ->
                    followed.contains(r.column())
                        || (r.column().equals(next)
                            && r.isRange()
                            && shape().kind(next) == Kind.CLUSTERING));
  }

  private static boolean isGiven(List<Restriction> where, String column) {
    return where.stream().anyMatch(r -> r.column().equals(column) && !r.isRange());
  }

  private List<Outcome> read(List<Restriction> where, List<String> tagged) {
    List<Map<String, String>> rows = before.rows(where);
    List<String> columns = ask.select().isEmpty() ? right.visible() : ask.select();
    boolean isRow = ask.path().size() == shape().primaryKey().size();
    return switch (ask.form()) {
      case EXPLAIN -> List.of(Outcome.done(200, Bodies.explained(right.limits().keySet()), before));
      case NDJSON_OUT -> List.of(Outcome.done(200, Bodies.lines(rows, columns), before));
      case CSV_OUT -> List.of(Outcome.done(200, Bodies.csv(rows, columns), before));
      case TOKEN -> {
        // the same query by chance, but not if the rule's values are in it
        Outcome invalid = Outcome.refusal(400, "invalid-page-token", before);
        boolean isOther = !right.limits().isEmpty() && ask.path().isEmpty();
        Outcome page = Outcome.done(200, Bodies.atMostOne(rows, columns), before);
        yield isOther ? List.of(invalid) : List.of(invalid, page);
      }
      case PAGE -> List.of(Outcome.done(200, Bodies.some(rows, columns), before));
      default -> {
        if (!isRow) {
          yield List.of(Outcome.done(200, Bodies.array(rows, columns), before));
        }
        if (rows.isEmpty()) {
          yield List.of(Outcome.failed(404, "row-not-found", Outcome.ANY, before));
        }
        if (ask.hasTag() && tagged.equals(right.visible())) {
          yield List.of(Outcome.done(304, Outcome.EMPTY, before));
        }
        yield List.of(Outcome.done(200, Bodies.object(rows.get(0), columns), before));
      }
    };
  }

  /** Where a row has its columns of the key. */
  static Map<String, String> key(Shape shape, List<String> path) {
    Map<String, String> key = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      key.put(shape.primaryKey().get(i), path.get(i));
    }
    return key;
  }
}
