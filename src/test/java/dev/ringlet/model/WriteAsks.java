package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Writes of what a path names, and of one row. */
record WriteAsks(Picks pick) {
  Ask one(Form form) {
    if (form == Form.WRONG_METHOD) {
      return wrong();
    }
    if (form == Form.DELETE) {
      return delete();
    }
    if (form == Form.COUNT) {
      Map<String, String> counts = new LinkedHashMap<>();
      pick.columns(Set.of(Kind.COUNTER))
          .forEach(c -> counts.put(c, Integer.toString(pick.dice().below(9))));
      return write(form, "PATCH", pick.path(pick.keys()), counts, Condition.NONE);
    }
    if (form == Form.PATCH && pick.shape().has(Kind.STATIC) && pick.dice().percent(35)) {
      return write(
          form,
          "PATCH",
          pick.path(pick.partition()),
          pick.values(Set.of(Kind.STATIC)),
          Condition.NONE);
    }
    String method =
        form == Form.REPRESENTATION
            ? pick.dice().one(List.of("POST", "PUT", "PATCH"))
            : form.name();
    Condition condition = condition(method);
    if (method.equals("POST")) {
      return new Ask(
          form,
          method,
          pick.shape(),
          List.of(),
          List.of(),
          List.of(),
          List.of(pick.row(pick.owner(), false)),
          condition);
    }
    Map<String, String> body =
        pick.values(
            condition == Condition.NONE ? Set.of(Kind.REGULAR, Kind.STATIC) : Set.of(Kind.REGULAR));
    List<String> path = pick.path(pick.keys());
    if (pick.dice().percent(10)) {
      String key = pick.dice().one(pick.shape().primaryKey());
      body.put(
          key, pick.dice().percent(70) ? path.get(pick.shape().primaryKey().indexOf(key)) : "7");
    }
    return write(form, method, path, body, condition);
  }

  private Ask write(
      Form form, String method, List<String> path, Map<String, String> body, Condition condition) {
    return new Ask(
        form, method, pick.shape(), path, List.of(), List.of(), List.of(body), condition);
  }

  private Condition condition(String method) {
    if (pick.dice().percent(55)) {
      return Condition.NONE;
    }
    return switch (method) {
      case "POST" -> Condition.ABSENT;
      case "PUT" -> pick.dice().one(List.of(Condition.values()).subList(1, 5));
      default -> pick.dice().one(List.of(Condition.values()).subList(2, 5));
    };
  }

  private Ask delete() {
    List<String> path = pick.path(pick.between(pick.partition(), pick.keys()));
    List<Restriction> filters = new ArrayList<>();
    if (path.size() < pick.keys() && pick.dice().percent(40)) {
      String column = pick.shape().primaryKey().get(path.size());
      filters.add(
          pick.dice().percent(50)
              ? pick.given(column, pick.owners().mine())
              : new Restriction(column, "lte", List.of(pick.value(column, pick.owners().mine()))));
    }
    boolean isRow = path.size() == pick.keys() && !pick.shape().has(Kind.COUNTER);
    return new Ask(
        Form.DELETE,
        "DELETE",
        pick.shape(),
        path,
        filters,
        List.of(),
        List.of(),
        isRow ? condition("DELETE") : Condition.NONE);
  }

  private Ask wrong() {
    int length = pick.opened();
    List<String> methods =
        Stream.of("POST", "PUT", "PATCH", "DELETE")
            .filter(m -> !pick.shape().methods(length).contains(m))
            .toList();
    String method = methods.isEmpty() ? "POST" : pick.dice().one(methods);
    if (methods.isEmpty()) {
      return new Ask(
          Form.ROW,
          "GET",
          pick.shape(),
          pick.path(pick.keys()),
          List.of(),
          List.of(),
          List.of(),
          Condition.NONE);
    }
    List<Map<String, String>> rows =
        method.equals("DELETE") ? List.of() : List.of(new LinkedHashMap<>());
    return new Ask(
        Form.WRONG_METHOD,
        method,
        pick.shape(),
        pick.path(length),
        List.of(),
        List.of(),
        rows,
        Condition.NONE);
  }
}
