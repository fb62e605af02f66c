package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Reading, inserting, replacing, merging and deleting rows of the simplest table there is. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class RowsTest {

  @Test
  void readsARow() {
    given()
        .get("/v1/my_keyspace/my_table/hello")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body(equalTo("{\"key\":\"hello\",\"value\":\"world\"}"));
  }
}
