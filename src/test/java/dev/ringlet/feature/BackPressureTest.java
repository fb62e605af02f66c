package dev.ringlet.feature;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Of small rows as many are written at once as a request may. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class BackPressureTest extends BackPressure {
  @Override
  int length() {
    return 10_000;
  }

  @Override
  int rows() {
    return 128;
  }
}
