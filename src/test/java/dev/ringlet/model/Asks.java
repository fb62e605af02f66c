package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import dev.ringlet.model.Shape.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests of every form, about rows of the caller and of others, that name columns or do not. */
record Asks(Picks pick, Subject subject) {
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

  Ask next() {
    return ask(form());
  }

  private Form form() {
    boolean isWritten =
        !pick.shape().isView() && !pick.shape().table().equals("exports") && !subject.shared();
    if (isWritten && pick.dice().percent(55)) {
      return pick.dice().one(pick.shape().has(Kind.COUNTER) ? COUNTS : WRITES);
    }
    return pick.dice().percent(pick.shape().table().equals("exports") ? 40 : 0)
        ? Form.SCAN
        : pick.dice().one(READS);
  }

  private Ask ask(Form form) {
    return switch (form) {
      case KEYSPACES, KEYSPACE -> read(form, "GET", List.of(), List.of());
      case OPTIONS -> read(form, "OPTIONS", pick.path(pick.opened()), List.of());
      case HEAD -> read(form, "HEAD", pick.path(pick.keys()), List.of());
      case ROW, NDJSON_OUT, CSV_OUT -> read(form, "GET", pick.path(pick.keys()), pick.select());
      case TAG -> {
        Condition tag = pick.dice().one(List.of(Condition.OWN_TAG, Condition.OTHERS_TAG));
        yield new Ask(
            form,
            "GET",
            pick.shape(),
            pick.path(pick.keys()),
            List.of(),
            List.of(),
            List.of(),
            tag);
      }
      case PATH, PAGE, EXPLAIN -> {
        int most = form == Form.PAGE ? pick.keys() - 1 : pick.keys();
        int length = pick.dice().percent(50) || most == 0 ? 0 : pick.between(1, most);
        yield read(form, "GET", pick.path(length), pick.select());
      }
      case FILTER, SCAN -> filter(form);
      case PUT, PATCH, REPRESENTATION, COUNT, DELETE, WRONG_METHOD -> new WriteAsks(pick).one(form);
      default -> new Bulks(pick.dice(), pick.shape(), pick.owners(), pick::row).ask(form);
    };
  }

  private Ask read(Form form, String method, List<String> path, List<String> select) {
    return new Ask(form, method, pick.shape(), path, List.of(), select, List.of(), Condition.NONE);
  }

  private Ask filter(Form form) {
    List<String> path =
        form == Form.SCAN || pick.dice().percent(60) ? List.of() : pick.path(pick.partition());
    List<Restriction> filters = new ArrayList<>();
    Owner owner = pick.owner();
    int next = path.size();
    while (next < pick.keys() && pick.dice().percent(form == Form.SCAN ? 20 : 70)) {
      filters.add(pick.given(pick.shape().primaryKey().get(next++), owner));
    }
    if (next < pick.keys() && next >= pick.partition() && pick.dice().percent(50)) {
      String column = pick.shape().primaryKey().get(next);
      filters.add(
          new Restriction(
              column,
              pick.dice().one(List.of("lt", "lte", "gt", "gte")),
              List.of(pick.value(column, owner))));
    }
    List<String> regular = pick.shape().names(Kind.REGULAR);
    if (!regular.isEmpty() && pick.dice().percent(form == Form.SCAN ? 40 : 10)) {
      String column = pick.dice().one(regular);
      String first = pick.shape().columns().get(0).name();
      filters.add(
          Restriction.eq(column, Shape.value(column, Map.of(first, pick.shape().first(owner)))));
    }
    return new Ask(
        form, "GET", pick.shape(), path, filters, pick.select(), List.of(), Condition.NONE);
  }
}
