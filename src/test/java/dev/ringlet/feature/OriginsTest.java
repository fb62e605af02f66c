package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where pages of some other origins may ask. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ExposedTest.Some.class)
class OriginsTest {
  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @Test
  void whatAPageMaySeeIsNotKeptForAnotherOrigin() {
    String vary =
        "Accept, Accept-Encoding, Prefer, Cassandra-Consistency, Authorization, X-API-Key, Origin";
    for (String origin : new String[] {"https://one.example", "https://two.example"}) {
      for (String path : new String[] {"/v1", "/v1/weather", "/v1/nowhere"}) {
        given()
            .header("Origin", origin)
            .get(path)
            .then()
            .header("Access-Control-Allow-Origin", origin)
            .header("Cache-Control", "private,max-age=60")
            .header("Vary", vary);
      }
    }
    given().get("/v1").then().header("Vary", equalTo(vary)); // which a page may get later
  }
}
