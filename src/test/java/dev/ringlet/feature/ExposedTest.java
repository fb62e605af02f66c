package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ringlet.expose}: what is not exposed answers exactly as what does not exist. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ExposedTest.Some.class)
class ExposedTest {

  /** One table of weather, and a keyspace that is not there; and pages of two origins may ask. */
  public static class Some implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ringlet.expose", "weather.readings,absent",
          "ringlet.cache-control", "private,max-age=60",
          "quarkus.http.cors.enabled", "true",
          "quarkus.http.cors.origins", "https://one.example,https://two.example");
    }
  }

  /** A row of the samples, which {@link FromCqlTest} deletes. */
  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
    Cassandra.execute(
        "INSERT INTO weather.readings (station, day, time, temperature, wind_speed) VALUES"
            + " ('helgoland', '2026-11-22', '2026-11-22T12:00:00.000Z', 8.1, 15.25)");
  }

  @Test
  void onlyWhatIsExposedIsDescribed() {
    given()
        .get("/v1")
        .then()
        .body("keyspaces", equalTo(List.of("weather")))
        .body("links.keyspaces", equalTo(Map.of("weather", "/v1/weather")));
    given().get("/v1/weather").then().body("tables.table", equalTo(List.of("readings")));
  }

  @Test
  void onlyWhatIsExposedIsReached() {
    given()
        .get("/v1/weather/readings/helgoland/2026-11-22")
        .then()
        .statusCode(200)
        .body("size()", equalTo(1));
    assertEquals(
        answer("/v1/weather/stations/x"),
        answer("/v1/weather/absents/x").replace("absents", "stations"));
    assertEquals(
        answer("/v1/my_keyspace/my_table/hello"),
        answer("/v1/no_keyspace/my_table/hello").replace("no_keyspace", "my_keyspace"));
    assertEquals(answer("/v1/my_keyspace"), answer("/v1/absent").replace("absent", "my_keyspace"));
  }

  @Test
  void hintsNameWhatIsExposedAlone() {
    assertEquals("Did you mean weather?", hint("/v1/wether/x"));
    assertEquals("Did you mean readings?", hint("/v1/weather/Reading/x"));
    assertEquals("GET /v1/weather lists its tables.", hint("/v1/weather/station/x"));
    assertEquals(hint("/v1/absent"), hint("/v1/my_keyspac/my_table/hello"));
    assertEquals(hint("/v1/absent.my_table"), hint("/v1/my_keyspace.my_table/hello"));
    assertEquals("Did you mean /v1/weather/…?", hint("/weather/stations"));
    assertNull(hint("/my_keyspace/my_table"));
    assertNull(hint("/absent/my_table"));
  }

  @Test
  void whatIsNotExposedCannotBeWritten() {
    given()
        .contentType("application/json")
        .body("{\"value\":\"changed\"}")
        .put("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-keyspace"));
  }

  private static String hint(String path) {
    return given().get(path).then().statusCode(404).extract().path("hint");
  }

  private static String answer(String path) {
    var response = given().get(path);
    return response.statusCode() + " " + response.asString();
  }
}
