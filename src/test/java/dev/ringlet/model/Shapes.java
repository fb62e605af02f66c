package dev.ringlet.model;

import java.util.List;

/**
 * The tables of the model, in keyspaces of their own.
 *
 * @param run what the names of the keyspaces of this run begin with
 */
record Shapes(String run) {
  static final List<String> TENANTS = List.of("acme", "zoo");

  String main() {
    return run + "_main";
  }

  /** Whose tenant the claim in braces says. */
  String tenant(String org) {
    return run + "_t_" + org;
  }

  Shape things() {
    return Shape.of(
        main(), "things", "id:PARTITION", "alpha:REGULAR", "beta:REGULAR", "cost:REGULAR");
  }

  Shape orders() {
    return Shape.of(
        main(),
        "orders",
        "customer:PARTITION",
        "year:PARTITION:int",
        "no:CLUSTERING:int",
        "cost:REGULAR",
        "gloss:REGULAR",
        "item:REGULAR");
  }

  Shape ordersByItem() {
    List<Shape.Column> columns =
        Shape.of(
                main(),
                "orders_by_item",
                "item:PARTITION",
                "customer:CLUSTERING",
                "year:CLUSTERING:int",
                "no:CLUSTERING:int",
                "cost:REGULAR",
                "gloss:REGULAR")
            .columns();
    return new Shape(main(), "orders_by_item", columns, "orders");
  }

  Shape events() {
    return Shape.of(
        main(),
        "events",
        "owner:PARTITION",
        "day:CLUSTERING",
        "seq:CLUSTERING:int",
        "cost:REGULAR",
        "gloss:REGULAR",
        "label:STATIC",
        "secret:STATIC");
  }

  Shape visits() {
    return Shape.of(
        main(),
        "visits",
        "owner:PARTITION",
        "page:CLUSTERING",
        "hits:COUNTER:counter",
        "stars:COUNTER:counter");
  }

  Shape sizes() {
    return Shape.of(
        main(), "Sizes", "Id:PARTITION:int", "Preis €:REGULAR", "Wert:REGULAR", "wert:REGULAR");
  }

  /** That may be scanned, and is never written. */
  Shape exports() {
    return Shape.of(main(), "exports", "id:PARTITION", "alpha:REGULAR", "cost:REGULAR");
  }

  Shape notes(String org) {
    return Shape.of(tenant(org), "notes", "id:PARTITION", "alpha:REGULAR", "cost:REGULAR");
  }

  /** Of which only rules for all tables know. */
  Shape dark() {
    return Shape.of(run + "_dark", "dark", "id:PARTITION", "alpha:REGULAR", "cost:REGULAR");
  }

  /** A view comes after its table. */
  List<Shape> all() {
    return List.of(
        things(),
        orders(),
        ordersByItem(),
        events(),
        visits(),
        sizes(),
        exports(),
        notes("acme"),
        notes("zoo"),
        dark());
  }
}
