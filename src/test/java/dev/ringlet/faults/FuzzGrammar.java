package dev.ringlet.faults;

import dev.ringlet.faults.FuzzTable.Column;
import java.util.List;

/**
 * Makes requests: most often such as callers send, that reach Cassandra, and often enough with
 * something in them that nobody should send.
 */
final class FuzzGrammar {
  private static final int DAMAGED = 35;
  private static final int CONDITIONAL = 12;

  private static final List<String> OWN =
      List.of("ttl=__ttl", "timestamp=__time", "ttl=v&op=merge");

  private static final List<String> DOCUMENTS = List.of("openapi.json", "openapi.yaml");

  private final Dice dice;
  private final FuzzValues values;
  private final FuzzQueries queries;
  private final FuzzBodies bodies;
  private final FuzzHeaders headers;
  private final FuzzDamage damage;

  FuzzGrammar(Dice dice) {
    this.dice = dice;
    this.values = new FuzzValues(dice);
    this.queries = new FuzzQueries(dice, values);
    this.bodies = new FuzzBodies(dice, values);
    this.headers = new FuzzHeaders(dice, values);
    this.damage = new FuzzDamage(dice, values, headers);
  }

  private FuzzRequest request() {
    FuzzTable table = dice.one(FuzzTable.WEIGHED);
    FuzzRequest request = dice.percent(45) ? read(table) : write(table);
    headers.fitting(request);
    request.chunked = dice.percent(10);
    if (dice.percent(DAMAGED)) {
      damage.apply(request);
      if (dice.percent(20)) {
        damage.apply(request);
      }
    }
    return request;
  }

  private FuzzRequest read(FuzzTable table) {
    FuzzRequest request = new FuzzRequest(dice.percent(95) ? "GET" : "HEAD");
    if (dice.percent(3)) { // a description
      if (dice.percent(50)) {
        request.path.add(dice.one(DOCUMENTS));
        if (dice.percent(30)) {
          request.query.add("forms=all");
        }
      }
      return request;
    }
    int given = dice.percent(40) ? table.key().size() : dice.below(table.key().size() + 1);
    path(request, table, given);
    if (given < table.key().size()) {
      queries.read(request, table, given);
    } else if (dice.percent(20)) {
      queries.select(request, table);
    }
    return request;
  }

  private void path(FuzzRequest request, FuzzTable table, int given) {
    request.path.add(table.name());
    for (Column column : table.key().subList(0, given)) {
      request.path.add(Text.percent(Text.plain(values.key(column))));
    }
  }

  private FuzzRequest write(FuzzTable table) {
    if (dice.percent(5)) {
      return batch(table);
    }
    if (table.counts()) {
      return dice.percent(70) ? change(table) : merges(table);
    }
    return switch (dice.below(21)) {
      case 0, 1, 2, 3 -> replace(table);
      case 4, 5, 6, 7 -> change(table);
      case 8, 9, 10 -> insert(table);
      case 11, 12, 13, 14 -> many(table);
      case 15 -> atomic(table);
      case 16 -> statics(table);
      case 17 -> merges(table);
      default -> delete(table);
    };
  }

  private FuzzRequest row(String method, FuzzTable table, String body) {
    FuzzRequest request = new FuzzRequest(method);
    boolean filters = dice.percent(10);
    path(request, table, filters ? 0 : table.key().size());
    request.body(body);
    condition(request, table);
    queries.write(request, table, filters);
    return request;
  }

  private void condition(FuzzRequest request, FuzzTable table) {
    if (!table.counts() && dice.percent(CONDITIONAL)) {
      headers.condition(request);
    }
  }

  private FuzzRequest replace(FuzzTable table) {
    return row("PUT", table, bodies.content(table));
  }

  private FuzzRequest change(FuzzTable table) {
    FuzzRequest request = row("PATCH", table, bodies.change(table));
    if (dice.percent(30)) {
      request.type = "application/merge-patch+json";
    }
    return request;
  }

  private FuzzRequest statics(FuzzTable table) {
    if (table.others().stream().noneMatch(Column::isStatic)) {
      return change(table);
    }
    FuzzRequest request = new FuzzRequest("PATCH");
    path(request, table, table.partition());
    request.body(bodies.statics(table));
    return request;
  }

  private FuzzRequest insert(FuzzTable table) {
    FuzzRequest request = new FuzzRequest("POST");
    request.path.add(table.name());
    if (dice.percent(20)) {
      bodies.event(request, table);
    } else {
      request.body(bodies.row(table));
    }
    condition(request, table);
    explain(request);
    return request;
  }

  private FuzzRequest many(FuzzTable table) {
    FuzzRequest request = new FuzzRequest("POST");
    request.path.add(table.name());
    boolean deletes = dice.percent(20);
    if (deletes) {
      request.query.add("op=delete");
    }
    bodies.many(request, table, deletes);
    if (!deletes && !request.type.startsWith("text/csv") && dice.percent(30)) {
      request.query.add(dice.one(OWN));
    }
    if (dice.percent(40)) {
      request.headers.add("Prefer: return=outcomes");
    }
    explain(request);
    return request;
  }

  private FuzzRequest merges(FuzzTable table) {
    FuzzRequest request = new FuzzRequest("POST");
    request.path.add(table.name());
    request.query.add("op=merge");
    request.body("[" + dice.some(4, ",", () -> bodies.merged(table)) + "]");
    explain(request);
    return request;
  }

  private FuzzRequest atomic(FuzzTable table) {
    FuzzRequest request = new FuzzRequest("POST");
    request.path.add(table.name());
    request.body("[" + dice.some(4, ",", () -> bodies.row(table)) + "]");
    request.headers.add("Prefer: atomic");
    explain(request);
    return request;
  }

  private FuzzRequest batch(FuzzTable table) {
    FuzzRequest request = new FuzzRequest("POST");
    request.path.remove(FuzzTable.KEYSPACE);
    request.body(bodies.operations(table));
    explain(request);
    return request;
  }

  private void explain(FuzzRequest request) {
    if (dice.percent(5)) {
      request.query.add("explain=true");
    }
  }

  private FuzzRequest delete(FuzzTable table) {
    FuzzRequest request = new FuzzRequest("DELETE");
    int open = table.key().size() - table.partition();
    int given = table.partition() + (dice.percent(60) ? open : dice.below(open + 1));
    path(request, table, given);
    if (given < table.key().size()) {
      queries.clustering(request, table, given);
    } else {
      condition(request, table);
    }
    return request;
  }

  /** The same, or now and then where the answer before leads. */
  String next(FuzzFollow follow) {
    String request = request().text();
    boolean follows = dice.percent(30);
    String method = dice.one(FuzzFollow.METHODS);
    boolean damaged = dice.percent(10);
    return follows ? follow.request(method, damaged).orElse(request) : request;
  }
}
