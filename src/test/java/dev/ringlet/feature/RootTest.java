package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.ConfigProvider;
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
  private static final String APP = "/explorer/app.js";
  private static final Pattern FILE = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
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
    String app = when().get(APP).asString();
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

  /** REST-assured would ask for gzip by itself. */
  private static HttpResponse<byte[]> send(String method, String path, String... headers)
      throws Exception {
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class) + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    HttpResponse<byte[]> whole = send("GET", APP);
    HttpResponse<byte[]> small = send("GET", APP, "Accept-Encoding", "gzip");
    assertEquals("gzip", header(small, "Content-Encoding"));
    assertArrayEquals(
        whole.body(), new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes());
    assertNotEquals(header(whole, "ETag"), header(small, "ETag"));
    for (HttpResponse<byte[]> known : List.of(whole, small)) {
      HttpResponse<byte[]> again = send("GET", APP, "If-None-Match", header(known, "ETag"));
      assertEquals(304, again.statusCode());
      assertEquals(header(whole, "ETag"), header(again, "ETag"));
      assertEquals(0, again.body().length);
    }
    assertEquals(200, send("GET", APP, "If-None-Match", "\"other\"").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", APP})
  void itCanOnlyBeRead(String path) throws Exception {
    HttpResponse<byte[]> head = send("HEAD", path);
    assertEquals(200, head.statusCode());
    assertEquals(Integer.toString(send("GET", path).body().length), header(head, "Content-Length"));
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
    for (String path : List.of("/", APP)) {
      given().header("Host", "evil.example").get(path).then().statusCode(421);
    }
  }
}
