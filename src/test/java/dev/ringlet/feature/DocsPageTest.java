package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page at /docs; faults/SwaggerUiIT opens it. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class DocsPageTest {
  private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(docs/[^\"]+)\"");

  @Test
  void thePageAndAllThatItNamesAreServedByRinglet() {
    Response page = given().get("/docs");
    page.then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", containsString("script-src 'self';"))
        .header("Content-Security-Policy", not(containsString("unsafe-inline")))
        .body(not(containsString("//")));
    List<String> files =
        FILE.matcher(page.asString()).results().map(match -> match.group(1)).toList();
    assertEquals(4, files.size(), files::toString);
    for (String file : files) {
      given().get("/" + file).then().statusCode(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/docs/swagger-ui.css, text/css;charset=UTF-8, .swagger-ui",
    "/docs/swagger-ui-bundle.js, text/javascript;charset=UTF-8, SwaggerUIBundle"
  })
  void whatIsPackedIsUnpackedForThoseWhoWantIt(String path, String type, String says) {
    Response plain = given().header("Accept-Encoding", "identity").get(path);
    plain.then().statusCode(200).contentType(type).body(containsString(says));
    Response gzipped = given().header("Accept-Encoding", "gzip").get(path);
    assertEquals("gzip", gzipped.header("Content-Encoding"));
    assertArrayEquals(plain.asByteArray(), gzipped.asByteArray());
    int length = Integer.parseInt(gzipped.header("Content-Length"));
    assertTrue(length < plain.asByteArray().length / 3, length + " bytes");
    given()
        .header("If-None-Match", plain.header("ETag"))
        .get(path)
        .then()
        .statusCode(304)
        .body(emptyString());
  }

  /** What the package of Swagger UI has besides, and where Quarkus would serve it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/",
        "/docs/index.html",
        "/docs/swagger-ui-bundle.js.gz",
        "/docs/swagger-ui-standalone-preset.js",
        "/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js",
        "/q/swagger-ui"
      })
  void nothingElseIsThere(String path) {
    given().get(path).then().statusCode(404).body("code", equalTo("not-found"));
  }
}
