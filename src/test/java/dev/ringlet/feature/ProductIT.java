package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What the packaged application is made of: the product, and nothing of development. */
@QuarkusIntegrationTest
@QuarkusTestResource(CassandraResource.class)
class ProductIT {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path JARS = Path.of("target/quarkus-app");
  private static final Path NATIVE = Path.of(System.getProperty("native.image.path", ""));

  /** A script of the explorer, which shows what a server offers, and so names the type of CQL. */
  private static final Path SHOWS_CQL = Path.of("src/main/resources/site/explorer/cql.js");

  /** What is written in class files, and in a binary, of what is not to be there. */
  private static final List<String> FOREIGN =
      List.of(
          "dev/ringlet/local",
          "dev/ringlet/development",
          "dev/ringlet/trace",
          "dev/ringlet/bench",
          "dev.ringlet.local",
          "dev.ringlet.development",
          "dev/cql",
          "application/cql");

  private static final List<String> FOREIGN_JARS =
      List.of("cassandra-all", "opentelemetry", "jmh", "simulacron", "archunit", "rest-assured");

  @Test
  void everyClassIsOfItsSources() throws IOException {
    if (isNative()) {
      return; // a binary has no list of its classes
    }
    List<String> classes = new ArrayList<>();
    for (Path jar : jars("app")) {
      read(jar, (name, content) -> classes.add(name));
    }
    List<String> strangers =
        classes.stream()
            .filter(name -> name.endsWith(".class"))
            .filter(name -> !Files.exists(SOURCES.resolve(source(name))))
            .toList();
    assertEquals(List.of(), strangers);
    assertTrue(classes.contains("dev/ringlet/http/RowResource.class"), classes::toString);
  }

  /** Not even in what Quarkus generated, as beans and routes are. */
  @Test
  void nothingNamesDevelopment() throws IOException {
    List<String> named = new ArrayList<>();
    String script = Files.readString(SHOWS_CQL, StandardCharsets.ISO_8859_1);
    if (isNative()) {
      String binary = Files.readString(NATIVE, StandardCharsets.ISO_8859_1).replace(script, "");
      FOREIGN.stream().filter(binary::contains).forEach(named::add);
    } else {
      List<Path> ours = new ArrayList<>(jars("app"));
      ours.addAll(jars("quarkus"));
      assertTrue(ours.size() > 1, ours::toString);
      for (Path jar : ours) {
        read(
            jar,
            (name, content) ->
                FOREIGN.stream()
                    .filter(
                        foreign ->
                            name.contains(foreign) || content.replace(script, "").contains(foreign))
                    .forEach(foreign -> named.add(foreign + " in " + name)));
      }
    }
    assertEquals(List.of(), named);
  }

  @Test
  void noJarIsOfDevelopment() throws IOException {
    assertEquals(
        List.of(),
        jars("lib").stream()
            .map(jar -> jar.getFileName().toString())
            .filter(jar -> FOREIGN_JARS.stream().anyMatch(jar::contains))
            .toList());
  }

  @Test
  void cqlIsNotTaken() {
    given()
        .contentType("application/cql")
        .body("SELECT key FROM my_keyspace.my_table".getBytes(StandardCharsets.UTF_8))
        .post("/dev/cql")
        .then()
        .statusCode(404)
        .body("code", equalTo("not-found"));
  }

  private static boolean isNative() {
    return Files.isRegularFile(NATIVE);
  }

  private static List<Path> jars(String directory) throws IOException {
    Path root = JARS.resolve(directory);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static String source(String className) {
    return className.replaceFirst("(\\$.*)?\\.class$", ".java");
  }

  @FunctionalInterface
  private interface Entry {
    void read(String name, String content);
  }

  private static void read(Path jar, Entry reader) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().endsWith("/pom.xml")) { // Maven adds it, and it says what is left out
          reader.read(entry.getName(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
  }
}
