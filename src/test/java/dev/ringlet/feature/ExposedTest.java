package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

  /** One table of weather, and a keyspace that is not there. */
  public static class Some implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ringlet.expose", "weather.readings,absent");
    }
  }

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @Test
  void onlyWhatIsExposedIsDescribed() {
    given().get("/v1").then().body(equalTo("{\"keyspaces\":[\"weather\"]}"));
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
  void whatIsNotExposedCannotBeWritten() {
    given()
        .contentType("application/json")
        .body("{\"value\":\"changed\"}")
        .put("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-keyspace"));
  }

  private static String answer(String path) {
    var response = given().get(path);
    return response.statusCode() + " " + response.asString();
  }
}
