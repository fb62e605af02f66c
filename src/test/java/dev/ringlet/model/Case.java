package dev.ringlet.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.faults.Dice;
import dev.ringlet.model.Callers.Owners;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request of one caller, and what its rows were before.
 *
 * @param other who has the same roles and other rows
 * @param before rows of the table that is asked
 * @param made rows that are written beforehand; of a view, those of its table
 */
record Case(int number, Subject subject, Subject other, Ask ask, Content before, Content made) {
  /** Who asks, and what table. */
  record Asked(Subject subject, Shape shape) {}

  static Case of(
      int number, Shapes shapes, Collection<Policy> policies, Dice dice, List<String> keys) {
    Callers callers = new Callers(shapes, dice);
    Owners owners = callers.owners(number);
    Set<String> roles = callers.roles();
    Subject subject = callers.token(roles, owners);
    int chance = dice.below(100);
    if (chance < 3) {
      subject = callers.refused(owners);
    } else if (chance < 8) {
      subject = Subject.ANONYMOUS;
    } else if (chance < 16) {
      String key = dice.one(keys);
      subject = Subject.key(key);
      owners = new Owners(new Shape.Owner(key, number(key)), owners.second(), owners.foreign());
    }
    Shape shape = shape(subject, shapes, policies, dice);
    if (shape.table().equals("exports")) {
      owners = callers.readers();
      if (chance >= 16) {
        subject = callers.token(roles, owners).sharing(true);
      }
    }
    Subject other =
        chance < 16
            ? Subject.ROOT
            : Subject.token(roles, callers.claims(owners.other()).setAll(org(subject)));
    Content made = made(shape, shapes, owners);
    Picks picks = Picks.of(dice, new Asked(subject, shape), owners, number, policies);
    Ask ask = new Asks(picks, subject).next();
    return new Case(number, subject, other, ask, view(shape, made), made);
  }

  /** The same with the token of the other caller. */
  Case ofToken() {
    return new Case(number, subject, other, ask.as(Ask.Form.TOKEN), before, made);
  }

  private static int number(String key) {
    return Integer.parseInt(key.substring("role".length()));
  }

  private static ObjectNode org(Subject subject) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    return subject.claims().has("org")
        ? claims.put("org", subject.claims().path("org").asText())
        : claims;
  }

  /** Mostly one of which the caller may do something. */
  private static Shape shape(
      Subject subject, Shapes shapes, Collection<Policy> policies, Dice dice) {
    List<Shape> known =
        shapes.all().stream()
            .filter(shape -> policies.stream().anyMatch(p -> Rights.isAbout(p, subject, shape)))
            .toList();
    return known.isEmpty() || dice.percent(12) ? dice.one(shapes.all()) : dice.one(known);
  }

  private static Content made(Shape shape, Shapes shapes, Owners owners) {
    Shape written = shape.isView() ? shapes.orders() : shape;
    Content made = new Content(written);
    List<Shape.Owner> all =
        shape.table().equals("exports")
            ? List.of(0, 1, 2, 3, 4).stream().map(Callers::reader).toList()
            : owners.all();
    for (Shape.Owner owner : new LinkedHashSet<>(all)) {
      for (Map<String, String> key : keys(written, owner)) {
        Map<String, String> row = new LinkedHashMap<>(key);
        Map<String, String> partition = new LinkedHashMap<>(key);
        partition.keySet().retainAll(written.names(Kind.PARTITION));
        for (Shape.Column column : written.columns()) {
          String name = column.name();
          switch (column.kind()) {
            case REGULAR -> row.put(name, Shape.value(name, key));
            case STATIC -> row.put(name, Shape.value(name, partition));
            case COUNTER -> row.put(name, Integer.toString(100 + name.length()));
            default -> {}
          }
        }
        made.insert(row);
      }
    }
    return made;
  }

  private static List<Map<String, String>> keys(Shape shape, Shape.Owner owner) {
    List<Map<String, String>> keys = new ArrayList<>(List.of(new LinkedHashMap<>()));
    for (String column : shape.primaryKey()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> key : keys) {
        for (String value : shape.values(column, owner)) {
          Map<String, String> one = new LinkedHashMap<>(key);
          one.put(column, value);
          longer.add(one);
        }
      }
      keys = longer;
    }
    return keys;
  }

  /** The rows as the view has them. */
  private static Content view(Shape shape, Content made) {
    if (!shape.isView()) {
      return made;
    }
    Content view = new Content(shape);
    made.rows().forEach(view::insert);
    return view;
  }
}
