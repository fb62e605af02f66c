package dev.ringlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import dev.ringlet.model.Shape.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What looks like a name, a path, a role or a value that is allowed, and is another; and ways round
 * what a rule says of rows and columns, in src/test/resources/attacks.
 */
class LookAlikesIT {
  private static final Set<String> ALL = Set.of("read", "create", "write", "delete", "scan");

  private static World world;
  private static Ringlet ringlet;
  private static Shape events;
  private static Content before;

  @BeforeAll
  static void start() throws Exception {
    world = new World();
    events = world.shapes().events();
    before = new Content(events);
    for (String owner : List.of("alice", "bob")) {
      for (String day : List.of("d1", "d2")) {
        before.insert(row(owner, day));
      }
    }
    world.write(List.of(before));
    String main = world.shapes().main();
    ringlet =
        Ringlet.start(
            "look-alikes",
            world.shapes(),
            List.of(
                policy("c", "clerk", main + ".events", List.of(), "{sub}"),
                policy("v", "viewer", main + ".events", List.of("*", "-cost", "-secret"), ""),
                policy("r", Policies.ROOT, "*", List.of(), ""),
                policy("a", "mixed", main + ".things", List.of("alpha", "id"), ""),
                policy("b", "mixed", main + ".things", List.of("beta", "id"), ""),
                policy("p", Policies.PUBLIC, main + ".things", List.of(), "")),
            List.of());
  }

  @AfterAll
  static void stop() {
    ringlet.close();
    world.close();
  }

  private static Policy policy(
      String name, String role, String tables, List<String> columns, String owner) {
    List<Restriction> rows = owner.isEmpty() ? List.of() : List.of(Restriction.eq("owner", owner));
    return new Policy(name, Set.of(role), List.of(tables), ALL, columns, rows);
  }

  private static Map<String, String> row(String owner, String day) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("owner", owner);
    Map<String, String> partition = Map.copyOf(row);
    row.put("day", day);
    row.put("seq", "1");
    Map<String, String> key = new LinkedHashMap<>(row);
    events.names(Kind.REGULAR).forEach(name -> row.put(name, Shape.value(name, key)));
    events.names(Kind.STATIC).forEach(name -> row.put(name, Shape.value(name, partition)));
    return row;
  }

  private static Subject caller(String role, String sub) {
    return Subject.token(Set.of(role), JsonNodeFactory.instance.objectNode().put("sub", sub));
  }

  private static RawHttp.Answer ask(Subject subject, String line) throws IOException {
    return send(new Attack(Set.of(), line, "", "").request(subject));
  }

  private static RawHttp.Answer send(String request) throws IOException {
    try (RawHttp http = new RawHttp(ringlet.uri())) {
      http.send(request);
      return http.answer(request.startsWith("HEAD "));
    }
  }

  private static void assertNothingIsDone(String file, Subject subject, List<String> secrets)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Attack attack : Attack.of(file, world.shapes().main())) {
      String request = attack.request(subject);
      RawHttp.Answer answer = send(request);
      String shown = answer.head() + answer.body();
      boolean told = secrets.stream().anyMatch(s -> shown.contains(s) && !request.contains(s));
      if (told || !attack.statuses().contains(answer.status())) {
        wrong.add(attack + " -> " + answer.status() + " " + answer.body());
      }
      List<String> stored =
          Content.unordered(world.stored(events, Set.of(List.of("alice"), List.of("bob"))));
      if (!stored.equals(Content.unordered(before.rows()))) {
        wrong.add(attack + " -> " + answer.status() + " left " + stored);
        break;
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void rowsOfOthersAreReachedInNoWay() throws IOException {
    assertNothingIsDone("rows.txt", caller("clerk", "alice"), List.of("~bob"));
  }

  @Test
  void columnsThatAreNotThereAreFoundInNoWay() throws IOException {
    assertNothingIsDone("columns.txt", caller("viewer", "alice"), List.of("cost", "secret"));
  }

  @Test
  void rowsThatDifferentRulesLetBeWrittenAreWrittenAsTheyWereSent() throws IOException {
    Shape things = world.shapes().things();
    String target = "POST /v1/" + things.keyspace() + "/things";
    for (String form :
        List.of("Prefer: atomic\r\n", "", "Content-Type: application/x-ndjson\r\n")) {
      String first = "x" + form.length();
      String second = "y" + form.length();
      String alpha = "{\"id\":\"%s\",\"alpha\":\"a\"}".formatted(first);
      String beta = "{\"id\":\"%s\",\"beta\":\"b\"}".formatted(second);
      String body = form.contains("ndjson") ? alpha + "\n" + beta : "[" + alpha + "," + beta + "]";
      int status =
          send(new Attack(Set.of(), target, form, body).request(caller("mixed", "x"))).status();
      assertTrue(Set.of(200, 400, 403).contains(status), form + status);
      Set<String> stored =
          new HashSet<>(
              Content.unordered(world.stored(things, Set.of(List.of(first), List.of(second)))));
      assertTrue(
          Set.of(
                  "{alpha=a, beta=null, cost=null, id=%s}".formatted(first),
                  "{alpha=null, beta=b, cost=null, id=%s}".formatted(second))
              .containsAll(stored),
          form + stored);
    }
  }

  @Test
  void whatIsNotForTheCallerIsAnsweredAsWhatIsNotThere() throws IOException {
    Subject clerk = caller("clerk", "alice");
    String main = world.shapes().main();
    for (List<String> names :
        List.of(
            List.of("/v1/%s/things".formatted(main), "things", "nosuch"),
            List.of("/v1/%s/things/x".formatted(main), "things", "nosuch"),
            List.of("/v1/%s/exports?scan=true".formatted(main), "exports", "nosuch"),
            List.of("/v1/%s_dark/dark".formatted(world.shapes().run()), "_dark/", "_nosu/"),
            List.of("/v1/%s_dark".formatted(world.shapes().run()), "_dark", "_nosu"))) {
      for (String method : List.of("GET ", "OPTIONS ", "DELETE ", "POST ")) {
        RawHttp.Answer hidden = ask(clerk, method + names.get(0));
        RawHttp.Answer missing =
            ask(clerk, method + names.get(0).replace(names.get(1), names.get(2)));
        String name = names.get(1).replace("/", "");
        assertTrue(Set.of(400, 404).contains(hidden.status()), method + names);
        assertEquals(missing.status(), hidden.status(), method + names);
        assertEquals(
            missing.body(), hidden.body().replace(name, names.get(2).replace("/", "")), method);
      }
    }
    Subject viewer = caller("viewer", "x");
    String select = "GET /v1/" + main + "/events/bob?select=";
    assertEquals(
        ask(viewer, select + "zzzz").body(),
        ask(viewer, select + "cost").body().replace("cost", "zzzz"));
  }

  @Test
  void aRoleIsNothingButItsName() throws IOException {
    String target = "GET /v1/" + world.shapes().main() + "/events/alice";
    assertEquals(200, ask(caller("clerk", "alice"), target).status());
    for (String claim : Attack.lines("roles.txt", "")) {
      ObjectNode claims = JsonNodeFactory.instance.objectNode().put("sub", "alice");
      claims.set("role", Bodies.json(claim));
      int status = ask(Subject.refused(0, bearer(claims)), target).status();
      assertTrue(Set.of(401, 404).contains(status), claim + " " + status);
    }
  }

  private static String bearer(ObjectNode claims) {
    return "Authorization: Bearer " + Tokens.good(claims) + "\r\n";
  }

  @Test
  void aClaimIsNothingButItsText() throws IOException {
    String target = "GET /v1/" + world.shapes().main() + "/events";
    assertTrue(ask(caller("clerk", "alice"), target).body().contains("~alice"));
    for (String name : Attack.lines("subjects.txt", "")) {
      String sub = Bodies.json(name).asText();
      RawHttp.Answer answer = ask(caller("clerk", sub), target);
      assertFalse(answer.body().contains("~"), sub + " " + answer.body());
      assertTrue(Set.of(200, 403).contains(answer.status()), sub + " " + answer.status());
    }
  }

  @Test
  void aPathOfHttp2NamesTheSameToTheCheckAndToThePlan() throws IOException {
    String main = "/v1/" + world.shapes().main();
    assertEquals(200, get2(main + "/things?id=eq.x"));
    for (String path : Attack.lines("http2.txt", world.shapes().main())) {
      assertEquals(0, get2(path), path);
    }
    assertEquals(0, get2(main.substring(1) + "/events/bob"));
  }

  /** Each on a connection of its own. */
  private static int get2(String path) throws IOException {
    try (RawHttp http = new RawHttp(ringlet.uri())) {
      return new RawHttp2(http).get(path);
    } catch (EOFException refused) {
      return 0;
    }
  }
}
