package dev.ringlet.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringlet.faults.Dice;
import dev.ringlet.model.Shape.Owner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Callers of all kinds, with claims that say whose rows are theirs. */
record Callers(Shapes shapes, Dice dice) {
  static final List<String> KEYS = Stream.of(0, 1, 2, 3, 4, 5).map(Policies::role).toList();

  /** What looks like a part of a pattern, a list, a filter or a path, and is none. */
  private static final List<String> TAILS =
      List.of(
          "", "", "", "*", ",b", ")", "(", "\"", "'", "{sub}", "%2F", "/", "\u00e9", "\\", "..");

  /** What a claim should not be, and may be all the same. */
  private static final List<String> ODD =
      List.of("none", "null", "1.5", "true", "{}", "[]", "\"\"");

  /** Whose the rows of a case are. */
  record Owners(Owner mine, Owner second, Owner foreign) {
    List<Owner> all() {
      return List.of(mine, second, foreign);
    }

    /** The one who has the foreign rows. */
    Owners other() {
      return new Owners(/* mine= */ foreign, second, /* foreign= */ mine);
    }
  }

  Owners owners(int number) {
    int first = 10_000_000 + 4 * number;
    String tail = dice.one(TAILS);
    return new Owners(
        new Owner("m" + number + tail, first),
        new Owner("s" + number + tail, first + 1),
        new Owner("f" + number + tail, first + 2));
  }

  /** Those of a table that nobody writes. */
  Owners readers() {
    int mine = dice.below(5);
    return new Owners(reader(mine), reader((mine + 1) % 5), reader((mine + 2) % 5));
  }

  static Owner reader(int number) {
    return new Owner("e" + number, number);
  }

  Set<String> roles() {
    Set<String> roles = new LinkedHashSet<>();
    int count = dice.one(List.of(0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3));
    while (roles.size() < count) {
      roles.add(Policies.role(dice.below(Policies.ROLES)));
    }
    if (dice.percent(3)) {
      roles.add(Policies.ROOT);
    }
    return roles;
  }

  ObjectNode claims(Owners owners) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("sub", owners.mine().text());
    claims.putObject("acct").put("id", owners.mine().text());
    claims.putArray("list").add(owners.mine().text()).add(owners.second().text());
    claims.putArray("one").add(owners.mine().text());
    claims.putArray("nums").add(owners.mine().number()).add(owners.second().number());
    claims.put("item", shapes.ordersByItem().first(owners.mine()));
    claims.put("num", owners.mine().number());
    claims.put("year", 2026);
    claims.put("day", "d1");
    claims.putArray("days").add("d1").add("d2");
    return claims;
  }

  /** Claims and credentials; often a claim is not what a rule wants. */
  Subject token(Set<String> roles, Owners owners) {
    ObjectNode claims = claims(owners);
    switch (dice.below(8)) {
      case 0 -> claims.put("org", "*");
      case 1 -> claims.put("org", "ACME");
      case 2 -> {}
      default -> claims.put("org", dice.one(Shapes.TENANTS));
    }
    if (dice.percent(25)) {
      claims.put("num", Integer.toString(owners.mine().number()));
    }
    if (!dice.percent(12)) {
      return Subject.token(roles, claims);
    }
    String claim =
        dice.one(List.of("sub", "acct", "list", "one", "num", "nums", "item", "year", "day"));
    String odd = dice.one(ODD);
    if (odd.equals("none")) {
      claims.remove(claim);
      return Subject.token(roles, claims);
    }
    claims.set(claim, Bodies.json(odd));
    return Subject.token(roles, claims).sharing(true);
  }

  /** One that is not let in. */
  Subject refused(Owners owners) {
    ObjectNode claims = claims(owners).put("role", Policies.ROOT).put("aud", Tokens.AUDIENCE);
    long now = System.currentTimeMillis() / 1000;
    byte[] other = "another secret, which has 32 bytes or more".getBytes(UTF_8);
    String bearer = "Authorization: Bearer ";
    return switch (dice.below(7)) {
      case 0 -> bad(bearer + Tokens.signed(claims.put("exp", now - 60), Tokens.SECRET));
      case 1 -> bad(bearer + Tokens.signed(claims, Tokens.SECRET)); // it never expires
      case 2 -> bad(bearer + Tokens.signed(claims.put("exp", now + 600), other));
      case 3 ->
          bad(bearer + Tokens.signed(claims.put("exp", now + 600).put("aud", "x"), Tokens.SECRET));
      case 4 -> bad("X-API-Key: no such key, and it is long enough to be one");
      case 5 -> bad("Authorization: Basic cm9vdDpyb290");
      default ->
          Subject.refused(400, Subject.ROOT.credentials() + Subject.key(KEYS.get(0)).credentials());
    };
  }

  private static Subject bad(String credentials) {
    return Subject.refused(401, credentials + "\r\n");
  }
}
