package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The packaged application under attack, for all tests of a class. What others get of it meanwhile
 * is what counts.
 */
final class Besieged
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, AutoCloseable {
  static final String TABLE = "/v1/my_keyspace/my_table";
  static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
  static final String HELLO = "GET " + TABLE + "/hello" + HOST + "\r\n";

  /** An answer of 4 MB, once it is written. */
  static final String PAGE = "/v1/weather/readings/hostile/2026-11-22?limit=10000";

  private static final int ROWS = 4000;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int ROUNDS = 3;

  private static final Logger LOG = Logger.getLogger(Besieged.class);

  /** Heap, direct memory and code as the images limit them are 160 MB of it. */
  private static final long MOST_KILOBYTES = 320 * 1024;

  private final Map<String, String> settings;
  private Packaged ringlet;
  private long before;
  private long began;

  /** With connections that may be idle for 4 s, requests that have 2 s, and very large pages. */
  static Besieged impatient() {
    return new Besieged(
        Map.of(
            "QUARKUS_HTTP_IDLE_TIMEOUT", "4S",
            "RINGLET_TIMEOUT_DEFAULT", "2s",
            "RINGLET_TIMEOUT_MAX", "3s",
            "RINGLET_PAGE_SIZE_MAX", "10000",
            "RINGLET_PAGE_SIZE_MAX_BYTES", "8M",
            "RINGLET_STREAM_PAGE_SIZE", "10000"));
  }

  /** With the settings that it has by itself, for one attack. */
  static Besieged patient() throws IOException {
    Besieged patient = new Besieged(Map.of());
    patient.start();
    patient.begin();
    return patient;
  }

  private Besieged(Map<String, String> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  private void start() throws IOException {
    ringlet = Packaged.start("besieged", "127.0.0.1:" + TestCassandra.port(), settings);
    ringlet.awaitReady();
    for (int i = 0; i < 100; i++) { // the first take longer
      assertEquals(200, hello().status());
    }
  }

  private void begin() {
    before = ringlet.resident();
    began = System.nanoTime();
  }

  URI uri() {
    return ringlet.uri("");
  }

  RawHttp open() throws IOException {
    return new RawHttp(uri());
  }

  /** Kilobytes of memory that it has. */
  long resident() {
    return ringlet.resident();
  }

  double metric(String name) {
    return ringlet.metric(name);
  }

  /** Requests that have come and are not answered to their end. */
  double active() {
    return ringlet.active();
  }

  boolean isConnected(RawHttp client) {
    return ringlet.connections(client.localPort()) > 0;
  }

  /** What it has taken of the processors. */
  Duration processorTime() {
    return ProcessHandle.of(ringlet.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  private RawHttp.Answer hello() throws IOException {
    try (RawHttp other = open()) {
      other.send(HELLO);
      return other.answer();
    }
  }

  void writePage() throws IOException {
    try (RawHttp writer = open()) {
      String rows =
          IntStream.range(0, ROWS)
              .mapToObj(
                  i ->
                      "{\"station\":\"hostile\",\"day\":\"2026-11-22\",\"time\":\"%d\",\"temperature\":\"1.%s\"}\n"
                          .formatted(1_700_000_000_000L + i, "1".repeat(900)))
              .collect(Collectors.joining());
      writer.send(
          "POST /v1/weather/readings"
              + HOST
              + "Content-Type: application/x-ndjson\r\nContent-Length: "
              + rows.length()
              + "\r\n\r\n"
              + rows);
      String answer = writer.answer().body();
      assertTrue(answer.contains("{\"written\":" + ROWS + ",\"failed\":0}"), answer);
    }
  }

  /** There is room for others again. */
  void awaitRoom() {
    await().until(() -> hello().status() == 200);
  }

  /**
   * Others are answered in two seconds, by the port of health too, and memory is bounded. They ask
   * again where it takes longer: it may have been the machine that stood still.
   */
  void assertServes(String attack) throws IOException {
    Duration took = served();
    for (int round = 1; took.compareTo(SOON) >= 0 && round < ROUNDS; round++) {
      took = served();
    }
    assertTrue(took.compareTo(SOON) < 0, took.toString());
    assertBounded(attack);
  }

  /** How long it takes to answer others. */
  private Duration served() throws IOException {
    long asked = System.nanoTime();
    assertEquals(200, hello().status());
    assertEquals(200, ringlet.health("live"));
    assertEquals(200, ringlet.health("ready"));
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  private void assertBounded(String attack) {
    long now = ringlet.resident();
    LOG.infof(
        "%s: %d kB before, %d kB after %.1f s",
        attack, before, now, (System.nanoTime() - began) / 1e9);
    assertTrue(now < MOST_KILOBYTES, now + " kB");
  }

  /** It is as if nothing had been. */
  void assertUnharmed(String attack) throws IOException {
    await().until(() -> ringlet.metric("ringlet_requests_in_flight") == 0);
    assertServes(attack + ", over");
    assertFalse(ringlet.log().contains("\"level\":\"ERROR\""), ringlet.log());
    assertFalse(ringlet.log().contains("OutOf"), "memory ended");
  }

  @Override
  public void close() {
    ringlet.close();
  }
}
