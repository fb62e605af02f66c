package dev.ringlet.feature;

import static dev.ringlet.local.RawHttp2.DATA;
import static dev.ringlet.local.RawHttp2.END_HEADERS;
import static dev.ringlet.local.RawHttp2.END_STREAM;
import static dev.ringlet.local.RawHttp2.GO_AWAY;
import static dev.ringlet.local.RawHttp2.HEADERS;
import static dev.ringlet.local.RawHttp2.RST_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import dev.ringlet.local.RawHttp2;
import io.netty.handler.codec.http2.Http2Headers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 9113 says of requests that are malformed: section 8. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class Http2RulesTest {
  private static final String PATH = ":path: /v1/my_keyspace/my_table/hello";
  private static final String RESET = "PROTOCOL_ERROR";

  /** Headers that no answer by HTTP/2 has. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  /**
   * A rule.
   *
   * @param fields those besides method, scheme, path and authority, or in their place
   */
  record Rule(String section, String says, String answer, List<String> fields) {
    @Override
    public String toString() {
      return section + ": " + says;
    }
  }

  private static Rule rule(String section, String says, String answer, String... fields) {
    return new Rule(section, says, answer, List.of(fields));
  }

  static Stream<Rule> rules() {
    return Stream.of(
        rule("8.2.1", "a value has no CR", "\"header\":\"x\"", "x: a\rb"),
        rule("8.2.1", "no LF", "\"header\":\"x\"", "x: a\nb"),
        rule("8.2.1", "no NUL", "\"header\":\"x\"", "x: a\u0000b"),
        rule("8.2.1", "of a pseudo header, too", "\"header\":\":path\"", PATH + "\r\nx: y"),
        rule("8.2.1", "it does not begin with a space", "\"header\":\"x\"", "x:  a"),
        rule("8.2.1", "nor end with one", "\"header\":\"x\"", "x: a\t"),
        rule("8.2.1", "a name has no capitals", RESET, "X: a"),
        rule("8.2.2", "there is no header Connection", RESET, "connection: close"),
        rule("8.2.2", "nor Transfer-Encoding", RESET, "transfer-encoding: chunked"),
        rule("8.3", "a pseudo header comes once", RESET, ":path: /v1", ":path: /v1"),
        rule("8.3", "and is one of those there are", RESET, ":foo: x"),
        rule("8.3.1", "the scheme is one of HTTP's", "\"header\":\":scheme\"", ":scheme: ftp"),
        rule(
            "8.3.1",
            "a request is for one host",
            "\"header\":\"Host\"",
            ":authority",
            "host: x",
            "host: y"),
        rule("8.3.1", "for the same, whoever says so", RESET, ":authority: x", "host: y"),
        rule("8.3.1", "and for one at all", "\"header\":\"Host\"", ":authority"),
        rule(
            "8.3.1",
            "a fragment is no part of a path",
            "\"code\":\"invalid-path\"",
            PATH + "#frag"),
        rule("8.3.1", "a path begins with a slash", "\"code\":\"invalid-path\"", ":path: v1"),
        rule("8.3.1", "it is not empty", RESET, ":path: "));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(Rule rule) throws IOException {
    String answer = exchange(rule.fields());
    if (rule.answer().equals(RESET)) {
      assertTrue(answer.matches("(reset|go away): 1"), answer);
    } else {
      assertTrue(answer.contains(rule.answer()), answer);
      assertTrue(answer.contains(":status: 400\n"), answer);
      assertTrue(answer.contains("content-type: application/problem+json\n"), answer);
      assertTrue(answer.contains("\ndate: "), answer);
    }
  }

  @Test
  void whatIsSoundIsAnswered() throws IOException {
    for (List<String> fields :
        List.of(List.of("x: a b"), List.of(":authority", "host: x"), List.of(":scheme: https"))) {
      String answer = exchange(fields);
      assertTrue(answer.contains(":status: 200\n"), answer);
      assertTrue(answer.contains("\ndate: "), answer);
    }
  }

  /** A body needs no Content-Length, and not every request without one ends with its head. */
  @ParameterizedTest
  @CsvSource({
    "'', '', 204",
    "'content-length: 0', '', 204",
    "'', {}, 400",
    "'', '{', 400",
    "'content-length: 2', {}, 400"
  })
  void aDeleteHasNoBody(String field, String body, int status) throws IOException {
    Cassandra.execute("INSERT INTO my_keyspace.my_table (key, value) VALUES ('h2', 'v')");
    int flags = body.equals("{") ? 0 : END_STREAM; // else more might come
    byte[] data = body.getBytes(StandardCharsets.US_ASCII);
    String answer =
        exchange(
            List.of(":method: DELETE", ":path: /v1/my_keyspace/my_table/h2", field),
            END_HEADERS,
            RawHttp2.frame(DATA, flags, 1, data));
    assertTrue(answer.contains(":status: " + status + "\n"), answer);
    assertEquals(status == 400, answer.contains("\"code\":\"unexpected-body\""), answer);
    assertEquals(
        status == 400 ? 1 : 0,
        Cassandra.execute("SELECT key FROM my_keyspace.my_table WHERE key = 'h2'").size());
  }

  /** Section 8.2.2, which holds for answers, too; by HTTP/1.1 these end their connection. */
  @ParameterizedTest
  @CsvSource({
    "'content-length: 2000000', 'x: y', 413, body-too-large",
    "'content-length: 9', 'prefer: wait=1', 408, body-too-slow",
    "'x: y', 'prefer: wait=1', 408, body-too-slow"
  })
  void anAnswerBeforeTheEndOfABodySaysNothingOfTheConnection(
      String length, String wait, int status, String code) throws IOException {
    String answer = exchange(put(length, wait), END_HEADERS, new byte[0]);
    assertTrue(answer.contains(":status: " + status + "\n"), answer);
    assertTrue(answer.contains("\"code\":\"" + code + '"'), answer);
  }

  /** Section 8.1.1. */
  @ParameterizedTest
  @CsvSource({"1, reset: 1", "12, reset: 1", "13, :status: 204", "14, reset: 1", "99, reset: 1"})
  void aBodyIsAsLongAsItSays(int length, String expected) throws IOException {
    Cassandra.execute("DELETE FROM my_keyspace.my_table WHERE key = 'h2'");
    String answer =
        exchange(
            List.of(
                ":method: PUT",
                ":path: /v1/my_keyspace/my_table/h2",
                "content-type: application/json",
                "content-length: " + length),
            END_HEADERS,
            RawHttp2.frame(
                DATA, END_STREAM, 1, "{\"value\":\"v\"}".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(answer.contains(expected), answer);
    assertEquals(
        length == 13 ? 1 : 0,
        Cassandra.execute("SELECT key FROM my_keyspace.my_table WHERE key = 'h2'").size());
  }

  private static List<String> put(String... fields) {
    return Stream.concat(
            Stream.of(":method: PUT", "content-type: application/json"), Stream.of(fields))
        .toList();
  }

  /** What a body is sent with by HTTP/1.1 is no header of HTTP/2. */
  @Test
  void norHasOneThatIsUpgraded() throws IOException {
    Cassandra.execute("INSERT INTO my_keyspace.my_table (key, value) VALUES ('h2c', 'v')");
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (RawHttp client = new RawHttp(uri)) {
      client.send(
          String.join(
              "\r\n",
              "DELETE /v1/my_keyspace/my_table/h2c HTTP/1.1",
              "Host: x",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABk",
              "Transfer-Encoding: chunked",
              "",
              "2",
              "{}",
              "0",
              "",
              ""));
      assertEquals(101, client.answer().status());
      String answer = answer(new RawHttp2(client));
      assertTrue(answer.contains("\"code\":\"unexpected-body\""), answer);
    }
    assertEquals(
        1, Cassandra.execute("SELECT key FROM my_keyspace.my_table WHERE key = 'h2c'").size());
  }

  private static String exchange(List<String> fields) throws IOException {
    return exchange(fields, END_HEADERS | END_STREAM, new byte[0]);
  }

  private static String exchange(List<String> fields, int flags, byte[] rest) throws IOException {
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (RawHttp client = new RawHttp(uri)) {
      RawHttp2 http2 = new RawHttp2(client);
      http2.send(HEADERS, flags, 1, head(fields));
      client.send(rest);
      return answer(http2);
    }
  }

  /** A field without a value is one that is left out. */
  private static byte[] head(List<String> fields) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (String standard : List.of(":method: GET", ":scheme: http", PATH, ":authority: x")) {
      String name = standard.substring(0, standard.indexOf(':', 1));
      if (fields.stream().noneMatch(field -> field.startsWith(name))) {
        write(head, standard);
      }
    }
    fields.stream().filter(field -> field.contains(": ")).forEach(field -> write(head, field));
    return head.toByteArray();
  }

  /** A literal that is not indexed (HPACK, RFC 7541, section 6.2.2). */
  private static void write(ByteArrayOutputStream head, String field) {
    int colon = field.indexOf(": ", 1);
    head.write(0);
    for (String part : List.of(field.substring(0, colon), field.substring(colon + 2))) {
      head.write(part.length());
      head.writeBytes(part.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String answer(RawHttp2 client) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (true) {
      RawHttp2.Frame frame = client.next();
      assertNotEquals(-1, frame.type(), "no answer: " + answer);
      if (frame.stream() == 1) {
        switch (frame.type()) {
          case HEADERS -> answer.append(fields(client.fields(frame)));
          case DATA -> answer.append(new String(frame.payload(), StandardCharsets.UTF_8));
          case RST_STREAM ->
              answer.append("reset: ").append(ByteBuffer.wrap(frame.payload()).getInt());
          default -> {}
        }
        if (frame.type() == RST_STREAM
            || (frame.type() <= HEADERS && (frame.flags() & END_STREAM) != 0)) {
          return answer.toString();
        }
      }
      if (frame.type() == GO_AWAY) {
        return "go away: " + ByteBuffer.wrap(frame.payload()).getInt(4);
      }
    }
  }

  private static String fields(Http2Headers head) {
    StringBuilder fields = new StringBuilder();
    head.forEach(
        field -> {
          assertFalse(OF_CONNECTIONS.contains(field.getKey().toString()), field::toString);
          fields.append(field.getKey()).append(": ").append(field.getValue()).append('\n');
        });
    return fields.toString();
  }
}
