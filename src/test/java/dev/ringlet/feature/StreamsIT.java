package dev.ringlet.feature;

import dev.ringlet.local.PackagedHeap;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;

@QuarkusIntegrationTest
class StreamsIT extends StreamsTest {
  @Override
  long usedHeap() throws IOException {
    return PackagedHeap.used();
  }
}
