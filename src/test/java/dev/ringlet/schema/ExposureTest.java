package dev.ringlet.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {

  @ParameterizedTest
  @CsvSource({
    "a, t, true, true",
    "system, local, false, false",
    "system_schema, tables, false, false",
    "systematic, t, true, true"
  })
  void exposesAllButTheSystemByDefault(String keyspace, String table, boolean ks, boolean t) {
    Exposure exposure = new Exposure(Optional.empty());
    assertEquals(ks, exposure.keyspace(keyspace));
    assertEquals(t, exposure.table(keyspace, table));
  }

  @ParameterizedTest
  @CsvSource({
    "whole, t, true, true",
    "part, t, true, true",
    "part, u, true, false",
    "other, t, false, false",
    "Whole, t, false, false"
  })
  void exposesWhatIsListed(String keyspace, String table, boolean ks, boolean t) {
    Exposure exposure = new Exposure(Optional.of(List.of("whole", "part.t")));
    assertEquals(ks, exposure.keyspace(keyspace));
    assertEquals(t, exposure.table(keyspace, table));
  }

  @ParameterizedTest
  @CsvSource({"system, local", "system_auth, roles"})
  void neverExposesTheSystem(String keyspace, String table) {
    Exposure exposure = new Exposure(Optional.of(List.of(keyspace, keyspace + "." + table)));
    assertEquals(false, exposure.keyspace(keyspace));
    assertEquals(false, exposure.table(keyspace, table));
  }
}
