package dev.ringlet.model;

import dev.ringlet.faults.Dice;
import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Callers.Owners;
import dev.ringlet.model.Shape.Kind;
import dev.ringlet.model.Shape.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Requests with rows in their bodies.
 *
 * @param row makes one, of this owner, with its key alone or not
 */
record Bulks(
    Dice dice, Shape shape, Owners owners, BiFunction<Owner, Boolean, Map<String, String>> row) {
  Ask ask(Form form) {
    boolean deletes = form == Form.OP_DELETE || form == Form.OP_DELETE_MANY;
    boolean one = form == Form.POST || form == Form.OP_DELETE;
    List<Map<String, String>> rows = one ? List.of(row.apply(owner(), deletes)) : rows(deletes);
    boolean conditional =
        (form == Form.POST && dice.percent(40)) || (form == Form.ARRAY && dice.percent(25));
    return new Ask(
        form,
        "POST",
        shape,
        List.of(),
        List.of(),
        List.of(),
        form == Form.CSV ? ofSameColumns(rows) : rows,
        conditional ? Condition.ABSENT : Condition.NONE);
  }

  private Owner owner() {
    return dice.percent(75) ? owners.mine() : dice.percent(50) ? owners.second() : owners.foreign();
  }

  /** No two of them have the same key. */
  private List<Map<String, String>> rows(boolean deletes) {
    String last = shape.primaryKey().get(shape.primaryKey().size() - 1);
    List<Map<String, String>> rows = new ArrayList<>();
    if (shape.primaryKey().size() == 1) {
      for (Owner owner : owners.all()) {
        if (dice.percent(60)) {
          Map<String, String> one = new LinkedHashMap<>(row.apply(owner, deletes));
          one.put(last, shape.first(owner));
          rows.add(one);
        }
      }
      return rows.isEmpty() ? List.of(row.apply(owner(), deletes)) : rows;
    }
    int count = 1 + dice.below(4);
    for (int i = 0; i < count; i++) {
      Map<String, String> one = new LinkedHashMap<>(row.apply(owner(), deletes));
      one.put(last, Integer.toString(i + 1));
      rows.add(one);
    }
    if (rows.size() > 1) {
      // a static column of several rows is one value: which one is not what is tested here
      rows.forEach(one -> one.keySet().removeAll(shape.names(Kind.STATIC)));
    }
    return rows;
  }

  /** The columns of the first; what others lack of a key is what theirs is. */
  private List<Map<String, String>> ofSameColumns(List<Map<String, String>> rows) {
    List<Map<String, String>> same = new ArrayList<>();
    for (Map<String, String> one : rows) {
      Map<String, String> fitted = new LinkedHashMap<>();
      for (String column : rows.get(0).keySet()) {
        boolean isKey = shape.primaryKey().contains(column);
        fitted.put(
            column,
            one.containsKey(column) || !isKey
                ? one.get(column)
                : shape.values(column, owners.mine()).get(0));
      }
      same.add(fitted);
    }
    return same;
  }
}
