package dev.ringlet.model;

import dev.ringlet.faults.Dice;
import dev.ringlet.model.Callers.Owners;
import dev.ringlet.model.Shape.Kind;
import dev.ringlet.model.Shape.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Paths, filters, columns and rows for requests of one caller, mostly of what is theirs.
 *
 * @param number of the case: what is written tells it
 * @param limited columns that rules say values of
 * @param visible columns that there are for the caller
 */
record Picks(
    Dice dice, Shape shape, Owners owners, int number, Set<String> limited, Set<String> visible) {
  static Picks of(
      Dice dice, Case.Asked asked, Owners owners, int number, Collection<Policy> policies) {
    Set<String> limited = new LinkedHashSet<>();
    Set<String> visible = new LinkedHashSet<>();
    for (Rights rights : Rights.of(asked.subject(), asked.shape(), policies)) {
      rights.usable().forEach(right -> limited.addAll(right.limits().keySet()));
      rights.usable().stream().findFirst().ifPresent(right -> visible.addAll(right.visible()));
    }
    return new Picks(dice, asked.shape(), owners, number, limited, visible);
  }

  Owner owner() {
    return dice.one(
        List.of(
            owners.mine(),
            owners.mine(),
            owners.mine(),
            owners.mine(),
            owners.mine(),
            owners.mine(),
            owners.second(),
            owners.foreign(),
            owners.foreign()));
  }

  String value(String column, Owner owner) {
    List<String> values = shape.values(column, owner);
    if (values.size() > 1 && dice.percent(15)) {
      return shape.isInt(column) ? "3" : values.get(0).charAt(0) + "3";
    }
    return dice.percent(60) ? values.get(0) : dice.one(values);
  }

  List<String> path(int length) {
    Owner owner = owner();
    return shape.primaryKey().subList(0, length).stream().map(c -> value(c, owner)).toList();
  }

  int keys() {
    return shape.primaryKey().size();
  }

  int partition() {
    return shape.names(Kind.PARTITION).size();
  }

  int between(int least, int most) {
    return least + dice.below(most - least + 1);
  }

  /** So many key values as name a table, a partition, or what is in it. */
  int opened() {
    return dice.percent(30) ? 0 : between(partition(), keys());
  }

  /** Often nothing; otherwise one column at least that is not static. */
  List<String> select() {
    if (dice.percent(65)) {
      return List.of();
    }
    Set<String> select = new LinkedHashSet<>();
    select.add(dice.one(shape.of(Set.of(Kind.CLUSTERING, Kind.REGULAR, Kind.COUNTER))).name());
    while (dice.percent(50)) {
      select.add(dice.one(shape.columns()).name());
    }
    return dice.percent(70) && !visible.containsAll(select)
        ? List.of(shape.primaryKey().get(keys() - 1), shape.columns().get(0).name()).stream()
            .distinct()
            .toList()
        : List.copyOf(select);
  }

  Restriction given(String column, Owner owner) {
    if (dice.percent(70)) {
      return Restriction.eq(column, value(column, owner));
    }
    return Restriction.in(
        column,
        Stream.of(value(column, owner), value(column, owners.mine()), value(column, owner()))
            .distinct()
            .toList());
  }

  List<String> columns(Set<Kind> kinds) {
    List<String> all = shape.of(kinds).stream().map(Shape.Column::name).toList();
    List<String> some = new ArrayList<>(all);
    some.removeIf(c -> dice.percent(35) || (!visible.contains(c) && dice.percent(85)));
    return some.isEmpty() ? List.of(dice.one(all)) : some;
  }

  Map<String, String> values(Set<Kind> kinds) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String column : columns(kinds)) {
      values.put(column, dice.percent(12) ? null : "new " + column + number);
    }
    return values;
  }

  /**
   * A row with its key, perhaps without what a rule may fill in.
   *
   * @param keyAlone whether it has no other columns
   */
  Map<String, String> row(Owner owner, boolean keyAlone) {
    Map<String, String> row = new LinkedHashMap<>();
    for (String column : shape.primaryKey()) {
      if (!dice.percent(limited.contains(column) ? 40 : 2)) {
        row.put(column, value(column, owner));
      }
    }
    if (!keyAlone || dice.percent(4)) {
      row.putAll(values(Set.of(Kind.REGULAR, Kind.STATIC)));
    }
    return row;
  }
}
