package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever the keys are, a page has a link that can be followed, and a Location one that exists.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class LongKeysTest {
  private static final int MOST = 65_535;
  private static final Random RANDOM = new Random(1);
  private static final List<String> KEYS =
      List.of(
          "k".repeat(40_000),
          "k".repeat(MOST),
          random(40_000),
          random(MOST - 1),
          "\u0001\u20ac\n".repeat(10_000),
          "short");

  private static String table;
  private static String other;

  private static String random(int length) {
    return RANDOM
        .ints(length, 'a', 'z' + 1)
        .map(c -> RANDOM.nextBoolean() ? Character.toUpperCase(c) : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @BeforeAll
  static void write() {
    String keyspace =
        Cassandra.keyspace(
            "long",
            "CREATE TABLE $ks.t (p text, c text, v int, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.u (p text, c text, v int, PRIMARY KEY (p, c))");
    table = "/v1/" + keyspace + "/t";
    other = "/v1/" + keyspace + "/u";
    for (int i = 0; i < KEYS.size(); i++) {
      insert(table, KEYS.get(i), "c");
      insert(table, KEYS.get(i), KEYS.get((i + 1) % KEYS.size()));
    }
  }

  /** Before the first test REST-assured does not know where the application is. */
  private static RequestSpecification http() {
    return given().baseUri(ConfigProvider.getConfig().getValue("test.url", String.class));
  }

  private static void insert(String table, String p, String c) {
    Response answer =
        http()
            .contentType("application/json")
            .body("{\"p\":%s,\"c\":%s,\"v\":1}".formatted(json(p), json(c)))
            .post(table);
    answer.then().statusCode(201);
    String location = answer.header("Location");
    int length = (table + "/" + encoded(p) + "/" + encoded(c)).length();
    assertEquals(length < 32_000, location != null, length + " characters");
    if (location != null) {
      http().urlEncodingEnabled(false).get(location).then().statusCode(200);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(String text) {
    return '"' + text.replace("\u0001", "\\u0001").replace("\n", "\\n") + '"';
  }

  @Test
  void aScanComesToItsEnd() {
    assertEquals(
        2 * KEYS.size(), follow(table + "?scan=true&limit=1&select=p,c").size(), "rows of a scan");
  }

  @Test
  void soDoesAPartition() {
    assertEquals(2, follow(table + "/short?limit=1").size());
  }

  @Test
  void soDoPartitionsThatAreListed() {
    String p = "k".repeat(20_000);
    insert(other, "short", "c");
    insert(other, "short", random(60_000));
    insert(other, p, random(60_000));
    assertEquals(3, follow(other + "?p=in.(short," + p + ")&limit=1").size());
  }

  private static Set<String> follow(String first) {
    Set<String> rows = new HashSet<>();
    for (String next = first; !next.isEmpty(); ) {
      Response page = given().urlEncodingEnabled(false).get(next);
      assertEquals(200, page.statusCode(), next.length() + " characters");
      page.jsonPath()
          .<List<Object>>getList("collect { [it.p, it.c] }")
          .forEach(row -> assertTrue(rows.add(row.toString()), "a row twice"));
      String link = page.header("Link");
      next = link == null ? "" : link.substring(1, link.indexOf('>'));
    }
    return rows;
  }

  /** Most keys are short, and most long ones can be compressed. */
  @Test
  void aTokenIsNoLongerThanItMustBe() {
    String link = given().get(table + "/short?limit=1").header("Link");
    assertTrue(link.length() < 300, link);
    String p = "p".repeat(30_000);
    insert(other, p, "c".repeat(MOST));
    insert(other, p, "d");
    String compressed =
        given().urlEncodingEnabled(false).get(other + "/" + p + "?limit=1").header("Link");
    assertTrue(compressed.length() < 31_000, compressed.length() + " characters");
  }

  @Test
  void whatIsBesideATokenHasItsOwnLimit() {
    for (String target :
        Arrays.asList(
            table + "/" + "k".repeat(40_000),
            table + "/k?after=x&c=eq." + "k".repeat(40_000),
            table + "/k?c=eq." + "k".repeat(40_000) + "&after=x")) {
      given()
          .urlEncodingEnabled(false)
          .get(target)
          .then()
          .statusCode(414)
          .contentType("application/problem+json");
    }
    given()
        .urlEncodingEnabled(false)
        .get(table + "/k?after=" + "k".repeat(40_000) + "&limit=1")
        .then()
        .statusCode(400); // no token
  }
}
