package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "GET,     HTTP/1.0, '',                   http://three.example,  403",
    "OPTIONS, HTTP/1.0, '',                   http://three.example,  403",
    "GET,     HTTP/1.0, '',                   https://one.example,   200",
    "GET,     HTTP/1.1, my_ringlet:8080,      http://three.example,  403",
    "OPTIONS, HTTP/1.1, my_ringlet:8080,      http://three.example,  403",
    "GET,     HTTP/1.1, my_ringlet:8080,      http://my_ringlet,     403",
    "GET,     HTTP/1.1, my_ringlet:8080,      http://my_ringlet:8080, 200",
    "GET,     HTTP/1.1, my_ringlet:8080,      https://one.example,   200",
    "GET,     HTTP/1.1, ringlet.example:8080, http://three.example,  403",
    "GET,     HTTP/1.1, ringlet.example:8080, http://ringlet.example:8080, 200"
  })
  void otherPagesAreRefusedWhateverTheHost(
      String method, String version, String host, String origin, int status) throws IOException {
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (RawHttp client = new RawHttp(uri)) {
      client.send(
          "%s /v1 %s\r\n%sOrigin: %s\r\nAccess-Control-Request-Method: GET\r\n\r\n"
              .formatted(method, version, host.isEmpty() ? "" : "Host: " + host + "\r\n", origin));
      assertEquals(status, client.status());
    }
  }
}
