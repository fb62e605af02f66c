package dev.ringlet.faults;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A full disk does not matter to a process that has no file to write to. */
@Tag("faults")
class NoFilesIT {
  private static final String TABLE = "/v1/my_keyspace/my_table";

  @Test
  void noneIsOpenForWriting() throws IOException {
    try (Packaged ringlet =
        Packaged.start("no-files", "127.0.0.1:" + TestCassandra.port(), Map.of())) {
      ringlet.awaitReady();
      String rows =
          IntStream.range(0, 10_000)
              .mapToObj(i -> "{\"key\":\"no-files-%d\",\"value\":\"v\"}\n".formatted(i % 100))
              .collect(Collectors.joining());
      given()
          .contentType("application/x-ndjson")
          .body(rows.getBytes(StandardCharsets.UTF_8))
          .post(ringlet.uri(TABLE))
          .then()
          .statusCode(200);
      given().get(ringlet.uri(TABLE + "/no-files-1")).then().statusCode(200);
      List<Path> written = openForWriting(ringlet.pid());
      assertEquals(1, written.size(), written.toString());
      assertTrue(written.get(0).endsWith("no-files.log"), "not where the test has sent its output");
    }
  }

  private static List<Path> openForWriting(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors
          .filter(Files::isRegularFile)
          .filter(descriptor -> isForWriting(process, descriptor))
          .map(NoFilesIT::target)
          .distinct()
          .toList();
    }
  }

  /** By the last octal digit of its flags: 0 is for reading alone. */
  private static boolean isForWriting(Path process, Path descriptor) {
    try (Stream<String> info =
        Files.lines(process.resolve("fdinfo").resolve(descriptor.getFileName()))) {
      return info.anyMatch(line -> line.matches("flags:\\s*[0-7]*[12]"));
    } catch (IOException closed) {
      return false;
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
