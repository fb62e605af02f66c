package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
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

/** Requests of every form, about rows of the caller and of others, that name columns or do not. */
final class Asks {
  private static final List<Form> READS =
      List.of(
          Form.ROW,
          Form.ROW,
          Form.HEAD,
          Form.PATH,
          Form.PATH,
          Form.FILTER,
          Form.FILTER,
          Form.FILTER,
          Form.SCAN,
          Form.EXPLAIN,
          Form.NDJSON_OUT,
          Form.CSV_OUT,
          Form.PAGE,
          Form.PAGE,
          Form.TAG,
          Form.OPTIONS,
          Form.KEYSPACE,
          Form.KEYSPACES,
          Form.WRONG_METHOD);
  private static final List<Form> WRITES =
      List.of(
          Form.POST,
          Form.POST,
          Form.PUT,
          Form.PUT,
          Form.PATCH,
          Form.PATCH,
          Form.REPRESENTATION,
          Form.REPRESENTATION,
          Form.ARRAY,
          Form.ATOMIC,
          Form.NDJSON,
          Form.CSV,
          Form.DELETE,
          Form.DELETE,
          Form.OP_DELETE,
          Form.OP_DELETE_MANY);
  private static final List<Form> COUNTS = List.of(Form.COUNT, Form.COUNT, Form.DELETE);

  private final Dice dice;
  private final Subject subject;
  private final Shape shape;
  private final Owners owners;
  private final Set<String> limited = new LinkedHashSet<>();
  private final Set<String> visible = new LinkedHashSet<>();
  private int number;

  Asks(Dice dice, Subject subject, Shape shape, Owners owners) {
    this.dice = dice;
    this.subject = subject;
    this.shape = shape;
    this.owners = owners;
  }

  Ask next(int caseNumber, Collection<Policy> policies) {
    number = caseNumber;
    for (Rights rights : Rights.of(subject, shape, policies)) {
      rights.usable().forEach(right -> limited.addAll(right.limits().keySet()));
      rights.usable().stream().findFirst().ifPresent(right -> visible.addAll(right.visible()));
    }
    return ask(form());
  }

  private Form form() {
    boolean isWritten = !shape.isView() && !shape.table().equals("exports") && !subject.shared();
    if (isWritten && dice.percent(55)) {
      return dice.one(shape.has(Kind.COUNTER) ? COUNTS : WRITES);
    }
    return dice.percent(shape.table().equals("exports") ? 40 : 0) ? Form.SCAN : dice.one(READS);
  }

  private Owner owner() {
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

  private String value(String column, Owner owner) {
    List<String> values = shape.values(column, owner);
    if (values.size() > 1 && dice.percent(15)) {
      return shape.isInt(column) ? "3" : values.get(0).charAt(0) + "3";
    }
    return dice.percent(60) ? values.get(0) : dice.one(values);
  }

  private List<String> path(int length) {
    Owner owner = owner();
    return shape.primaryKey().subList(0, length).stream().map(c -> value(c, owner)).toList();
  }

  private int keys() {
    return shape.primaryKey().size();
  }

  private int partition() {
    return shape.names(Kind.PARTITION).size();
  }

  private int between(int least, int most) {
    return least + dice.below(most - least + 1);
  }

  private Ask ask(Form form) {
    return switch (form) {
      case KEYSPACES, KEYSPACE -> read(form, "GET", List.of(), List.of());
      case OPTIONS -> read(form, "OPTIONS", path(opened()), List.of());
      case HEAD -> read(form, "HEAD", path(keys()), List.of());
      case ROW, NDJSON_OUT, CSV_OUT -> read(form, "GET", path(keys()), select());
      case TAG -> {
        Condition tag = dice.one(List.of(Condition.OWN_TAG, Condition.OTHERS_TAG));
        yield new Ask(form, "GET", shape, path(keys()), List.of(), List.of(), List.of(), tag);
      }
      case PATH, PAGE, EXPLAIN -> {
        int most = form == Form.PAGE ? keys() - 1 : keys();
        int length = dice.percent(50) || most == 0 ? 0 : between(1, most);
        yield read(form, "GET", path(length), select());
      }
      case FILTER, SCAN -> filter(form);
      case PUT, PATCH, REPRESENTATION, COUNT, DELETE, WRONG_METHOD -> one(form);
      default -> new Bulks(dice, shape, owners, this::row).ask(form);
    };
  }

  /** So many key values as name a table, a partition, or what is in it. */
  private int opened() {
    return dice.percent(30) ? 0 : between(partition(), keys());
  }

  private Ask read(Form form, String method, List<String> path, List<String> select) {
    return new Ask(form, method, shape, path, List.of(), select, List.of(), Condition.NONE);
  }

  /** Often nothing; otherwise one column at least that is not static. */
  private List<String> select() {
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

  private Ask filter(Form form) {
    List<String> path = form == Form.SCAN || dice.percent(60) ? List.of() : path(partition());
    List<Restriction> filters = new ArrayList<>();
    Owner owner = owner();
    int next = path.size();
    while (next < keys() && dice.percent(form == Form.SCAN ? 20 : 70)) {
      filters.add(given(shape.primaryKey().get(next++), owner));
    }
    if (next < keys() && next >= partition() && dice.percent(50)) {
      String column = shape.primaryKey().get(next);
      filters.add(
          new Restriction(
              column, dice.one(List.of("lt", "lte", "gt", "gte")), List.of(value(column, owner))));
    }
    List<String> regular = shape.names(Kind.REGULAR);
    if (!regular.isEmpty() && dice.percent(form == Form.SCAN ? 40 : 10)) {
      String column = dice.one(regular);
      String first = shape.columns().get(0).name();
      filters.add(Restriction.eq(column, Shape.value(column, Map.of(first, shape.first(owner)))));
    }
    return new Ask(form, "GET", shape, path, filters, select(), List.of(), Condition.NONE);
  }

  private Restriction given(String column, Owner owner) {
    if (dice.percent(70)) {
      return Restriction.eq(column, value(column, owner));
    }
    return Restriction.in(
        column,
        Stream.of(value(column, owner), value(column, owners.mine()), value(column, owner()))
            .distinct()
            .toList());
  }

  /** A write of what a path names. */
  private Ask one(Form form) {
    if (form == Form.WRONG_METHOD) {
      return wrong();
    }
    if (form == Form.DELETE) {
      return delete();
    }
    if (form == Form.COUNT) {
      Map<String, String> counts = new LinkedHashMap<>();
      columns(Set.of(Kind.COUNTER)).forEach(c -> counts.put(c, Integer.toString(dice.below(9))));
      return write(form, "PATCH", path(keys()), counts, Condition.NONE);
    }
    if (form == Form.PATCH && shape.has(Kind.STATIC) && dice.percent(35)) {
      return write(form, "PATCH", path(partition()), values(Set.of(Kind.STATIC)), Condition.NONE);
    }
    String method =
        form == Form.REPRESENTATION ? dice.one(List.of("POST", "PUT", "PATCH")) : form.name();
    Condition condition = condition(method);
    if (method.equals("POST")) {
      return new Ask(
          form,
          method,
          shape,
          List.of(),
          List.of(),
          List.of(),
          List.of(row(owner(), false)),
          condition);
    }
    Map<String, String> body =
        values(
            condition == Condition.NONE ? Set.of(Kind.REGULAR, Kind.STATIC) : Set.of(Kind.REGULAR));
    List<String> path = path(keys());
    if (dice.percent(10)) {
      String key = dice.one(shape.primaryKey());
      body.put(key, dice.percent(70) ? path.get(shape.primaryKey().indexOf(key)) : "7");
    }
    return write(form, method, path, body, condition);
  }

  private Ask write(
      Form form, String method, List<String> path, Map<String, String> body, Condition condition) {
    return new Ask(form, method, shape, path, List.of(), List.of(), List.of(body), condition);
  }

  private Condition condition(String method) {
    if (dice.percent(55)) {
      return Condition.NONE;
    }
    return switch (method) {
      case "POST" -> Condition.ABSENT;
      case "PUT" -> dice.one(List.of(Condition.values()).subList(1, 5));
      default -> dice.one(List.of(Condition.values()).subList(2, 5));
    };
  }

  private Ask delete() {
    List<String> path = path(between(partition(), keys()));
    List<Restriction> filters = new ArrayList<>();
    if (path.size() < keys() && dice.percent(40)) {
      String column = shape.primaryKey().get(path.size());
      filters.add(
          dice.percent(50)
              ? given(column, owners.mine())
              : new Restriction(column, "lte", List.of(value(column, owners.mine()))));
    }
    boolean isRow = path.size() == keys() && !shape.has(Kind.COUNTER);
    return new Ask(
        Form.DELETE,
        "DELETE",
        shape,
        path,
        filters,
        List.of(),
        List.of(),
        isRow ? condition("DELETE") : Condition.NONE);
  }

  private Ask wrong() {
    int length = opened();
    List<String> methods =
        Stream.of("POST", "PUT", "PATCH", "DELETE")
            .filter(m -> !shape.methods(length).contains(m))
            .toList();
    String method = methods.isEmpty() ? "POST" : dice.one(methods);
    if (methods.isEmpty()) {
      return read(Form.ROW, "GET", path(keys()), List.of());
    }
    List<Map<String, String>> rows =
        method.equals("DELETE") ? List.of() : List.of(new LinkedHashMap<>());
    return new Ask(
        Form.WRONG_METHOD, method, shape, path(length), List.of(), List.of(), rows, Condition.NONE);
  }

  private List<String> columns(Set<Kind> kinds) {
    List<String> all = shape.of(kinds).stream().map(Shape.Column::name).toList();
    List<String> some = new ArrayList<>(all);
    some.removeIf(c -> dice.percent(35) || (!visible.contains(c) && dice.percent(85)));
    return some.isEmpty() ? List.of(dice.one(all)) : some;
  }

  private Map<String, String> values(Set<Kind> kinds) {
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
  private Map<String, String> row(Owner owner, boolean keyAlone) {
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
