package dev.ringlet.plan;

/**
 * One column in the SET of an UPDATE.
 *
 * @param increment whether the value is added to a counter instead of taking its place
 */
record Assignment(Value value, boolean increment) {

  String cql() {
    String name = value.name().asCql(true);
    return increment ? "%s = %s + ?".formatted(name, name) : name + " = ?";
  }
}
