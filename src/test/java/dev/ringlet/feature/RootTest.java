package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is at {@code /}, for programs and for browsers, and the files of the explorer's page. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class RootTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
  private static final Pattern FILE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern MODULE = Pattern.compile("(?:from |import\\()\"\\./([a-z]+\\.js)\"");

  private static Response page() {
    return given().header("Accept", BROWSER).get("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*/*", "application/json", "application/json,text/html", "text/*;q=0,*/*"})
  void programsGetJson(String accept) {
    Response root = accept.isEmpty() ? when().get("/") : given().header("Accept", accept).get("/");
    root.then()
        .statusCode(200)
        .contentType("application/json")
        .header("Vary", containsString("Accept"))
        .body("name", equalTo("Ringlet"))
        .body("version", notNullValue())
        .body("links.api", equalTo("/v1"))
        .body("links.openapi", equalTo("/v1/openapi.json"))
        .body("links.docs", equalTo("/docs"));
  }

  @Test
  void linksBeginWithWhatAProxyHasCutOff() {
    given()
        .header("X-Forwarded-Prefix", "/api")
        .get("/")
        .then()
        .body("links.api", equalTo("/api/v1"));
  }

  @Test
  void browsersGetThePage() {
    page()
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Vary", containsString("Accept"))
        .header("Cache-Control", "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(
            "Content-Security-Policy",
            allOf(
                startsWith("default-src 'none'; script-src 'self';"),
                containsString("frame-ancestors 'none'")))
        .body(startsWith("<!doctype html>"));
  }

  /** The page's own, and what these import: every file is served, and none is served in vain. */
  @Test
  void everyFileThatThePageNamesIsThere() {
    List<String> files =
        FILE.matcher(page().asString()).results().map(match -> match.group(1)).toList();
    assertTrue(files.contains("explorer/app.js"), files::toString);
    for (String file : files) {
      given().header("Accept", "*/*").get("/" + file).then().statusCode(200).body(notNullValue());
    }
    String app = when().get("/explorer/app.js").asString();
    List<String> modules = MODULE.matcher(app).results().map(match -> match.group(1)).toList();
    assertFalse(modules.isEmpty(), app);
    for (String module : modules) {
      when()
          .get("/explorer/" + module)
          .then()
          .statusCode(200)
          .contentType("text/javascript;charset=UTF-8")
          .header("Content-Security-Policy", notNullValue());
    }
  }

  @Test
  void whatIsKnownIsNotSentAgain() {
    Response whole = given().header("Accept-Encoding", "identity").get("/explorer/app.js");
    Response small = given().header("Accept-Encoding", "gzip").get("/explorer/app.js");
    assertEquals(whole.asString(), small.asString());
    assertEquals("gzip", small.header("Content-Encoding"));
    for (String tag : List.of(whole.header("ETag"), small.header("ETag"))) {
      given()
          .header("If-None-Match", tag)
          .get("/explorer/app.js")
          .then()
          .statusCode(304)
          .header("ETag", notNullValue())
          .body(emptyString());
    }
    given().header("If-None-Match", "\"other\"").get("/explorer/app.js").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/explorer/app.js"})
  void itCanOnlyBeRead(String path) {
    Response read = given().header("Accept-Encoding", "identity").get(path);
    given()
        .header("Accept-Encoding", "identity")
        .head(path)
        .then()
        .statusCode(200)
        .header("Content-Length", Integer.toString(read.asByteArray().length))
        .body(emptyString());
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      given()
          .request(method, path)
          .then()
          .statusCode(405)
          .header("Allow", "GET, HEAD")
          .body("code", equalTo("method-not-allowed"));
    }
  }

  @Test
  void whatIsNeitherIsNotAcceptable() {
    given().header("Accept", "image/png").get("/").then().statusCode(406);
    given().header("Accept", "nothing").get("/").then().statusCode(400);
    when().get("/explorer/other.js").then().statusCode(404).body("code", equalTo("not-found"));
  }

  @Test
  void anotherHostIsRefused() {
    for (String path : List.of("/", "/explorer/app.js")) {
      given().header("Host", "evil.example").get(path).then().statusCode(421);
    }
  }
}
