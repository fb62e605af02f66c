package dev.ringlet.feature;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;

@QuarkusIntegrationTest
class StreamsIT extends StreamsTest {

  /** Nothing where there is no JVM to ask. */
  @Override
  long usedHeap() throws IOException {
    return PackagedHeap.used().orElse(0);
  }
}
