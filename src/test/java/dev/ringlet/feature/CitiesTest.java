package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of the cities, with some of them: in the shell and in Python, each twice. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
@TestProfile(ReadingTest.Scans.class)
class CitiesTest {
  private static final Path EXAMPLE = Path.of("examples/cities").toAbsolutePath();
  private static final Path SOME =
      Path.of("src/test/resources/cities/cities.json").toAbsolutePath();

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
    Cassandra.require("CREATE INDEX IF NOT EXISTS cities_lat ON world.cities (lat) USING 'sai'");
    Cassandra.awaitSeen("world");
  }

  @ParameterizedTest
  @CsvSource({"sh, run.sh", "python3, cities.py", "sh, run.sh", "python3, cities.py"})
  void answersItsTenQuestions(String interpreter, String program) throws Exception {
    Process process =
        new ProcessBuilder(
                interpreter,
                EXAMPLE.resolve(program).toString(),
                ConfigProvider.getConfig().getValue("test.url", String.class),
                SOME.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("All ten answers are as they should be."), output);
  }
}
