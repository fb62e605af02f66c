package dev.ringlet.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.ringlet.docs.Section;
import dev.ringlet.local.CqlScript;
import dev.ringlet.local.CqlStatement;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.PlainDriver;
import dev.ringlet.local.Samples;
import dev.ringlet.local.TestCassandra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs of others take the OpenAPI document: two validators find nothing, and the clients that
 * are generated from it do what docs/clients.md shows and what src/clients does.
 */
@Tag("faults")
class ClientsIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```\\w+\\n(.*?)\\n```");
  private static final String ADDRESS = "http://localhost:8080";
  private static final String GENERATOR = "npx @openapitools/openapi-generator-cli ";

  private static Packaged ringlet;

  @BeforeAll
  static void start() throws Exception {
    Programs.requireNode();
    try (CqlSession session = PlainDriver.session()) {
      session.execute("DROP KEYSPACE IF EXISTS weather");
      session.execute("DROP KEYSPACE IF EXISTS clients");
      CqlScript.statements(Files.readString(Path.of("src/test/resources/clients.cql"))).stream()
          .map(CqlStatement::text)
          .forEach(session::execute);
    }
    Samples.of("test").apply(TestCassandra.port());
    ringlet = Packaged.start("clients", "127.0.0.1:" + TestCassandra.port(), settings());
    Programs.installPackages();
    ringlet.awaitReady();
  }

  /** Anyone may do everything, but not who sends the API key alice. */
  private static Map<String, String> settings() throws Exception {
    return Map.ofEntries(
        Map.entry("RINGLET_EXPOSE", "clients,my_keyspace,shop,weather,world"),
        Map.entry("RINGLET_AUTH_PERMISSIONS", "rules"),
        Map.entry("RINGLET_RULES_ANYONE_ROLES", "anyone"),
        Map.entry("RINGLET_RULES_ANYONE_TABLES", "*"),
        Map.entry("RINGLET_RULES_ANYONE_MAY", "read,create,write,delete,scan"),
        Map.entry("RINGLET_AUTH_KEYS_ALICE_HASH", hash("alice")),
        Map.entry("RINGLET_AUTH_KEYS_ALICE_ROLES", "observer"),
        Map.entry("RINGLET_RULES_OBSERVERS_ROLES", "observer"),
        Map.entry("RINGLET_RULES_OBSERVERS_TABLES", "weather.*"),
        Map.entry("RINGLET_RULES_OBSERVERS_MAY", "read,write"));
  }

  private static String hash(String key) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
  }

  @AfterAll
  static void stop() {
    if (ringlet != null) {
      ringlet.close();
    }
  }

  private static String document(String path) {
    return ringlet.uri("/v1" + path + "/openapi.json").toString();
  }

  @Test
  void twoValidatorsFindNothing() throws Exception {
    List<String> documents =
        Stream.of("", "/clients", "/my_keyspace", "/shop", "/weather", "/world")
            .map(ClientsIT::document)
            .toList();
    Programs.swaggerParser(documents);
    Programs.redocly(documents);
  }

  /** Of columns of every type, and of names that mean something to a language or to the API. */
  @ParameterizedTest
  @EnumSource
  void theClientOfAllTypesCompilesAndReadsARowByBytes(Language language) throws Exception {
    Path directory = Files.createTempDirectory(Programs.BUILT, "types");
    Programs.generate(
        directory, "generate -i " + document("/clients") + " -o client " + language.generator());
    copy(language, "Bytes", directory);
    language.compile(directory);
    language.run(directory, "Bytes", ringlet.uri("").toString());
  }

  private static void copy(Language language, String program, Path directory) throws Exception {
    String file = language.file(program);
    Files.copy(language.sources().resolve(file), directory.resolve(file));
  }

  @ParameterizedTest
  @EnumSource
  void theClientOfTheGuideDoesAll(Language language) throws Exception {
    Path directory = Files.createTempDirectory(Programs.BUILT, "weather");
    List<String> guide = guide(language);
    Programs.generate(
        directory,
        guide.get(0).replace(GENERATOR, "").replace(ADDRESS, ringlet.uri("").toString()));
    copy(language, "Scenario", directory);
    Files.writeString(directory.resolve(language.file("Readings")), guide.get(1));
    language.compile(directory);
    assertEquals(guide.get(2), language.run(directory, "Readings").strip());
    language.run(directory, "Scenario", ringlet.uri("").toString());
  }

  /** What docs/clients.md has for it: the command that generates, a program, what this prints. */
  private static List<String> guide(Language language) {
    Section section = Section.of(Path.of("docs/clients.md"), "## " + language.title());
    return BLOCK
        .matcher(String.join("\n", section.lines()))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
