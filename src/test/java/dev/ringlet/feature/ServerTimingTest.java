package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer says of its request: its id, and where the time went. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class ServerTimingTest {
  private static final String ROW = "/v1/my_keyspace/my_table/hello";
  private static final String MADE = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String MILLIS = ";dur=[0-9]+\\.[0-9]{3}";

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @Test
  void theIdOfTheClientIsInTheAnswerWhateverItIs() {
    given()
        .header("X-Request-Id", "Abc-1.2_3:/+=@")
        .get(ROW)
        .then()
        .statusCode(200)
        .header("X-Request-Id", equalTo("Abc-1.2_3:/+=@"));
    given()
        .header("X-Request-Id", "lost")
        .get("/nowhere")
        .then()
        .statusCode(404)
        .header("X-Request-Id", equalTo("lost"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "quote\"", "new\u00e9", ""})
  void anIdThatCouldNotBeLoggedAsItIsIsNotTaken(String id) {
    given()
        .header("X-Request-Id", id)
        .get(ROW)
        .then()
        .statusCode(200)
        .header("X-Request-Id", matchesPattern(MADE));
  }

  @Test
  void anIdIsMadeForEachRequestThatHasNone() {
    assertNotEquals(
        given().get(ROW).getHeader("X-Request-Id"), given().get(ROW).getHeader("X-Request-Id"));
    given()
        .header("X-Request-Id", "a".repeat(129))
        .get(ROW)
        .then()
        .header("X-Request-Id", matchesPattern(MADE));
  }

  @Test
  void whoAsksSeesHowLongEachStageOfAReadTook() {
    given().get(ROW).then().header("Server-Timing", nullValue());
    given()
        .header("Prefer", "server-timing")
        .get(ROW)
        .then()
        .statusCode(200)
        .header("Preference-Applied", containsString("server-timing"))
        .header(
            "Server-Timing",
            matchesPattern("parse%1$s, plan%1$s, cassandra%1$s, encode%1$s".formatted(MILLIS)));
  }

  @Test
  void whoAsksSeesHowLongAWriteTook() {
    given()
        .header("Prefer", "server-timing")
        .contentType("application/json")
        .body("{\"value\":\"timed\"}")
        .put("/v1/my_keyspace/my_table/timed")
        .then()
        .statusCode(204)
        .header("Server-Timing", containsString("cassandra;dur="));
  }

  @Test
  void anErrorSaysHowFarItCame() {
    given()
        .header("Prefer", "server-timing")
        .get("/v1/my_keyspace/my_table?nosuch=eq.1")
        .then()
        .statusCode(400)
        .header("Server-Timing", matchesPattern("parse" + MILLIS));
    given()
        .header("Prefer", "server-timing")
        .get("/v1/my_keyspace/my_table/nosuchrow")
        .then()
        .statusCode(404)
        .header("Server-Timing", containsString("cassandra;dur="));
  }

  @Test
  void theTimesAddUpToLessThanTheRequestTook() {
    long before = System.nanoTime();
    String timing = given().header("Prefer", "server-timing").get(ROW).getHeader("Server-Timing");
    double took = (System.nanoTime() - before) / 1e6;
    double sum = 0;
    for (String stage : timing.split(", ", -1)) {
      sum += Double.parseDouble(stage.split("=", -1)[1]);
    }
    assertEquals(took, Math.max(sum, took), sum + " of " + took + " ms");
  }
}
