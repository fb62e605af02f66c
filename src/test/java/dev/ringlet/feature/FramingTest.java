package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes behind a request that does not say clearly where it ends is no request. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class FramingTest {
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final String ROW = TABLE + "/framed";
  private static final String HOST = "Host: localhost\r\n";
  private static final String GET = "GET " + ROW + " HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String SMUGGLED = "DELETE " + ROW + " HTTP/1.1\r\n" + HOST + "\r\n";

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @BeforeEach
  void write() {
    given()
        .contentType("application/json")
        .body("{\"value\":\"there\"}")
        .put(ROW)
        .then()
        .statusCode(204);
  }

  private static RawHttp open() throws IOException {
    return new RawHttp(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
  }

  private static String put(String version, String headers) {
    return "PUT "
        + ROW
        + " HTTP/"
        + version
        + "\r\n"
        + HOST
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }

  /** Those that Ringlet refuses itself, and says why. */
  static Stream<String> faults() {
    String length = "Content-Length: " + SMUGGLED.length();
    return Stream.of(
            "xchunked",
            "identity",
            "chunked;q=1",
            "",
            "gzip",
            "gzip, chunked",
            "chunked, chunked",
            "chunked\r\nTransfer-Encoding: chunked",
            "identity\r\nTransfer-Encoding: chunked",
            "\r\n chunked",
            "\"chunked\"",
            "ch\u00fcnked")
        .map(coding -> "Transfer-Encoding: " + coding)
        .flatMap(
            coding ->
                coding.matches("(?s).*[ ,]chunked(,.*|\r.*)?")
                    ? Stream.of(coding)
                    : Stream.of(coding, coding + "\r\n" + length, length + "\r\n" + coding));
  }

  /** Those that the HTTP server refuses. */
  static Stream<String> lengths() {
    return Stream.of(
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length: ",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: chunked,",
        "Transfer-Encoding : chunked",
        "Content-Length : 5");
  }

  /** As the first request of a connection, as the second, and behind one that is not answered. */
  private static void assertRefused(String request, boolean explained) throws IOException {
    for (List<String> before : List.of(List.<String>of(), List.of(GET), List.of(GET, GET))) {
      try (RawHttp client = open()) {
        boolean pipelined = before.size() == 2;
        if (!pipelined) {
          for (String sent : before) {
            client.send(sent);
            assertEquals(200, client.answer().status());
          }
        }
        client.send((pipelined ? String.join("", before) : "") + request + SMUGGLED + SMUGGLED);
        if (pipelined) {
          assertEquals(200, client.answer().status());
          assertEquals(200, client.answer().status());
        }
        assertLast(client, explained, request + before.size());
      }
      given().get(ROW).then().statusCode(200).body("value", equalTo("there"));
    }
  }

  private static void assertLast(RawHttp client, boolean explained, String request)
      throws IOException {
    RawHttp.Answer answer = client.answer();
    assertEquals(400, answer.status(), request);
    if (explained) {
      assertTrue(answer.closes(), answer.head());
      assertTrue(answer.head().contains("Content-Type: application/problem+json"), answer.head());
      assertTrue(answer.body().contains("\"code\":\"invalid-header\""), answer.body());
    }
    assertEquals("", new String(client.rest(), StandardCharsets.ISO_8859_1), request);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void anUnknownTransferCodingIsNotIgnored(String headers) throws IOException {
    assertRefused(put("1.1", headers), true);
    assertRefused("OPTIONS * HTTP/1.1\r\n" + HOST + headers + "\r\n\r\n", true);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void norIsALengthThatIsNone(String headers) throws IOException {
    assertRefused(put("1.1", headers), false);
  }

  @Test
  void http10HasNoTransferCodings() throws IOException {
    assertRefused(put("1.0", "Transfer-Encoding: chunked"), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "example.com", ""})
  void aRequestIsForOneHost(String another) throws IOException {
    assertRefused(put("1.1", "Host: " + another), true);
  }

  @Test
  void chunkedIsUnderstoodHoweverItIsWritten() throws IOException {
    for (String coding : new String[] {"chunked", "Chunked", "CHUNKED", "\tchunked "}) {
      try (RawHttp client = open()) {
        for (int i = 0; i < 2; i++) {
          client.send(put("1.1", "Transfer-Encoding: " + coding) + "2\r\n{}\r\n0\r\n\r\n");
          assertEquals(204, client.answer().status());
        }
      }
    }
  }

  /** It may send it all the same, or another request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /v1/my_keyspace/my_table/framed|Content-Length: 9999999|413",
        "PUT /v1/my_keyspace/absent/framed|Content-Length: 100|404",
        "PUT /v1/my_keyspace/my_table/framed?x=1|Transfer-Encoding: chunked|400",
        "DELETE /v1/my_keyspace/my_table/framed?x=1|Content-Length: 100|400",
      })
  void aClientThatWasNotAskedForItsBodyIsHeardNoMore(String request) throws IOException {
    String[] parts = request.split("\\|", 3);
    try (RawHttp client = open()) {
      client.send(
          parts[0]
              + " HTTP/1.1\r\n"
              + HOST
              + "Content-Type: application/json\r\nExpect: 100-continue\r\n"
              + parts[1]
              + "\r\n\r\n");
      RawHttp.Answer answer = client.answer();
      assertEquals(Integer.parseInt(parts[2]), answer.status(), answer.body());
      assertTrue(answer.closes(), answer.head());
      client.send(SMUGGLED);
      assertEquals("", new String(client.rest(), StandardCharsets.ISO_8859_1));
    }
    given().get(ROW).then().statusCode(200);
  }

  @Test
  void oneThatWasAskedGoesOn() throws IOException {
    try (RawHttp client = open()) {
      for (int i = 0; i < 2; i++) {
        client.send(put("1.1", "Expect: 100-continue\r\nContent-Length: 2"));
        assertEquals(100, client.status());
        client.bytes(2);
        client.send("{}");
        RawHttp.Answer answer = client.answer();
        assertEquals(204, answer.status());
        assertEquals(false, answer.closes());
      }
    }
  }
}
