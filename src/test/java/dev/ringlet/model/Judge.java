package dev.ringlet.model;

import dev.ringlet.local.RawHttp;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what was answered, and what is stored, against the oracle. */
record Judge(Shapes shapes, Collection<Policy> policies, World world) {
  /** What is wrong; empty: nothing. */
  String wrong(Case one, String request, RawHttp.Answer answer) {
    Ask ask = one.ask();
    List<Outcome> outcomes =
        new Oracle(shapes, policies).outcomes(ask, one.subject(), one.before());
    String leak = leak(one, request, answer);
    if (!leak.isEmpty()) {
      return leak;
    }
    List<String> wrong = new ArrayList<>();
    List<String> stored = isWrite(ask) ? stored(one, outcomes) : List.of();
    for (Outcome outcome : outcomes) {
      String reason = outcome.wrong(answer, ask.method().equals("HEAD"));
      if (reason.isEmpty() && isWrite(ask)) {
        List<String> wanted = Content.unordered(outcome.stored().rows());
        reason = wanted.equals(stored) ? "" : "stored is\n  " + stored + "\n  not\n  " + wanted;
      }
      if (reason.isEmpty()) {
        return "";
      }
      wrong.add(outcome + ": " + reason);
    }
    return String.join("\n", new LinkedHashSet<>(wrong));
  }

  private static boolean isWrite(Ask ask) {
    return !ask.reads() && !ask.is(Form.OPTIONS) && !ask.shape().isView();
  }

  private List<String> stored(Case one, List<Outcome> outcomes) {
    Set<List<String>> partitions = new LinkedHashSet<>(one.before().partitionKeys());
    outcomes.forEach(outcome -> partitions.addAll(outcome.stored().partitionKeys()));
    return Content.unordered(world.stored(one.ask().shape(), partitions));
  }

  /** Names and values that no rule shows, and that the request does not tell itself. */
  private String leak(Case one, String request, RawHttp.Answer answer) {
    Shape shape = one.ask().shape();
    List<Right> rights = new ArrayList<>();
    Rights.of(one.subject(), shape, policies).forEach(r -> rights.addAll(r.usable()));
    List<String> secrets = new ArrayList<>();
    for (String column : shape.names(Kind.REGULAR, Kind.STATIC, Kind.COUNTER)) {
      if (rights.stream().noneMatch(right -> right.visible().contains(column))) {
        secrets.add(column + "~");
        secrets.add("\"" + column + "\"");
      }
    }
    for (Map<String, String> row : one.before().rows()) {
      if (rights.stream().noneMatch(right -> right.may("read") && right.covers(row))) {
        shape.names(Kind.REGULAR).forEach(column -> secrets.add(row.get(column)));
      }
    }
    Ask ask = one.ask();
    boolean describesOthers = ask.is(Form.KEYSPACE, Form.KEYSPACES); // their own columns
    String asked = request + ask.select() + ask.filters() + ask.rows();
    String shown = answer.head() + answer.body();
    for (String secret : secrets) {
      if (!describesOthers && shown.contains(secret) && !asked.contains(secret.replace("\"", ""))) {
        return "it tells " + secret;
      }
    }
    return "";
  }
}
