package dev.ringlet.feature;

import static dev.ringlet.feature.Cassandra.execute;
import static dev.ringlet.feature.Cassandra.one;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents bring rows, as Knative and others deliver them. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class EventsTest {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCHED = "application/cloudevents-batch+json";
  private static final String HEAD =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",";

  private static String keyspace;

  @BeforeAll
  static void createTables() {
    keyspace =
        Cassandra.keyspace(
            "events",
            "CREATE TABLE $ks.t (k text PRIMARY KEY, v int)",
            "CREATE TABLE $ks.counters (k text PRIMARY KEY, n counter)");
  }

  @Test
  void anEventInStructuredModeInsertsItsData() {
    structured(HEAD + "\"ext\":1,\"data\":" + row("s", 1) + "}")
        .statusCode(201)
        .header("Location", "/v1/" + keyspace + "/t/s")
        .body(emptyString());
    assertEquals(1, value("s"));
    given()
        .contentType(STRUCTURED + "; charset=utf-8")
        .header("ce-id", "a copy of an attribute means nothing here")
        .body(HEAD + "\"data\":" + row("s", 2) + "}")
        .post(table())
        .then()
        .statusCode(201);
    assertEquals(2, value("s"));
  }

  /** With the headers that a Trigger of Knative sends: an answer with a body would be a reply. */
  @Test
  void anEventInBinaryModeInsertsItsData() {
    binary()
        .header("Prefer", "reply")
        .header("Kn-Namespace", "ringlet")
        .header("Ce-Knativearrivaltime", "2026-11-22T10:00:00.123456789Z")
        .header("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .header("ce-subject", "Euro%20%E2%82%AC")
        .body(row("b", 1))
        .post(table())
        .then()
        .statusCode(201)
        .header("Preference-Applied", nullValue())
        .body(emptyString());
    assertEquals(1, value("b"));
  }

  @Test
  void anEventThatComesAgainInsertsTheSameRow() {
    for (int i = 0; i < 2; i++) {
      structured(HEAD + "\"data\":" + row("again", 1) + "}").statusCode(201);
    }
    assertEquals(1, value("again"));
  }

  @Test
  void theFirstDeliveryOfAKeyCanBeTheOneThatCounts() {
    binary()
        .header("If-None-Match", "*")
        .body(row("first", 1))
        .post(table())
        .then()
        .statusCode(201);
    binary()
        .header("If-None-Match", "*")
        .body(row("first", 2))
        .post(table())
        .then()
        .statusCode(412)
        .body("current.v", equalTo(1));
  }

  @Test
  void headersAndQueryMeanWhatTheyMeanForARow() throws IOException {
    given()
        .contentType(STRUCTURED)
        .header("Cassandra-TTL", "1000")
        .header("Prefer", "return=representation")
        .header("Content-Encoding", "gzip")
        .body(gzip(HEAD + "\"data\":" + row("knobs", 1) + "}"))
        .post(table())
        .then()
        .statusCode(201)
        .header("Cassandra-TTL", "1000")
        .body("v", equalTo(1));
    given().get(table() + "/knobs?select=ttl(v)").then().body("'ttl(v)'", greaterThan(900));
    given()
        .contentType(STRUCTURED)
        .body(HEAD + "\"data\":{\"k\":\"knobs\"}}")
        .post(table() + "?op=delete")
        .then()
        .statusCode(204);
    given().get(table() + "/knobs").then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"data\":{\"k\":\"no\",\"v\":\"x\"}}              | 400 | invalid-value      | pointer   | /data/v",
        "\"data\":{\"k\":\"no\",\"w\":1}}                  | 400 | unknown-column     | column    | w",
        "\"data\":{\"k\":\"no\",\"v\":1,\"v\":1}}          | 400 | invalid-json       | column    | v",
        "\"data\":[{\"k\":\"no\"}]}                        | 400 | invalid-json       | status    | 400",
        "\"data\":null}                                    | 400 | invalid-json       | status    | 400",
        "\"data_base64\":\"e30=\"}                         | 400 | invalid-event      | attribute | data_base64",
        "\"subject\":\"x\"}                                | 400 | invalid-event      | attribute | data",
        "\"id\":\"2\",\"data\":{\"k\":\"no\"}}             | 400 | invalid-event      | attribute | id",
        "\"datacontenttype\":\"text/xml\",\"data\":\"<a>\"} | 400 | invalid-event     | attribute | datacontenttype",
        "\"data\":{\"k\":\"no\"}                           | 400 | invalid-json       | line      | 1",
      })
  void whatIsWrongWithAnEventIsNamed(
      String rest, int status, String code, String member, String culprit) {
    structured(HEAD + rest)
        .statusCode(status)
        .body("code", equalTo(code))
        .body(member + ".toString()", equalTo(culprit));
    assertEquals(List.of(), execute("SELECT k FROM " + keyspace + ".t WHERE k = 'no'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ce-specversion     | 0.3              | specversion",
        "ce-specversion     |                  | specversion",
        "ce-id              |                  | id",
        "ce-source          | ''               | source",
        "ce-type            | %C0%A0           | type",
        "ce-subject         | %zz              | subject",
        "ce-datacontenttype | application/json | datacontenttype",
      })
  void anEventInBinaryModeIsWhole(String header, String value, String attribute) {
    RequestSpecification request = given().contentType("application/json");
    Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/s", "ce-type", "t")
        .forEach(
            (name, standard) -> {
              if (!name.equals(header)) {
                request.header(name, standard);
              }
            });
    if (value != null) {
      request.header(header, value);
    }
    request
        .body(row("no", 1))
        .post(table())
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-event"))
        .body("attribute", equalTo(attribute));
    assertEquals(List.of(), execute("SELECT k FROM " + keyspace + ".t WHERE k = 'no'"));
  }

  @Test
  void theDataOfOneEventIsOneRowInJson() {
    binary()
        .body("[" + row("no", 1) + "]")
        .post(table())
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-json"));
    binary()
        .body("")
        .post(table())
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-event"))
        .body("attribute", equalTo("data"));
    for (String type : List.of("text/csv", "application/x-ndjson", "application/xml")) {
      binary()
          .contentType(type)
          .body("k,v\nno,1\n".getBytes(StandardCharsets.UTF_8))
          .post(table())
          .then()
          .statusCode(415)
          .body("code", equalTo("unsupported-media-type"));
    }
  }

  @Test
  void aBatchInsertsTheDataOfEach() {
    batch(event(row("one", 1)), event(row("two", 2))).statusCode(204).body(emptyString());
    assertEquals(1, value("one"));
    assertEquals(2, value("two"));
    batch().statusCode(204);
  }

  /** A sender that is told of an error sends all again or none: what is good is there by then. */
  @Test
  void aBatchWithABadEventInsertsTheOthersAndIsRefused() {
    batch(event(row("good", 1)), event("{\"k\":1}"), "{\"id\":\"1\"}", event(row("best", 2)))
        .statusCode(400)
        .body("code", equalTo("invalid-value"))
        .body("index", equalTo(1))
        .body("pointer", equalTo("/1/data/k"))
        .body("written", equalTo(2))
        .body("failed", equalTo(2));
    assertEquals(1, value("good"));
    assertEquals(2, value("best"));
  }

  @Test
  void aBatchIsAnArrayOfEvents() {
    for (String body : List.of("", HEAD + "\"data\":{}}", "[1]", "[")) {
      given()
          .contentType(BATCHED)
          .body(body)
          .post(table())
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-json"));
    }
    given()
        .contentType(BATCHED)
        .header("Prefer", "atomic")
        .body("[]")
        .post(table())
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-preference"));
  }

  @Test
  void soManyOfABatchAtATimeAsItsSenderPrefers() {
    given()
        .contentType(BATCHED)
        .header("Prefer", "concurrency=4, return=outcomes")
        .body("[" + HEAD + "\"data\":" + row("preferred", 1) + "}]")
        .post(table())
        .then()
        .statusCode(204)
        .header("Preference-Applied", equalTo("concurrency=4"));
  }

  @Test
  void onlyATableTakesEvents() {
    for (String type : List.of(STRUCTURED, BATCHED)) {
      given()
          .contentType(type)
          .body("{}")
          .put(table() + "/x")
          .then()
          .statusCode(415)
          .body("hint", equalTo("Events go by POST to their table."));
    }
    given()
        .contentType(STRUCTURED)
        .body(HEAD + "\"data\":{\"k\":\"x\",\"n\":1}}")
        .post("/v1/" + keyspace + "/counters")
        .then()
        .statusCode(405);
    given()
        .contentType("application/cloudevents+avro")
        .body(new byte[] {1})
        .post(table())
        .then()
        .statusCode(415)
        .body("accepted", hasItems(STRUCTURED, BATCHED));
    given()
        .contentType("application/cloudevents")
        .body(new byte[] {1})
        .post(table())
        .then()
        .body("hint", equalTo("It is called " + STRUCTURED + " here."));
  }

  private static RequestSpecification binary() {
    return given()
        .contentType("application/json")
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "/s")
        .header("ce-type", "t");
  }

  private static ValidatableResponse structured(String event) {
    return given().contentType(STRUCTURED).body(event).post(table()).then();
  }

  private static ValidatableResponse batch(String... events) {
    return given()
        .contentType(BATCHED)
        .body("[" + String.join(",", events) + "]")
        .post(table())
        .then();
  }

  private static String event(String data) {
    return HEAD + "\"data\":" + data + "}";
  }

  private static String row(String key, int value) {
    return "{\"k\":\"%s\",\"v\":%d}".formatted(key, value);
  }

  private static String table() {
    return "/v1/" + keyspace + "/t";
  }

  private static int value(String key) {
    return one("SELECT v FROM " + keyspace + ".t WHERE k = ?", key).getInt("v");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
