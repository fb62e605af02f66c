package dev.ringlet.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringlet.local.RawHttp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a caller is told that there is. */
record Descriptions(Shapes shapes, Collection<Policy> policies, Subject subject) {
  /** Tables of which nothing is known but that no rule can apply may be shown or not. */
  private enum Shown {
    NO,
    PERHAPS,
    YES
  }

  private Shown shown(Shape shape) {
    Set<Rights> readings = Rights.of(subject, shape, policies);
    if (readings.stream().allMatch(rights -> !rights.usable().isEmpty())) {
      return Shown.YES;
    }
    return readings.stream().anyMatch(Rights::mentioned) ? Shown.PERHAPS : Shown.NO;
  }

  /** What is wrong with the list of keyspaces. */
  String keyspaces(RawHttp.Answer answer) {
    Set<String> found = texts(Bodies.json(answer).path("keyspaces"));
    Set<String> least = new TreeSet<>();
    Set<String> most = new TreeSet<>();
    for (Shape shape : shapes.all()) {
      if (shown(shape) != Shown.NO) {
        most.add(shape.keyspace());
      }
      if (shown(shape) == Shown.YES) {
        least.add(shape.keyspace());
      }
    }
    if (subject.roles().contains(Policies.ROOT)) {
      found.removeIf(name -> !name.startsWith(shapes.run())); // those of others are there too
    }
    return found.containsAll(least) && most.containsAll(found)
        ? ""
        : "keyspaces are not " + least + " to " + most;
  }

  List<Outcome> keyspace(String keyspace, Content before) {
    List<Shape> tables =
        shapes.all().stream().filter(shape -> shape.keyspace().equals(keyspace)).toList();
    Set<Shown> shown = new LinkedHashSet<>();
    tables.forEach(table -> shown.add(shown(table)));
    List<Outcome> all = new ArrayList<>();
    if (!shown.equals(Set.of(Shown.NO))) {
      all.add(Outcome.done(200, answer -> tables(answer, tables), before));
    }
    if (!shown.contains(Shown.YES)) {
      all.add(Outcome.failed(404, "unknown-keyspace", Outcome.ANY, before));
    }
    if (shown.contains(Shown.PERHAPS) && !shown.contains(Shown.YES)) {
      all.add(Outcome.failed(403, "forbidden", Outcome.ANY, before));
    }
    return all;
  }

  private String tables(RawHttp.Answer answer, List<Shape> tables) {
    Set<String> found = new TreeSet<>();
    for (JsonNode table : Bodies.json(answer).path("tables")) {
      String name = table.path("table").asText();
      found.add(name);
      List<Shape> known = tables.stream().filter(t -> t.table().equals(name)).toList();
      if (known.isEmpty()) {
        return "there is no table " + name;
      }
      String wrong = columns(table, known.get(0));
      if (!wrong.isEmpty()) {
        return name + ": " + wrong;
      }
    }
    for (Shape table : tables) {
      Shown shown = shown(table);
      if ((shown == Shown.YES && !found.contains(table.table()))
          || (shown == Shown.NO && found.contains(table.table()))) {
        return table.table() + " is shown or not: " + shown;
      }
    }
    return "";
  }

  /** They are those of one of the rights, or of all of them. */
  private String columns(JsonNode table, Shape shape) {
    Set<String> found = new TreeSet<>();
    table.path("columns").forEach(column -> found.add(column.path("column").asText()));
    Set<Set<String>> right = new LinkedHashSet<>();
    for (Rights rights : Rights.of(subject, shape, policies)) {
      Set<String> union = new TreeSet<>();
      for (Right one : rights.usable()) {
        right.add(new TreeSet<>(one.visible()));
        union.addAll(one.visible());
      }
      right.add(union);
      if (rights.usable().isEmpty()) {
        right.add(new TreeSet<>(shape.primaryKey()));
      }
    }
    return right.contains(found) ? "" : "columns are not of " + right;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
