package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is read of the schema: no more than is exposed, since a cluster may have a thousand tables.
 */
@QuarkusTest
@QuarkusTestResource(value = FakeCassandra.class, restrictToAnnotatedClass = true)
@TestProfile(SchemaQueriesTest.Exposed.class)
class SchemaQueriesTest {

  /** Two tables of the same keyspace. */
  public static class Exposed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ringlet.expose", "fake.t,fake.c");
    }
  }

  @Test
  void onlyTheExposedKeyspacesAreReadFromCassandra() {
    Management.awaitReady();
    await().until(() -> !tableQueries().isEmpty());
    assertEquals(
        List.of("SELECT * FROM system_schema.tables WHERE keyspace_name IN ('fake')"),
        tableQueries());
  }

  private static List<String> tableQueries() {
    return FakeCassandra.queries("system_schema.tables");
  }
}
