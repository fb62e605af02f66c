package dev.ringlet.feature;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.util.OptionalLong;

@QuarkusIntegrationTest
class BulkIT extends BulkTest {
  @Override
  long usedHeap() throws IOException {
    OptionalLong used = PackagedHeap.used();
    assumeTrue(used.isPresent(), "no JVM to ask");
    return used.getAsLong();
  }
}
