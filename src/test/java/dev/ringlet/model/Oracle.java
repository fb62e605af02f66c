package dev.ringlet.model;

import dev.ringlet.model.Ask.Condition;
import dev.ringlet.model.Ask.Form;
import dev.ringlet.model.Shape.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may become of a request, as the contract has it: it knows rules, callers and tables as plain
 * data, and nothing of how the application works.
 */
record Oracle(Shapes shapes, Collection<Policy> policies) {
  private static final Set<String> SCANNED = Set.of("exports");

  /** In which ways it may end. */
  List<Outcome> outcomes(Ask ask, Subject subject, Content before) {
    if (subject.status() != 0) {
      String code = subject.status() == 401 ? "unauthenticated" : "invalid-header";
      return List.of(Outcome.failed(subject.status(), code, Outcome.ANY, before));
    }
    Descriptions descriptions = new Descriptions(shapes, policies, subject);
    if (subject.isNobody() && ask.is(Form.KEYSPACES, Form.KEYSPACE)) {
      return List.of(
          Outcome.failed(401, "unauthenticated", Outcome.ANY, before),
          Outcome.done(200, Outcome.ANY, before),
          Outcome.failed(404, "unknown-keyspace", Outcome.ANY, before));
    }
    if (ask.is(Form.KEYSPACES)) {
      return List.of(Outcome.done(200, descriptions::keyspaces, before));
    }
    if (ask.is(Form.KEYSPACE)) {
      return descriptions.keyspace(ask.shape().keyspace(), before);
    }
    List<Outcome> all = new ArrayList<>();
    if (subject.isNobody()) {
      // RFC 9068 has every token say it; the contract, that it is the name
      all.add(Outcome.failed(401, "unauthenticated", Outcome.ANY, before));
    }
    for (Rights rights : Rights.of(subject, ask.shape(), policies)) {
      all.addAll(outcomes(ask, rights, before));
    }
    return all;
  }

  private List<Outcome> outcomes(Ask ask, Rights rights, Content before) {
    if (!rights.mentioned()) {
      return List.of(Outcome.failed(404, "unknown-(keyspace|table)", Outcome.ANY, before));
    }
    if (ask.is(Form.OPTIONS)) {
      return options(ask, rights, before);
    }
    if (!ask.shape().methods(ask.path().size()).contains(ask.method()) && !ask.reads()) {
      return wrongMethod(ask, rights, before);
    }
    if (rights.usable().isEmpty()) {
      return List.of(Outcome.refusal(403, "forbidden", before));
    }
    return ask.hasManyRows() ? bulk(ask, rights, before) : one(ask, rights, before);
  }

  /**
   * What it is by the first of the rights that it fits; otherwise it is an error by any of them.
   */
  private List<Outcome> one(Ask ask, Rights rights, Content before) {
    List<Outcome> fitting = new ArrayList<>();
    List<Outcome> refusals = new ArrayList<>();
    for (Right right : rights.usable()) {
      List<Outcome> outcomes =
          ask.reads()
              ? new ReadOracle(ask, right, before, SCANNED).outcomes(tagged(ask, rights, before))
              : new WriteOracle(ask, right, before, views(right, rights))
                  .outcomes(tagged(ask, rights, before));
      boolean fits = outcomes.stream().noneMatch(Outcome::isRefusal);
      outcomes.forEach(o -> (o.isRefusal() ? refusals : fitting).add(o));
      if (fits) {
        return fitting;
      }
    }
    fitting.addAll(refusals);
    return fitting;
  }

  /** The columns of a tag that was given to the caller, or to one who sees all; empty: none was. */
  private static List<String> tagged(Ask ask, Rights rights, Content before) {
    if (ask.condition() == Condition.OTHERS_TAG) {
      return ask.shape().columns().stream().map(Shape.Column::name).toList();
    }
    Map<String, String> row = before.row(ReadOracle.key(ask.shape(), ask.path()));
    return rights.usable().stream()
        .filter(right -> right.may("read") && right.covers(row))
        .findFirst()
        .map(Right::visible)
        .orElse(List.of());
  }

  /**
   * In which columns a write may show the row: those of the right by which it is done; where that
   * does not let read but another does, the contract does not say, so in those or not at all.
   */
  private static List<List<String>> views(Right right, Rights rights) {
    if (right.may("read")) {
      return List.of(right.visible());
    }
    Set<List<String>> views = new LinkedHashSet<>(List.of(List.of()));
    rights.usable().stream().filter(r -> r.may("read")).map(Right::visible).forEach(views::add);
    return List.copyOf(views);
  }

  /** All by one right, or each row by the first that it fits: the contract does not say. */
  private List<Outcome> bulk(Ask ask, Rights rights, Content before) {
    List<String> verbs = WriteOracle.verbs(ask);
    List<Right> able =
        rights.usable().stream().filter(right -> verbs.stream().anyMatch(right::may)).toList();
    if (able.isEmpty()) {
      return List.of(Outcome.missing(verbs, before));
    }
    BulkOracle oracle = new BulkOracle(ask, before);
    List<Outcome> all = new ArrayList<>(oracle.outcomes(able));
    able.forEach(right -> all.addAll(oracle.outcomes(List.of(right))));
    return all;
  }

  private static List<Outcome> wrongMethod(Ask ask, Rights rights, Content before) {
    List<Outcome> all = new ArrayList<>();
    all.add(Outcome.failed(405, "method-not-allowed", Outcome.ANY, before));
    List<String> verbs = WriteOracle.verbs(ask);
    if (rights.usable().stream()
        .noneMatch(r -> verbs.stream().anyMatch(r::may) && r.covers(ask.key()))) {
      all.add(Outcome.failed(403, "forbidden", Outcome.ANY, before));
    }
    return all;
  }

  private static List<Outcome> options(Ask ask, Rights rights, Content before) {
    Set<String> most = allowed(ask, rights.usable());
    List<Right> sure = rights.usable().stream().filter(r -> isSure(r, ask)).toList();
    Set<String> least = allowed(ask, sure);
    List<Outcome> all = new ArrayList<>();
    all.add(Outcome.done(204, answer -> allow(answer.head(), least, most), before));
    if (sure.isEmpty()) {
      all.add(Outcome.failed(403, "forbidden", Outcome.ANY, before)); // none of its methods
    }
    return all;
  }

  /** Whether it is for the rows of the path, and hides nothing that PUT or DELETE would remove. */
  private static boolean isSure(Right right, Ask ask) {
    Map<String, String> key = ReadOracle.key(ask.shape(), ask.path());
    return right.hidden(ask.shape(), Kind.values()).isEmpty() && right.covers(key);
  }

  private static Set<String> allowed(Ask ask, Collection<Right> rights) {
    Map<String, Set<String>> needed =
        Map.of(
            "GET", Set.of("read"),
            "HEAD", Set.of("read"),
            "POST", Set.of("create", "write", "delete"),
            "PUT", Set.of("create", "write"),
            "PATCH", Set.of("write"),
            "DELETE", Set.of("delete"));
    Set<String> allowed = new TreeSet<>();
    Set<String> methods = new TreeSet<>(ask.shape().methods(ask.path().size()));
    boolean ofCounters = ask.path().isEmpty() && ask.shape().has(Kind.COUNTER);
    if (ofCounters) {
      methods.add("POST"); // with op=merge and op=delete
    }
    for (String method : methods) {
      Set<String> verbs =
          ofCounters && method.equals("POST")
              ? Set.of("write", "delete")
              : needed.getOrDefault(method, Set.of());
      if (rights.stream().anyMatch(right -> verbs.stream().anyMatch(right::may))) {
        allowed.add(method);
      }
    }
    return allowed;
  }

  private static String allow(String head, Set<String> least, Set<String> most) {
    Set<String> found = new TreeSet<>();
    for (String line : head.split("\n", -1)) {
      if (line.startsWith("Allow: ")) {
        found.addAll(List.of(line.substring(7).trim().split(", *", -1)));
      }
    }
    found.remove("OPTIONS");
    return found.containsAll(least) && most.containsAll(found)
        ? ""
        : "Allow is not " + least + " to " + most;
  }
}
