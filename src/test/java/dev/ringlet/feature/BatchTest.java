package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches over tables, and values that the server makes. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class BatchTest {
  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "batch",
            "CREATE TABLE $ks.users (id text PRIMARY KEY, email text, n int, tags set<text>,"
                + " l list<int>)",
            "CREATE TABLE $ks.by_email (email text PRIMARY KEY, id text)",
            "CREATE TABLE $ks.slices (p text, c int, v text, w text, s text static, s2 text static,"
                + " PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.lists (p int, c int, v int, s text static, l list<text>, tags set<text>,"
                + " m map<text, int>, sl list<text> static, PRIMARY KEY (p, c))",
            "CREATE TABLE $ks.events (k text, at timeuuid, seen timestamp, day date, t time, ref uuid,"
                + " PRIMARY KEY (k, at))",
            "CREATE TABLE $ks.hits (k text PRIMARY KEY, n counter)",
            "CREATE TABLE $ks.likes (k text PRIMARY KEY, n counter)");
  }

  @Test
  void writesToSeveralTablesWithOneTimestamp() {
    execute("INSERT INTO %s.by_email (email, id) VALUES ('old@x', 'ada')".formatted(keyspace));
    execute("INSERT INTO %s.slices (p, c, v) VALUES ('ada', 1, 'x')".formatted(keyspace));
    post("""
            [{"insert":"/v1/$ks/users","row":{"id":"ada","email":"a@x"}},
             {"replace":"/v1/$ks/by_email/a%40x","row":{"id":"ada"}},
             {"delete":"/v1/$ks/by_email/old@x"},
             {"merge":"/v1/$ks/slices/ada","row":{"s":"static"}},
             {"merge":"/v1/$ks/users/bob","row":{"tags":{"$add":["new"]}}},
             {"delete":"/v1/$ks/slices/ada?c=gte.1&c=lt.3"}]
            """)
        .statusCode(200)
        .body("written", equalTo(6))
        .body("failed", equalTo(0))
        .body("outcomes", hasSize(0));
    long time =
        one("SELECT writetime(email) FROM %s.users WHERE id = 'ada'".formatted(keyspace))
            .getLong(0);
    assertEquals(
        time,
        one("SELECT writetime(id) FROM %s.by_email WHERE email = 'a@x'".formatted(keyspace))
            .getLong(0));
    assertEquals(
        0, execute("SELECT * FROM %s.by_email WHERE email = 'old@x'".formatted(keyspace)).size());
    Row slice = one("SELECT c, s FROM %s.slices WHERE p = 'ada'".formatted(keyspace));
    assertTrue(slice.isNull("c"));
    assertEquals("static", slice.getString("s"));
  }

  @Test
  void aMemberThatComesTwiceIsNamed() {
    post("[{\"merge\":\"/v1/$ks/users/a\",\"row\":{},\"ttl\":1,\"ttl\":1}]")
        .statusCode(400)
        .body("code", equalTo("invalid-json"))
        .body("index", equalTo(0))
        .body("member", equalTo("ttl"));
  }

  @Test
  void anErrorNamesItsOperationAndNothingIsWritten() {
    post("""
            [{"insert":"/v1/$ks/users","row":{"id":"error"}},
             {"insert":"/v1/$ks/users","row":{"id":"error2","n":"x"}}]
            """)
        .statusCode(400)
        .body("code", equalTo("invalid-value"))
        .body("index", equalTo(1))
        .body("pointer", equalTo("/1/row/n"));
    assertEquals(
        0, execute("SELECT * FROM %s.users WHERE id = 'error'".formatted(keyspace)).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"insert":"/v1/$ks/nope","row":{"id":"a"}}                             | 404 | unknown-table
          {"insert":"/v1/nope/nope","row":{"id":"a"}}                            | 404 | unknown-keyspace
          {"insert":"/v1/$ks/users","row":{}}                                    | 400 | incomplete-primary-key
          {"insert":"/v1/$ks/users","row":{"id":"a","x":1}}                      | 400 | unknown-column
          {"replace":"/v1/$ks/users/a","row":{"id":"b"}}                         | 400 | key-mismatch
          {"replace":"/v1/$ks/users","row":{"id":"b"}}                           | 400 | incomplete-primary-key
          {"replace":"/v1/$ks/slices/a","row":{"s":"b"}}                         | 400 | invalid-operation
          {"replace":"/v1/$ks/slices/a","row":{},"if_match":"*"}                 | 400 | invalid-operation
          {"replace":"/v1/$ks/users/a?n=eq.1","row":{},"if_none_match":"*"}      | 400 | condition-not-possible
          {"insert":"/v1/$ks/users/a","row":{}}                                  | 400 | invalid-operation
          {"insert":"/v1/$ks","row":{}}                                          | 400 | invalid-operation
          {"insert":"/v1/$ks/hits","row":{"k":"a"}}                              | 400 | invalid-operation
          {"insert":"users","row":{}}                                            | 400 | invalid-path
          {"insert":"/v1/$ks/users?op=insert","row":{"id":"a"}}                  | 400 | invalid-parameter
          {"merge":"/v1/$ks/users//","row":{}}                                   | 400 | invalid-path
          {"delete":"/v1/$ks/slices/a\\ud83d"}                                   | 400 | invalid-path
          {"merge":"/v1/$ks/users?id=eq.a\\ud83d","row":{"n":1}}                 | 400 | invalid-path
          {"insert":"/v1/$ks/users\\ude00","row":{"id":"a"}}                     | 400 | invalid-path
          {"merge":"/v1/$ks/slices/a","row":{"v":"x"}}                           | 400 | incomplete-primary-key
          {"merge":"/v1/$ks/slices/a","row":{}}                                  | 400 | no-columns
          {"merge":"/v1/$ks/slices/a","row":{"s":"x"},"if_match":"*"}            | 400 | condition-not-possible
          {"delete":"/v1/$ks/slices/a?v=eq.1"}                                   | 400 | invalid-filter
          {"delete":"/v1/$ks/slices/a","if_match":"*"}                           | 400 | condition-not-possible
          {"delete":"/v1/$ks/users/a","ttl":5}                                   | 400 | invalid-header
          {"delete":"/v1/$ks/users/a","if_none_match":"*"}                       | 400 | invalid-header
          {"delete":"/v1/$ks/users/a","row":{}}                                  | 400 | invalid-operation
          {"merge":"/v1/$ks/users/a"}                                            | 400 | invalid-operation
          {"merge":"/v1/$ks/users/a","row":[]}                                   | 400 | invalid-operation
          {"merge":5,"row":{}}                                                   | 400 | invalid-operation
          {"merge":"/v1/$ks/users/a","insert":"/v1/$ks/users","row":{}}          | 400 | invalid-operation
          {"merge":"/v1/$ks/users/a","merge":"/v1/$ks/users/a","row":{}}         | 400 | invalid-json
          {"row":{}}                                                             | 400 | invalid-operation
          {}                                                                     | 400 | invalid-operation
          []                                                                     | 400 | invalid-operation
          null                                                                   | 400 | invalid-operation
          {"insert":"/v1/$ks/users","row":{"id":"a"},"ttl":"5"}                  | 400 | invalid-operation
          {"insert":"/v1/$ks/users","row":{"id":"a"},"ttl":-5}                   | 400 | invalid-header
          {"insert":"/v1/$ks/users","row":{"id":"a"},"if_match":"*"}             | 400 | invalid-header
          {"insert":"/v1/$ks/users","row":{"id":"a"},"if_none_match":"x"}        | 400 | invalid-header
          {"merge":"/v1/$ks/users/a","row":{"n":1},"if_match":"\\"x\\""}           | 400 | condition-not-possible
          {"merge":"/v1/$ks/users/a","row":{"n":1},"if_match":"*"}               | 400 | condition-not-possible
          {"merge":"/v1/$ks/hits/a","row":{"n":{"$inc":1}}}                      | 400 | invalid-operation
          """)
  void whatIsWrongWithAnOperationIsToldWithItsIndex(String operation, int status, String code) {
    post("[{\"insert\":\"/v1/$ks/users\",\"row\":{\"id\":\"first\"}}," + operation + "]")
        .statusCode(status)
        .body("code", equalTo(code))
        .body("index", equalTo(1));
    assertEquals(
        0, execute("SELECT * FROM %s.users WHERE id = 'first'".formatted(keyspace)).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"upsert":"/v1/$ks/users/a","row":{}}                | merge is the member for PATCH
          {"inserts":"/v1/$ks/users","row":{}}                 | Did you mean insert?
          {"insert":"/v1/$ks/users","values":{}}               | The row is the member row
          {"method":"POST","path":"/v1/$ks/users"}             | A new row is
          {"insert":"/v1/$ks/users","row":{},"if":"x"}         | if_none_match
          {"insert":"/v1/$ks/users","row":{},"timestamp":1}    | Cassandra-Timestamp
          """)
  void anUnknownMemberIsToldWhatIsMeant(String operation, String hint) {
    post("[" + operation + "]")
        .statusCode(400)
        .body("code", equalTo("invalid-operation"))
        .body("hint", containsString(hint))
        .body("index", equalTo(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"insert":"/v1/$ks/slices","row":{"p":"x","c":1,"v":"a"}} | {"insert":"/v1/$ks/slices","row":{"p":"x","c":1,"v":"b"}}
          {"insert":"/v1/$ks/slices","row":{"p":"x","c":1,"s":"a"}} | {"insert":"/v1/$ks/slices","row":{"p":"x","c":2,"s":"b"}}
          {"insert":"/v1/$ks/slices","row":{"p":"x","c":1,"s":"a"}} | {"merge":"/v1/$ks/slices/x","row":{"s":"b"}}
          {"insert":"/v1/$ks/slices","row":{"p":"x","c":1},"ttl":9} | {"insert":"/v1/$ks/slices","row":{"p":"x","c":1}}
          {"replace":"/v1/$ks/slices/x/1","row":{"v":"a"}}          | {"merge":"/v1/$ks/slices/x/1","row":{"w":"b"}}
          {"merge":"/v1/$ks/slices/x/1","row":{"v":"a"}}            | {"merge":"/v1/$ks/slices/x/1","row":{"v":null}}
          {"merge":"/v1/$ks/slices/x/1","row":{"v":"a"},"ttl":5}    | {"merge":"/v1/$ks/slices/x/1","row":{"v":"a"}}
          {"delete":"/v1/$ks/slices/x"}                             | {"merge":"/v1/$ks/slices/x","row":{"s":"b"}}
          {"delete":"/v1/$ks/slices/x"}                             | {"insert":"/v1/$ks/slices","row":{"p":"x","c":1}}
          {"delete":"/v1/$ks/slices/x/1"}                           | {"insert":"/v1/$ks/slices","row":{"p":"x","c":1}}
          {"delete":"/v1/$ks/slices/x?c=in.(1,2)"}                  | {"merge":"/v1/$ks/slices/x/2","row":{"v":"a"}}
          {"delete":"/v1/$ks/slices/x?c=gt.1"}                      | {"merge":"/v1/$ks/slices/x/2","row":{"v":"a"}}
          {"merge":"/v1/$ks/users/x","row":{"tags":{"$add":["a"]}}} | {"merge":"/v1/$ks/users/x","row":{"tags":{"$remove":["a"]}}}
          {"merge":"/v1/$ks/users/x","row":{"tags":["a"]}}          | {"merge":"/v1/$ks/users/x","row":{"tags":["b"]}}
          {"merge":"/v1/$ks/users/x","row":{"l":[1]}}               | {"merge":"/v1/$ks/users/x","row":{"l":[1]}}
          {"merge":"/v1/$ks/users/x","row":{"l":{"$add":[1]}}}      | {"merge":"/v1/$ks/users/x","row":{"l":{"$add":[1]}}}
          """)
  void whatWouldBeLostInOneTimestampIsRefusedInBothOrders(String one, String other) {
    for (List<String> pair : List.of(List.of(one, other), List.of(other, one))) {
      post("[" + String.join(",", pair) + "]")
          .statusCode(400)
          .body("code", equalTo("key-mismatch"))
          .body("indexes", contains(0, 1))
          .body("index", equalTo(1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"insert":"/v1/$ks/slices","row":{"p":"y","c":1,"v":"a"}} | {"insert":"/v1/$ks/slices","row":{"p":"y","c":1,"w":"b"}}
          {"insert":"/v1/$ks/slices","row":{"p":"y","c":1,"s":"a"}} | {"insert":"/v1/$ks/slices","row":{"p":"y","c":2,"s":"a"}}
          {"merge":"/v1/$ks/slices/y/1","row":{"v":"a"}}            | {"merge":"/v1/$ks/slices/y/1","row":{"w":"b"}}
          {"delete":"/v1/$ks/slices/y/1"}                           | {"merge":"/v1/$ks/slices/y","row":{"s":"b"}}
          {"delete":"/v1/$ks/slices/y?c=in.(1,3)"}                  | {"merge":"/v1/$ks/slices/y/2","row":{"v":"a"}}
          {"delete":"/v1/$ks/slices/y?c=gt.1&c=lte.3"}              | {"merge":"/v1/$ks/slices/y/4","row":{"v":"a"}}
          {"delete":"/v1/$ks/slices/y"}                             | {"delete":"/v1/$ks/slices/y/1"}
          {"merge":"/v1/$ks/users/y","row":{"tags":{"$add":["a"]}}} | {"merge":"/v1/$ks/users/y","row":{"tags":{"$add":["b"]}}}
          {"merge":"/v1/$ks/hits/y","row":{"n":{"$inc":1}}}         | {"merge":"/v1/$ks/hits/y","row":{"n":{"$inc":1}}}
          """)
  void whatIsTheSameInEitherOrderIsWritten(String one, String other) {
    post("[" + one + "," + other + "]").statusCode(200).body("written", equalTo(2));
    post("[" + other + "," + one + "]").statusCode(200).body("written", equalTo(2));
  }

  @Test
  void atomicArraysDoNotSetAStaticColumnInTwoWays() {
    given(json())
        .header("Prefer", "atomic")
        .body("[{\"p\":\"at\",\"c\":1,\"s\":\"a\"},{\"p\":\"at\",\"c\":2,\"s\":\"b\"}]")
        .post("/v1/" + keyspace + "/slices")
        .then()
        .statusCode(400)
        .body("code", equalTo("key-mismatch"))
        .body("indexes", contains(0, 1));
  }

  /** 18 MB in JSON of what is 3 MB. */
  @Test
  void aRowThatIsTooLargeToBeShownIsNamedAsWell() {
    Cassandra.session()
        .execute(
            "INSERT INTO %s.slices (p, c, v) VALUES ('large', 1, ?) IF NOT EXISTS"
                .formatted(keyspace),
            "\u0001".repeat(3 << 20));
    execute(
        "INSERT INTO %s.slices (p, c, v) VALUES ('large', 2, 'a') IF NOT EXISTS"
            .formatted(keyspace));
    post("""
            [{"insert":"/v1/$ks/slices","row":{"p":"large","c":3}},
             {"replace":"/v1/$ks/slices/large/1","row":{"w":"b"},"if_none_match":"*"},
             {"replace":"/v1/$ks/slices/large/2","row":{"w":"b"},"if_none_match":"*"}]
            """)
        .statusCode(412)
        .body("code", equalTo("condition-failed"))
        .body("index", equalTo(1))
        .body("failed.index", contains(1, 2))
        .body("failed[0].size()", equalTo(1))
        .body("failed[1].current.v", equalTo("a"));
    assertEquals(
        2, execute("SELECT c FROM %s.slices WHERE p = 'large'".formatted(keyspace)).size());
  }

  @Test
  void conditionsOnColumnsAreFiltersInThePathsOfOperations() {
    execute(
        "INSERT INTO %s.slices (p, c, v, w) VALUES ('if', 1, 'a', 'x') IF NOT EXISTS"
            .formatted(keyspace));
    post("""
            [{"merge":"/v1/$ks/slices/if/1?v=eq.a","row":{"w":"y"}},
             {"insert":"/v1/$ks/slices","row":{"p":"if","c":2,"v":"new"}}]
            """)
        .statusCode(200)
        .body("written", equalTo(2));
    post("""
            [{"insert":"/v1/$ks/slices","row":{"p":"if","c":3,"v":"new"}},
             {"replace":"/v1/$ks/slices?p=eq.if&c=eq.1&w=in.(a,b)","row":{"v":"lost"}}]
            """)
        .statusCode(412)
        .body("index", equalTo(1))
        .body("failed[0].current.v", equalTo("a"))
        .body("failed[0].current.w", equalTo("y"));
    post("""
            [{"replace":"/v1/$ks/slices/if/1?w=eq.y&v=is.not_null","row":{"v":"b"}},
             {"delete":"/v1/$ks/slices/if/2?v=ne.old"}]
            """)
        .statusCode(200);
    given()
        .get("/v1/" + keyspace + "/slices/if")
        .then()
        .body("c", contains(1))
        .body("v", contains("b"))
        .body("w[0]", nullValue());
    post("""
            [{"merge":"/v1/$ks/slices/if/1?v=eq.b","row":{"w":"y"}},
             {"insert":"/v1/$ks/slices","row":{"p":"other","c":2}}]
            """)
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"))
        .body("index", equalTo(1));
    post("""
            [{"merge":"/v1/$ks/slices/if/1?x=eq.b","row":{"w":"y"}}]
            """)
        .statusCode(400)
        .body("code", equalTo("unknown-column"))
        .body("index", equalTo(0));
  }

  @Test
  void aMergeOfNothingInsertsTheKeyWhereItsFiltersHoldOfNoRow() {
    post("""
            [{"merge":"/v1/$ks/slices/key/1?v=is.null","row":{}},
             {"merge":"/v1/$ks/slices?p=eq.key&c=eq.2&w=ne.x","row":{"p":"key","c":2},"ttl":1000},
             {"insert":"/v1/$ks/slices","row":{"p":"key","c":3}}]
            """)
        .statusCode(200)
        .body("written", equalTo(3));
    given().get("/v1/" + keyspace + "/slices/key").then().body("c", contains(1, 2, 3));
    post("""
            [{"insert":"/v1/$ks/slices","row":{"p":"key","c":4}},
             {"merge":"/v1/$ks/slices/key/1?v=eq.a","row":{}}]
            """)
        .statusCode(412)
        .body("index", equalTo(1));
    given().get("/v1/" + keyspace + "/slices/key").then().body("c", contains(1, 2, 3));
  }

  /**
   * Cassandra reads the rows that have a condition, and takes nothing out of a list it has not
   * read.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"merge":"$t/1","row":{"v":1},"if_match":"*"} | {"merge":"$t/2","row":{"l":{"$remove":["a"]}}}               | 1
          {"merge":"$t/2","row":{"l":{"$remove":["a"]}}} | {"merge":"$t/1?v=is.null","row":{"v":1}}                    | 0
          {"insert":"$ks/lists","row":{"p":$p,"c":3},"if_none_match":"*"} | {"merge":"$t/2","row":{"l":{"$add":["c"],"$remove":["a"]}}} | 1
          {"merge":"$t?s=eq.x","row":{"s":"y"}}         | {"merge":"$t/2","row":{"l":{"$remove":["a"]}}}               | 1
          {"merge":"$t/2?s=eq.x","row":{"v":1}}         | {"merge":"$t/2","row":{"l":{"$remove":["a"]}}}               | 1
          {"merge":"$t/2?s=eq.x","row":{"l":{"$remove":["a"]}}} | {"merge":"$t/1","row":{"v":1}}                       | 0
          """)
  void nothingIsTakenOutOfAListThatNoConditionReads(String one, String other, int index) {
    int p = lists();
    post(ofLists(p, one, other))
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"))
        .body("index", equalTo(index))
        .body("hint", containsString("if_match"));
    assertEquals("['a', 'b'] {'x', 'y'} {'x': 1, 'y': 2} ['a', 'b']", stored(p));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"merge":"$t/2","row":{"l":{"$remove":["a"]}},"if_match":"*"}      | {"merge":"$t/1","row":{"v":1}}                  | ['b'] {'x', 'y'} {'x': 1, 'y': 2} ['a', 'b']
          {"merge":"$t/2?v=is.null&s=eq.x","row":{"l":{"$remove":["a"]}}}    | {"merge":"$t/1","row":{"v":1}}                  | ['b'] {'x', 'y'} {'x': 1, 'y': 2} ['a', 'b']
          {"merge":"$t/2?v=is.null","row":{"v":1}}                          | {"merge":"$t/2","row":{"l":{"$remove":["a"]}}}  | ['b'] {'x', 'y'} {'x': 1, 'y': 2} ['a', 'b']
          {"merge":"$t/1","row":{"v":1},"if_match":"*"}                     | {"merge":"$t/2","row":{"tags":{"$remove":["x"]},"m":{"$remove":["x"]},"l":{"$add":["c"]}}} | ['a', 'b', 'c'] {'y'} {'y': 2} ['a', 'b']
          {"merge":"$t/1","row":{"v":1},"if_match":"*"}                     | {"merge":"$t","row":{"sl":{"$remove":["a"]}}}   | ['a', 'b'] {'x', 'y'} {'x': 1, 'y': 2} ['b']
          {"merge":"$t/1","row":{"v":1},"if_match":"*"}                     | {"merge":"$t/2","row":{"sl":{"$remove":["a"]}}} | ['a', 'b'] {'x', 'y'} {'x': 1, 'y': 2} ['b']
          {"merge":"$t?s=eq.x","row":{"sl":{"$remove":["a"]}}}              | {"merge":"$t/2","row":{"v":1}}                  | ['a', 'b'] {'x', 'y'} {'x': 1, 'y': 2} ['b']
          {"merge":"$t/2?s=eq.x","row":{"sl":{"$remove":["a"]}}}            | {"merge":"$t/1","row":{"v":1}}                  | ['a', 'b'] {'x', 'y'} {'x': 1, 'y': 2} ['b']
          {"insert":"$ks/lists","row":{"p":$p,"c":3},"if_none_match":"*"}   | {"merge":"$t","row":{"sl":{"$remove":["a"]}}}   | ['a', 'b'] {'x', 'y'} {'x': 1, 'y': 2} ['b']
          """)
  void whatIsReadOrNeedNotBeIsTakenOut(String one, String other, String stored) {
    int p = lists();
    post(ofLists(p, one, other)).statusCode(200);
    assertEquals(stored, stored(p));
    p = lists();
    post(ofLists(p, other, one)).statusCode(200);
    assertEquals(stored, stored(p));
  }

  /** Rows 1 and 2 of a new partition. */
  private static int lists() {
    int p = (int) (System.nanoTime() / 1000);
    for (int c = 1; c <= 2; c++) {
      execute(
          ("INSERT INTO %s.lists (p, c, s, l, tags, m, sl) VALUES (%d, %d, 'x', ['a', 'b'],"
                  + " {'x', 'y'}, {'x': 1, 'y': 2}, ['a', 'b'])")
              .formatted(keyspace, p, c));
    }
    return p;
  }

  private static String ofLists(int p, String one, String other) {
    return "[%s,%s]"
        .formatted(one, other)
        .replace("$t", "/v1/$ks/lists/" + p)
        .replace("\"$ks/", "\"/v1/$ks/")
        .replace("$p,", p + ",");
  }

  private static String stored(int p) {
    Row row =
        one("SELECT l, tags, m, sl FROM %s.lists WHERE p = %d AND c = 2".formatted(keyspace, p));
    return IntStream.range(0, 4)
        .mapToObj(i -> row.getObject(i))
        .map(
            value ->
                row.codecRegistry()
                    .codecFor(value)
                    .format(value)
                    .replace(",", ", ")
                    .replace(":", ": "))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c=in.(5,6)", "c=in.(5)"})
  void aDeletionOfSeveralRowsByInGoesWithNoCondition(String filter) {
    String delete = "{\"delete\":\"/v1/$ks/slices/in?" + filter + "\"}";
    String insert =
        "{\"insert\":\"/v1/$ks/slices\",\"row\":{\"p\":\"in\",\"c\":1},\"if_none_match\":\"*\"}";
    post("[" + insert + "," + delete + "]")
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"))
        .body("index", equalTo(1))
        .body("detail", containsString("IN"));
    post("[" + delete + "," + insert + "]")
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"))
        .body("index", equalTo(0));
    post("[" + insert + "," + delete.replace("in.(5,6)", "gte.5").replace("in.(5)", "eq.5") + "]")
        .statusCode(200);
    execute("DELETE FROM %s.slices WHERE p = 'in' AND c = 1 IF EXISTS".formatted(keyspace));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"merge":"$t/1","row":{"v":"b"},"if_match":"*"} | {"merge":"$t/1?v=eq.a","row":{"w":"b"}}
          {"delete":"$t/1","if_match":"*"}                | {"delete":"$t/1?v=eq.a"}
          {"insert":"$i","row":{"p":"kinds","c":1,"v":"b"},"if_none_match":"*"} | {"merge":"$t/1?w=is.null","row":{"w":"b"}}
          {"insert":"$i","row":{"p":"kinds","c":1,"v":"b"},"if_none_match":"*"} | {"merge":"$t/1","row":{"w":"b"},"if_match":"*"}
          """)
  void conditionsOnOneRowAreOfOneKind(String one, String other) {
    for (List<String> pair : List.of(List.of(one, other), List.of(other, one))) {
      post(kinds(pair))
          .statusCode(400)
          .body("code", equalTo("condition-not-possible"))
          .body("index", equalTo(1))
          .body("indexes", contains(0, 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"merge":"$t/1","row":{"v":"a"},"if_match":"*"} | {"merge":"$t/1?s=eq.x","row":{"w":"b"}}
          {"merge":"$t/1","row":{"v":"a"},"if_match":"*"} | {"merge":"$t/1","row":{"w":"b"},"if_match":"*"}
          {"merge":"$t/1?v=eq.a","row":{"w":"a"}}         | {"merge":"$t/1?v=in.(a,b)&s=eq.x","row":{"v":"a"}}
          {"merge":"$t/1?v=eq.a","row":{"w":"a"}}         | {"merge":"$t/2","row":{"v":"a"},"if_match":"*"}
          {"merge":"$t/1?v=eq.a","row":{"w":"a"},"if_match":"*"} | {"merge":"$t/1?v=eq.a","row":{"v":"a"}}
          {"insert":"$i","row":{"p":"kinds","c":3,"v":"b"},"if_none_match":"*"} | {"merge":"$t/3?s=eq.x","row":{"w":"b"}}
          """)
  void andThoseOfStaticColumnsAreOnNoRow(String one, String other) {
    for (List<String> pair : List.of(List.of(one, other), List.of(other, one))) {
      post(kinds(pair)).statusCode(200);
    }
  }

  /** Of a partition with the rows 1 and 2. */
  private static String kinds(List<String> operations) {
    execute("DELETE FROM %s.slices WHERE p = 'kinds' AND c = 3 IF EXISTS".formatted(keyspace));
    for (int c = 1; c <= 2; c++) {
      execute(
          "UPDATE %s.slices SET s = 'x', v = 'a', w = 'a' WHERE p = 'kinds' AND c = %d IF v != 'z'"
              .formatted(keyspace, c));
    }
    return ("[" + String.join(",", operations) + "]")
        .replace("$t", "/v1/$ks/slices/kinds")
        .replace("$i", "/v1/$ks/slices");
  }

  @Test
  void conditionsHoldForAllOrNothingIsDone() {
    post("""
            [{"insert":"/v1/$ks/slices","row":{"p":"lwt","c":1,"v":"a"},"if_none_match":"*"},
             {"insert":"/v1/$ks/slices","row":{"p":"lwt","c":2,"v":"a","s":"x"}}]
            """)
        .statusCode(200)
        .body("written", equalTo(2));
    post("""
            [{"insert":"/v1/$ks/slices","row":{"p":"lwt","c":3},"if_none_match":"*"},
             {"insert":"/v1/$ks/slices","row":{"p":"lwt","c":1,"v":"b"},"if_none_match":"*"},
             {"delete":"/v1/$ks/slices/lwt/4","if_match":"*"},
             {"replace":"/v1/$ks/slices/lwt/2","row":{"w":"r"},"if_match":"*"}]
            """)
        .statusCode(412)
        .body("code", equalTo("condition-failed"))
        .body("index", equalTo(1))
        .body("failed.index", contains(1, 2))
        .body("failed[0].current.v", equalTo("a"))
        .body("failed[1].current", nullValue());
    assertEquals(2, execute("SELECT * FROM %s.slices WHERE p = 'lwt'".formatted(keyspace)).size());
    post("""
            [{"replace":"/v1/$ks/slices/lwt/2","row":{"w":"r"},"if_match":"*"},
             {"delete":"/v1/$ks/slices/lwt/1","if_match":"*"},
             {"merge":"/v1/$ks/slices/lwt","row":{"s":"y"}}]
            """)
        .statusCode(200);
    Row row = one("SELECT c, v, w, s FROM %s.slices WHERE p = 'lwt'".formatted(keyspace));
    assertEquals(2, row.getInt("c"));
    assertTrue(row.isNull("v"));
    assertEquals("r", row.getString("w"));
    assertEquals("y", row.getString("s"));
  }

  @Test
  void aConditionOnStaticColumnsOfAPartitionIsNamedAsWell() {
    execute(
        "INSERT INTO %s.slices (p, c, v, s) VALUES ('static', 1, 'a', 'x') IF NOT EXISTS"
            .formatted(keyspace));
    post("""
            [{"insert":"/v1/$ks/slices","row":{"p":"static","c":2}},
             {"merge":"/v1/$ks/slices/static?s=eq.y","row":{"s":"z"}}]
            """)
        .statusCode(412)
        .body("code", equalTo("condition-failed"))
        .body("index", equalTo(1))
        .body("failed", contains(Map.of("index", 1)));
    post("""
            [{"merge":"/v1/$ks/slices/static?s=eq.y","row":{"s2":"z"}},
             {"merge":"/v1/$ks/slices/static/1?v=eq.a","row":{"w":"b"}}]
            """)
        .statusCode(412)
        .body("index", equalTo(0))
        .body("failed.index", contains(0, 1))
        .body("failed[0].size()", equalTo(1))
        .body("failed[1].current.v", equalTo("a"));
  }

  @Test
  void aRowCannotBeWantedAndNotWanted() {
    post("""
            [{"merge":"/v1/$ks/slices/both/1","row":{"v":"a"},"if_match":"*"},
             {"insert":"/v1/$ks/slices","row":{"p":"both","c":1,"w":"b"},"if_none_match":"*"}]
            """)
        .statusCode(400)
        .body("code", equalTo("condition-not-possible"))
        .body("index", equalTo(1));
  }

  @Test
  void countersAreABatchOfTheirOwn() {
    post("""
            [{"merge":"/v1/$ks/hits/home","row":{"n":{"$inc":1}}},
             {"merge":"/v1/$ks/likes/home","row":{"n":{"$inc":2}}}]
            """)
        .statusCode(200);
    assertEquals(2, one("SELECT n FROM %s.likes WHERE k = 'home'".formatted(keyspace)).getLong(0));
    given(json())
        .header("Cassandra-TTL", 5)
        .body(in("[{\"merge\":\"/v1/$ks/hits/home\",\"row\":{\"n\":{\"$inc\":1}}}]"))
        .post("/v1")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-header"));
  }

  @Test
  void onePartitionMayGoWithoutTheBatchLog() {
    given(json())
        .header("Prefer", "unlogged, return=outcomes")
        .body(
            in(
                """
                [{"insert":"/v1/$ks/slices","row":{"p":"un","c":1}},{"delete":"/v1/$ks/slices/un/2"}]
                """))
        .post("/v1")
        .then()
        .statusCode(200)
        .header("Preference-Applied", "unlogged, return=outcomes")
        .body("outcomes.status", contains(201, 204));
    given(json())
        .header("Prefer", "unlogged")
        .body(
            in(
                """
                [{"insert":"/v1/$ks/slices","row":{"p":"un","c":1}},{"delete":"/v1/$ks/slices/uu/2"}]
                """))
        .post("/v1")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-preference"))
        .body("index", equalTo(1));
  }

  @Test
  void headersAreForAllOfThem() {
    given(json())
        .header("Cassandra-TTL", 500)
        .header("Cassandra-Timestamp", 12345)
        .header("Cassandra-Consistency", "ONE")
        .body(
            in(
                """
                [{"insert":"/v1/$ks/users","row":{"id":"head","n":1}},
                 {"merge":"/v1/$ks/by_email/head","row":{"id":"x"},"ttl":50}]
                """))
        .post("/v1")
        .then()
        .statusCode(200)
        .header("Cassandra-TTL", "500")
        .header("Cassandra-Timestamp", "12345")
        .header("Cassandra-Consistency", "ONE");
    Row user =
        one("SELECT writetime(n), ttl(n) FROM %s.users WHERE id = 'head'".formatted(keyspace));
    assertEquals(12345, user.getLong(0));
    assertTrue(user.getInt(1) > 50);
    Row email =
        one(
            "SELECT writetime(id), ttl(id) FROM %s.by_email WHERE email = 'head'"
                .formatted(keyspace));
    assertEquals(12345, email.getLong(0));
    assertTrue(email.getInt(1) <= 50);
  }

  @ParameterizedTest
  @CsvSource({"If-Match, *", "If-None-Match, *", "If-Match, \"x\""})
  void conditionsAreNotHeaders(String name, String value) {
    given(json())
        .header(name, value)
        .body("[]")
        .post("/v1")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-header"))
        .body("hint", containsString("if_match"));
  }

  @Test
  void explainSaysWhatWouldRun() {
    given(json())
        .body(
            in(
                """
                [{"insert":"/v1/$ks/users","row":{"id":"explained","n":1}},
                 {"delete":"/v1/$ks/by_email/x"}]
                """))
        .post("/v1?explain=true")
        .then()
        .statusCode(200)
        .body("batch", equalTo("LOGGED"))
        .body("statements.index", contains(0, 1))
        .body("statements[1].cql", containsString("DELETE FROM"))
        .body("statements[1].values[0].value", equalTo("x"))
        .body("consistency", equalTo("LOCAL_QUORUM"))
        .body("idempotent", equalTo(true));
    assertEquals(
        0, execute("SELECT * FROM %s.users WHERE id = 'explained'".formatted(keyspace)).size());
    given(json()).body("[]").post("/v1?scan=true").then().statusCode(400);
  }

  @Test
  void explainSaysWhatHeadersAndMembersSet() {
    given(json())
        .header("Cassandra-Timestamp", 12345)
        .header("Cassandra-TTL", 500)
        .body(
            in(
                """
                [{"insert":"/v1/$ks/users","row":{"id":"explained"}},
                 {"insert":"/v1/$ks/by_email","row":{"email":"x"},"ttl":50}]
                """))
        .post("/v1?explain=true")
        .then()
        .statusCode(200)
        .body("statements.ttl", contains(500, 50))
        .body("timestamp", equalTo("12345"))
        .body("$", not(hasKey("serial_consistency")));
    given(json())
        .header("Cassandra-Serial-Consistency", "LOCAL_SERIAL")
        .body(
            in(
                """
                [{"insert":"/v1/$ks/slices","row":{"p":"explained","c":1}},
                 {"insert":"/v1/$ks/slices","row":{"p":"explained","c":2},"if_none_match":"*"}]
                """))
        .post("/v1?explain=true")
        .then()
        .statusCode(200)
        .body("serial_consistency", equalTo("LOCAL_SERIAL"))
        .body("idempotent", equalTo(false))
        .body("$", not(hasKey("timestamp")))
        .body("statements[0]", not(hasKey("ttl")));
  }

  @Test
  void whatIsNoBatchIsRefused() {
    post("{}").statusCode(400).body("code", equalTo("invalid-json"));
    post("[{]").statusCode(400).body("code", equalTo("invalid-json"));
    post("[]").statusCode(200).body("written", equalTo(0));
    String row = "{\"delete\":\"/v1/$ks/users/many\"}";
    post("[" + String.join(",", Collections.nCopies(101, row)) + "]")
        .statusCode(400)
        .body("code", equalTo("limit-exceeded"))
        .body("limit", equalTo("ringlet.batch.max-rows"));
    post("[" + String.join(",", Collections.nCopies(100, row)) + "]").statusCode(200);
    post("[{\"delete\":\"/v1/$ks/users/many?id%s=eq.1\"}]".formatted("[]".repeat(20_000)))
        .statusCode(400)
        .body("code", equalTo("limit-exceeded"))
        .body("limit", equalTo("quarkus.http.limits.max-initial-line-length"))
        .body("index", equalTo(0));
    given()
        .contentType("application/x-ndjson")
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .post("/v1")
        .then()
        .statusCode(415)
        .header("Accept-Post", "application/json")
        .body("accepted", contains("application/json"));
  }

  @Test
  void whatIsTooLargeForCassandraIsNotWritten() {
    String value = "x".repeat(8000);
    String rows =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    "{\"insert\":\"/v1/$ks/users\",\"row\":{\"id\":\"large%d\",\"email\":\"%s\"}}"
                        .formatted(i, value))
            .collect(Collectors.joining(",", "[", "]"));
    post(rows)
        .statusCode(400)
        .body("code", equalTo("limit-exceeded"))
        .body("detail", containsString("nothing was written"))
        .body("limit", containsString("batch_size_fail_threshold"));
    assertEquals(
        0, execute("SELECT * FROM %s.users WHERE id = 'large0'".formatted(keyspace)).size());
  }

  @Test
  void optionsHasPost() {
    given()
        .options("/v1")
        .then()
        .statusCode(204)
        .header("Allow", "GET, HEAD, OPTIONS, POST")
        .header("Accept-Post", "application/json");
    given().put("/v1").then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS, POST");
    given().options("/v1/" + keyspace).then().header("Allow", not(containsString("POST")));
  }

  @Test
  void pathsMayHaveCharactersThatARequestLineMayNot() {
    post("[{\"merge\":\"/v1/$ks/users/Zoë Müller\",\"row\":{\"n\":1}}]").statusCode(200);
    post("[{\"merge\":\"/v1/$ks/users/Zo%C3%AB%20M\",\"row\":{\"n\":1}}]").statusCode(200);
    assertEquals(
        1, execute("SELECT * FROM %s.users WHERE id = 'Zoë Müller'".formatted(keyspace)).size());
    assertEquals(
        1, execute("SELECT * FROM %s.users WHERE id = 'Zoë M'".formatted(keyspace)).size());
  }

  @Test
  void valuesAreMadeInRowsAndKeys() {
    String now = "{\"$now\":true}";
    String row =
        "{\"k\":\"made\",\"at\":$,\"seen\":$,\"day\":$,\"t\":$,\"ref\":{\"$uuid\":true}}"
            .replace("$,", now + ",");
    String location =
        given(json())
            .header("Prefer", "return=representation")
            .body(row)
            .post("/v1/" + keyspace + "/events")
            .then()
            .statusCode(201)
            .body("seen.substring(0, 10)", equalTo(LocalDate.now(ZoneOffset.UTC).toString()))
            .extract()
            .header("Location");
    Row stored = one("SELECT * FROM %s.events WHERE k = 'made'".formatted(keyspace));
    assertTrue(location.endsWith("/made/" + stored.getUuid("at")), location);
    assertEquals(
        stored.getInstant("seen").toEpochMilli(), Uuids.unixTimestamp(stored.getUuid("at")));
    assertEquals(4, stored.getUuid("ref").version());
    post("[{\"insert\":\"/v1/$ks/events\",\"row\":" + row.replace("made", "b") + "}]")
        .statusCode(200);
    String array = row.replace("made", "many");
    given(json()).body("[" + array + "," + array + "]").post("/v1/" + keyspace + "/events");
    given()
        .contentType("application/x-ndjson")
        .body((array + "\n" + array).getBytes(StandardCharsets.UTF_8))
        .post("/v1/" + keyspace + "/events");
    List<UUID> ids =
        execute("SELECT at FROM %s.events WHERE k = 'many'".formatted(keyspace)).stream()
            .map(many -> many.getUuid("at"))
            .toList();
    assertEquals(4, ids.stream().distinct().count());
  }

  /** Each is planned after the other: what its lists take is no more than those of one. */
  @Test
  void longListsOfManyOperationsAreNoneTooMany() {
    String values = IntStream.range(0, 5000).mapToObj(i -> "x").collect(Collectors.joining(","));
    String operation =
        "{\"merge\":\"/v1/%s/slices/long/%d?w=in.(" + values + ")\",\"row\":{\"v\":\"a\"}}";
    post(IntStream.range(0, 60)
            .mapToObj(i -> operation.formatted(keyspace, i))
            .collect(Collectors.joining(",", "[", "]")))
        .statusCode(412);
  }

  private static ValidatableResponse post(String body) {
    return given(json()).body(in(body)).post("/v1").then();
  }

  private static String in(String body) {
    return body.replace("$ks", keyspace);
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }
}
