package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody gets wrong who knows SQL, HTTP and other APIs: the answer says what to write
 * instead, and nothing that is wrong. The answers are left in target/newcomers.txt, to be read.
 */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class NewcomersMistakesTest {
  private static final Path MISTAKES = Path.of("src/test/resources/mistakes/newcomers.http");
  private static final Path ANSWERS = Path.of("target/newcomers.txt");
  private static String keyspace;

  /**
   * A row of the table.
   *
   * @param request its first line, headers and, after an empty line, the body
   * @param says words that are in the answer
   * @param not words that are not
   */
  private record Mistake(
      String title, String request, int status, String code, List<String> says, List<String> not) {

    static Mistake of(String block) {
      List<String> request = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      List<String> lines = block.lines().toList();
      for (String line : lines.subList(1, lines.size())) {
        (line.startsWith("> ") ? expected : request).add(line);
      }
      String[] status = expected.get(0).split(" ", 3);
      return new Mistake(
          lines.get(0),
          String.join("\n", request).stripTrailing(),
          Integer.parseInt(status[1]),
          status[2],
          words(expected, "> says "),
          words(expected, "> not "));
    }

    private static List<String> words(List<String> expected, String what) {
      return expected.stream()
          .filter(line -> line.startsWith(what))
          .flatMap(line -> Stream.of(line.substring(what.length()).split(" \\| ")))
          .toList();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static List<Mistake> mistakes() throws IOException {
    return Stream.of(Files.readString(MISTAKES).split("(^|\n)### "))
        .filter(block -> !block.isBlank())
        .map(Mistake::of)
        .toList();
  }

  @BeforeAll
  static void makeTables() throws IOException {
    keyspace =
        Cassandra.keyspace(
            "shop",
            "CREATE TABLE $ks.orders (customer text, day date, id int, total decimal, paid boolean,"
                + " placed timestamp, ref uuid, note text, tags set<text>, attrs map<text, text>,"
                + " region text static, PRIMARY KEY ((customer, day), id))",
            "CREATE TABLE $ks.customers (id int PRIMARY KEY, name text, vip boolean)",
            "CREATE TABLE $ks.hits (page text PRIMARY KEY, n counter)");
    Files.deleteIfExists(ANSWERS);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isAnsweredWithWhatToWriteInstead(Mistake mistake) throws IOException {
    RawHttp.Answer answer = send(mistake.request().replace("$ks", keyspace));
    String body = answer.body().replace(keyspace, "$ks");
    Files.writeString(
        ANSWERS,
        "### %s%n%s%n-> %d %s%n%n"
            .formatted(mistake.title(), mistake.request(), answer.status(), body),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertEquals(mistake.status(), answer.status(), body);
    if (!mistake.code().equals("-")) {
      assertTrue(body.contains("\"code\":\"" + mistake.code() + "\""), body);
    }
    for (String word : mistake.says()) {
      assertTrue(body.contains(word), () -> word + " is not in " + body);
    }
    for (String word : mistake.not()) {
      assertFalse(body.contains(word), () -> word + " is in " + body);
    }
  }

  private static RawHttp.Answer send(String request) throws IOException {
    String[] parts = request.split("\n\n", 2);
    String body = parts.length < 2 ? "" : parts[1];
    String head =
        parts[0].replaceFirst("(\n|$)", " HTTP/1.1\nHost: localhost$1").replace("\n", "\r\n")
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length;
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    try (RawHttp http = new RawHttp(uri)) {
      http.send(head + "\r\n\r\n" + body);
      return http.answer();
    }
  }
}
