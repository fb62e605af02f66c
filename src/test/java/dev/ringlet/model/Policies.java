package dev.ringlet.model;

import dev.ringlet.faults.Dice;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of a run: some of every kind, for roles that have one, several or overlapping ones. */
final class Policies {
  static final String ROOT = "root";
  static final String PUBLIC = "public";
  static final int ROLES = 48;

  private static final int RULES = 96;
  private static final List<String> VERBS = List.of("read", "create", "write", "delete", "scan");
  private static final int[] CHANCES = {80, 30, 60, 50, 25};
  private final Shapes shapes;
  private final Dice dice;

  Policies(Shapes shapes, long seed) {
    this.shapes = shapes;
    this.dice = new Dice(seed);
  }

  static String role(int number) {
    return "role" + number;
  }

  List<Policy> all() {
    List<Policy> all = new ArrayList<>();
    all.add(new Policy("r", Set.of(ROOT), List.of("*"), Set.copyOf(VERBS), List.of(), List.of()));
    all.add(
        new Policy(
            "p",
            Set.of(PUBLIC),
            List.of(shapes.main() + ".things", shapes.main() + ".exports"),
            Set.of("read"),
            List.of("*", "-cost"),
            List.of()));
    for (int i = 0; i < RULES; i++) {
      Set<String> roles = new LinkedHashSet<>();
      roles.add(role(i % ROLES));
      if (dice.percent(20)) {
        roles.add(role(dice.below(ROLES)));
      }
      all.add(policy("n" + i, roles));
    }
    return all;
  }

  private Policy policy(String name, Set<String> roles) {
    Shape shape = dice.one(shapes.all());
    List<String> tables = new ArrayList<>(List.of(pattern(shape)));
    if (dice.percent(20)) {
      tables.add(pattern(dice.one(shapes.all())));
    }
    Set<String> may = new LinkedHashSet<>();
    for (int i = 0; i < CHANCES.length; i++) {
      if (dice.percent(CHANCES[i])) {
        may.add(VERBS.get(i));
      }
    }
    if (may.isEmpty()) {
      may.add("read");
    }
    List<String> columns = dice.percent(45) ? List.of() : columns(shape);
    List<Restriction> rows = dice.percent(40) ? List.of() : rows(shape);
    return new Policy(name, roles, tables, may, columns, rows);
  }

  /** All, all but some, or some; rarely what cannot be. */
  private List<String> columns(Shape shape) {
    List<String> names = shape.names(Kind.REGULAR, Kind.STATIC, Kind.COUNTER);
    List<String> some = new ArrayList<>(names);
    some.removeIf(name -> dice.percent(50));
    if (dice.percent(6)) {
      return List.of("*", "-" + dice.one(List.of(shape.columns().get(0).name(), "nosuch")));
    }
    if (dice.percent(30)) {
      some.add(shape.columns().get(0).name());
      return some;
    }
    List<String> columns = new ArrayList<>(List.of("*"));
    (some.size() == names.size() ? some.subList(1, some.size()) : some)
        .forEach(name -> columns.add("-" + name));
    return columns;
  }

  private String pattern(Shape shape) {
    String exact = shape.keyspace() + "." + shape.table();
    if (shape.keyspace().contains("_t_")) {
      return dice.one(
          List.of(exact, shapes.tenant("{org}") + ".*", shapes.tenant("{org}") + ".notes"));
    }
    return dice.percent(65)
        ? exact
        : dice.one(
            List.of(
                shape.keyspace() + ".*",
                shape.keyspace() + "." + shape.table().substring(0, 2) + "*",
                shape.keyspace() + ".*" + shape.table().substring(2),
                shapes.run() + "_m*n." + shape.table()));
  }

  private List<Restriction> rows(Shape shape) {
    String first = shape.columns().get(0).name();
    String second = shape.columns().get(1).name();
    Restriction owner =
        shape.isView()
            ? Restriction.eq(first, "{item}")
            : shape.isInt(first)
                ? dice.one(List.of(Restriction.eq(first, "{num}"), in(first, "{nums}")))
                : dice.one(
                    List.of(
                        Restriction.eq(first, "{sub}"),
                        Restriction.eq(first, "{sub}"),
                        Restriction.eq(first, "{/acct/id}"),
                        Restriction.eq(first, "x-{sub}"),
                        in(first, "{list}"),
                        in(first, "{one}")));
    if (dice.percent(5)) {
      return List.of(Restriction.eq("cost", "{sub}")); // no key: it can never apply
    }
    List<Restriction> more =
        switch (second) {
          case "year" ->
              List.of(
                  Restriction.eq(second, "2026"),
                  Restriction.eq(second, "{year}"),
                  Restriction.in(second, List.of("2025", "2026")));
          case "day" -> List.of(Restriction.eq(second, "{day}"), in(second, "{days}"));
          case "page" -> List.of(Restriction.eq(second, "p1"));
          default -> List.of();
        };
    return more.isEmpty() || dice.percent(60)
        ? List.of(owner)
        : Stream.of(owner, dice.one(more)).toList();
  }

  private static Restriction in(String column, String claim) {
    return Restriction.in(column, List.of(claim));
  }
}
