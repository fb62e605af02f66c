package dev.ringlet.feature;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Of small rows as many are written at once as a request may. */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
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
