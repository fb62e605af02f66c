package dev.ringlet.feature;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same with two instances, which hear of a change at different times. */
@QuarkusIntegrationTest
class SchemaLoopIT extends SchemaLoopTest {
  private static Packaged other;

  @BeforeAll
  static void startAnother() {
    other =
        Packaged.start(
            "schema-loop", "127.0.0.1:" + TestCassandra.port(), Map.of("RINGLET_SCAN", "*"));
    other.awaitReady();
  }

  @AfterAll
  static void stop() {
    other.close();
  }

  @Override
  List<String> instances() {
    return Stream.concat(super.instances().stream(), Stream.of(other.uri("").toString())).toList();
  }

  @Override
  int rounds() {
    return 2;
  }
}
