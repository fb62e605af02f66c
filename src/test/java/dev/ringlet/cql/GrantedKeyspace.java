package dev.ringlet.cql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import dev.ringlet.local.OtherCassandra;
import dev.ringlet.local.TlsCassandra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables and views that differ in what Cassandra asks of those who use them, and many roles. */
final class GrantedKeyspace {
  static final String PASSWORD = "secret";

  /** Of that password, cheap to check. */
  private static final String HASH = "$2a$04$u2ioOOx646VCAW3KC1flXeO8jzjUtIzrA.YAR9lGBreJNFN5gUk4e";

  /** All have the columns k, v and w. */
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE %s.plain (k int PRIMARY KEY, v int, w int)",
          "CREATE TABLE %s.\"Plain\" (k int PRIMARY KEY, v int, w int)",
          "CREATE TABLE %s.based (k int PRIMARY KEY, v int, w int)",
          view("by_v", "based", "v"),
          view("by_w", "based", "w"),
          "CREATE TABLE %s.masked (k int PRIMARY KEY, v int MASKED WITH DEFAULT, w int)",
          "CREATE TABLE %s.masked_base (k int PRIMARY KEY, v int MASKED WITH DEFAULT, w int)",
          view("masked_by_v", "masked_base", "v"),
          view("masked_by_w", "masked_base", "w"),
          "CREATE TABLE %s.masked_key (k int MASKED WITH DEFAULT PRIMARY KEY, v int, w int)");

  /** What each of these makes. */
  private static final List<String> RELATIONS =
      List.of(
          "plain",
          "\"Plain\"",
          "based",
          "by_v",
          "by_w",
          "masked",
          "masked_base",
          "masked_by_v",
          "masked_by_w",
          "masked_key");

  private static final List<String> RIGHTS = List.of("SELECT", "MODIFY", "UNMASK", "SELECT_MASKED");

  private final CqlSession superuser;
  private final String name = "granted_" + Long.toString(System.nanoTime(), 36);
  private final List<String> relations = new ArrayList<>();
  private final List<String> roles = new ArrayList<>();
  private final String password;

  private GrantedKeyspace(CqlSession superuser) {
    this.superuser = superuser;
    this.password = password();
  }

  /** Hashed, unless another Cassandra has to do that. */
  private String password() {
    String hashed = "HASHED PASSWORD = '" + HASH + "'";
    if (!takes("CREATE ROLE %s_hashed WITH %s".formatted(name, hashed))) {
      return "PASSWORD = '" + PASSWORD + "'";
    }
    superuser.execute("DROP ROLE %s_hashed".formatted(name));
    return hashed;
  }

  static GrantedKeyspace make(CqlSession superuser) {
    GrantedKeyspace keyspace = new GrantedKeyspace(superuser);
    superuser.execute(
        "CREATE KEYSPACE "
            + keyspace.name
            + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    keyspace.makeRelations();
    return keyspace;
  }

  private void makeRelations() {
    for (int i = 0; i < SCHEMA.size(); i++) {
      String relation = RELATIONS.get(i);
      if (takes(SCHEMA.get(i).formatted(name))) {
        relations.add(relation);
        if (!relation.contains("by_")) {
          superuser.execute(
              "INSERT INTO %s.%s (k, v, w) VALUES (1, 1, 1)".formatted(name, relation));
        }
      }
    }
  }

  /** Another Cassandra may not know what is masked. */
  private boolean takes(String statement) {
    return OtherCassandra.takes(superuser, statement);
  }

  private static String view(String view, String base, String column) {
    return "CREATE MATERIALIZED VIEW %%s.%s AS SELECT * FROM %%1$s.%s WHERE %s IS NOT NULL AND k IS NOT NULL PRIMARY KEY (%s, k)"
        .formatted(view, base, column, column);
  }

  String name() {
    return name;
  }

  /** Tables and views. */
  List<String> relations() {
    return relations;
  }

  /** All that were made. */
  List<String> roles() {
    return roles;
  }

  /** A new role that may log in and nothing else. */
  String role(String suffix) {
    String role = name + "_" + suffix;
    superuser.execute("CREATE ROLE \"%s\" WITH LOGIN = true AND %s".formatted(role, password));
    roles.add(role);
    return role;
  }

  void grant(String right, String resource, String role) {
    superuser.execute("GRANT %s ON %s TO \"%s\"".formatted(right, resource, role));
  }

  /** Another Cassandra may not know the right, or the resource. */
  boolean takesGrant(String right, String resource, String role) {
    return takes("GRANT %s ON %s TO \"%s\"".formatted(right, resource, role));
  }

  void grantRole(String role, String to) {
    superuser.execute("GRANT \"%s\" TO \"%s\"".formatted(role, to));
  }

  private void grantUnlessInherited(String role, String to) {
    try {
      grantRole(role, to);
    } catch (InvalidQueryException e) {
      assertTrue(e.getMessage().contains("is a member of"), e.getMessage());
    }
  }

  String table(String relation) {
    return "TABLE " + name + "." + relation;
  }

  /** Every choice of the rights that a table with two views and they themselves may take. */
  void makeRolesOfViews() {
    List<String[]> rights =
        List.of(
            new String[] {"SELECT", "based"},
            new String[] {"MODIFY", "based"},
            new String[] {"MODIFY", "by_v"},
            new String[] {"MODIFY", "by_w"});
    for (int choice = 0; choice < 1 << rights.size(); choice++) {
      String role = role("v" + choice);
      for (int i = 0; i < rights.size(); i++) {
        if ((choice >> i & 1) == 1) {
          grant(rights.get(i)[0], table(rights.get(i)[1]), role);
        }
      }
    }
  }

  /** By chance; some inherit from others. */
  void makeRolesByChance(int many, Random random) {
    String every = role("rights");
    List<String> rights =
        RIGHTS.stream().filter(right -> takesGrant(right, "KEYSPACE " + name, every)).toList();
    List<String> resources =
        Stream.of("ALL KEYSPACES", "KEYSPACE " + name, "ALL TABLES IN KEYSPACE " + name)
            .filter(resource -> takesGrant("SELECT", resource, every))
            .collect(Collectors.toCollection(ArrayList::new));
    relations.forEach(relation -> resources.addAll(Collections.nCopies(2, table(relation))));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      String role = role("R" + i);
      for (int grants = random.nextInt(6); grants > 0; grants--) {
        grant(of(rights, random), of(resources, random), role);
      }
      IntStream.range(0, random.nextInt(3))
          .mapToObj(j -> of(made, random))
          .filter(other -> !other.isEmpty())
          .distinct()
          .forEach(other -> grantUnlessInherited(other, role));
      made.add(role);
    }
  }

  private static String of(List<String> list, Random random) {
    return list.isEmpty() ? "" : list.get(random.nextInt(list.size()));
  }

  /** As a role. */
  CqlSession session(TlsCassandra cassandra, String role) {
    return cassandra.session(role, PASSWORD);
  }
}
