package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.local.FaultyProxy;
import dev.ringlet.local.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that go away while Cassandra has not answered. */
@QuarkusTest
@WithTestResource(FakeCassandra.class)
class GoneClientsTest {
  /** Of which each has one row fewer under way than it may have: so its end is heard, too. */
  private static final int LOADS = 4;

  private static final int ROWS = 127;
  private static final String ROW = "{\"k\":\"x\",\"v\":\"x\"}\n";

  private final List<RawHttp> clients = new ArrayList<>();

  @BeforeEach
  void heal() {
    FakeCassandra.heal();
    FakeCassandra.clear();
  }

  @AfterEach
  void close() throws IOException {
    for (RawHttp client : clients) {
      client.close();
    }
  }

  /** A load that goes on until it is closed, or has sent so many rows. */
  private RawHttp load(int rows) throws IOException {
    RawHttp client =
        new RawHttp(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
    clients.add(client);
    client.send(
        "POST /v1/fake/t HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            + "Prefer: wait=30\r\nContent-Length: "
            + rows * ROW.length()
            + "\r\n\r\n");
    return client;
  }

  @Test
  void othersKeepTheConnectionsToCassandra() throws IOException, InterruptedException {
    RawHttp other = load(1);
    FakeCassandra.begin(Fault.SILENT);
    List<RawHttp> gone = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      gone.add(load(ROWS + 1));
      gone.get(i).send(ROW.repeat(ROWS));
    }
    // each once, and once more at a second node since the first is silent
    await().until(() -> FakeCassandra.executed() == 2 * LOADS * ROWS);
    int connections = accepted();
    double before = brokenOff();
    FakeCassandra.proxies().forEach(node -> node.fail((frame, driver) -> driver.pass(frame)));
    for (RawHttp client : gone) {
      client.close();
    }
    await().until(() -> brokenOff() == before + LOADS);
    other.send(ROW);
    assertEquals("{\"written\":1,\"failed\":0}\n", other.answer().body());
    assertEquals(connections, accepted());
  }

  /** Connections that there have been. */
  private static int accepted() {
    return FakeCassandra.proxies().stream().mapToInt(FaultyProxy::accepted).sum();
  }

  /** Requests whose clients did not wait. Unlike a gauge, it is right after a restart, too. */
  private static double brokenOff() throws IOException, InterruptedException {
    return Management.metrics()
        .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
        .filter(line -> line.contains("method=\"POST\"") && line.contains("status=\"RESET\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
