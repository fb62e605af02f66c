package dev.ringlet.feature;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Of 512 permits for 8 MB, a row of 900 kB takes 55: fewer are written at once than small ones. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class LargeRowsTest extends BackPressure {
  @Override
  int length() {
    return 900_000;
  }

  @Override
  int rows() {
    return 9;
  }
}
