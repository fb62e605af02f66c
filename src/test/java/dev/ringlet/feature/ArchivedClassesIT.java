package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What reads and writes rows is in the archive of classes, as the start is. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script makes the archive")
class ArchivedClassesIT {
  private static final Path LOADED = Path.of("target", "loaded-classes.log").toAbsolutePath();

  /** Some are for what only a busy machine does, as to tell what the driver warns of. */
  private static final int FEW = 10;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void areAllThatServeWhatIsAskedForMost() throws Exception {
    assumeFalse(Packaged.isNative(), "a native binary has no classes to load");
    Map<String, String> log =
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load=info:file=" + LOADED + "::filecount=0");
    try (Packaged ringlet =
        Packaged.start("archived-classes", "127.0.0.1:" + TestCassandra.port(), log)) {
      ringlet.awaitReady();
      assertEquals(200, status(ringlet, "GET", "hello", ""));
      assertEquals(404, status(ringlet, "GET", "archived", ""));
      assertEquals(204, status(ringlet, "PUT", "archived", "{\"value\":\"yes\"}"));
      assertEquals(204, status(ringlet, "PATCH", "archived", "{\"value\":\"still\"}"));
      assertEquals(204, status(ringlet, "DELETE", "archived", ""));
    }
    assertTrue(
        read("shared objects file").contains("dev.ringlet.http.WriteResource"),
        "target/app.jsa is not used; what pre-integration-test says of archive-classes says why");
    List<String> parsed = read("file:");
    assertTrue(parsed.size() < FEW, parsed::toString);
  }

  private int status(Packaged ringlet, String method, String key, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(ringlet.uri("/v1/my_keyspace/my_table/" + key))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Ringlet's classes that were of such a source. */
  private static List<String> read(String source) throws IOException {
    Pattern line = Pattern.compile(".*\\s(dev\\.ringlet\\.\\S+) source: " + source);
    try (Stream<String> lines = Files.lines(LOADED)) {
      return lines.map(line::matcher).filter(Matcher::lookingAt).map(of -> of.group(1)).toList();
    }
  }
}
