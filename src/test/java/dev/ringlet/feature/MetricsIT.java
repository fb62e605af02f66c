package dev.ringlet.feature;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.docs.Section;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** And what only a process of its own says: in the JVM of the tests there were others before. */
@QuarkusIntegrationTest
@Order(1) // nobody has asked this process for anything yet
class MetricsIT extends MetricsTest {
  /** The others say of a process what they say of any. */
  private static final Pattern OURS = Pattern.compile("ringlet_|cassandra_|http_server_");

  /** Of all samples. */
  private static Set<String> names() {
    return metrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theDocsNameEachMetric() {
    Set<String> documented = Section.of("## Metrics").names();
    given().get(TABLE + "/hello").then().statusCode(200);
    given().header("X-API-Key", "none").get(TABLE + "/hello").then().statusCode(401);
    await()
        .untilAsserted(
            () -> {
              Set<String> names = names();
              names.removeIf(name -> !OURS.matcher(name).lookingAt() && !documented.contains(name));
              assertEquals(documented, names);
            });
  }

  @Test
  void theClusterAndTheDriverAreSeen() {
    given().get(TABLE + "/hello").then().statusCode(200);
    assertEquals(1, value("ringlet_cassandra_nodes", "state=\"up\""));
    assertEquals(0, value("ringlet_cassandra_nodes", "state=\"down\""));
    assertThat(metrics(), containsString("ringlet_statements_prepared "));
    assertTrue(value("ringlet_statements_bytes") > 2000);
    assertEquals(1, value("cassandra_session_connected_nodes"));
    assertThat(metrics(), containsString("cassandra_nodes_pool_open_connections{"));
    assertThat(metrics(), containsString("cassandra_nodes_pool_in_flight{"));
    assertThat(metrics(), containsString("cassandra_session_cql_requests_seconds_count{"));
    assertThat(metrics(), containsString("http_server_active_requests{"));
  }
}
