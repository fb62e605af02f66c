package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.local.LocalCluster;
import dev.ringlet.local.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three nodes with three replicas of everything fall, hang and move while clients write at
 * LOCAL_QUORUM. What was acknowledged stays, what was not done is not there, and requests succeed
 * again soon after the cluster serves, by the same process.
 */
@Tag("faults")
@Order(Integer.MAX_VALUE) // the cluster stays until this JVM ends
class ClusterFaultsIT {
  private static final Logger LOG = Logger.getLogger(ClusterFaultsIT.class);
  private static final String NAME = "cassandra.test";
  private static final String PROBE = "INSERT INTO faults.writes (k, v) VALUES ('probe', '')";
  private static final Pattern TOLD = Pattern.compile("Cassandra is (lost|back)");
  private static final List<String> ONCE = List.of("lost", "back");
  private static final Duration SOON = Duration.ofSeconds(30);

  /** What has to be as it should in one of them: in the others the machine may have stood still. */
  private static final int ROUNDS = 3;

  private static final int OUTAGES = Integer.getInteger("cluster.outages", 4);

  /** The driver gives up a connection after 13 s without an answer, not after 35. */
  private static final String SOONER = "-Ddatastax-java-driver.advanced.heartbeat.interval=8s";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Path HOSTS = Path.of("target", "hosts").toAbsolutePath();

  private LocalCluster cluster;
  private Packaged ringlet;
  private Writers writers;
  private List<String> left = List.of();

  @Test
  void nothingAcknowledgedIsLostAndItServesAgainByItself() throws Exception {
    cluster = LocalCluster.whole();
    try {
      writeHosts();
      ringlet =
          Packaged.start(
              "cluster-faults",
              NAME + ":" + cluster.port(),
              Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + HOSTS + " " + SOONER));
      try (CqlSession session = ClusterDriver.open(cluster.contactPoints())) {
        ClusterDriver.create(session, "faults", "writes (k text PRIMARY KEY, v text)");
      }
      ringlet.awaitReady();
      serialReadersAndAWriterGetTheirAnswers();
      writers = new Writers(ringlet);
      fault("kill -9 of a node", true, this::killOne);
      fault("a node hangs", true, this::hangOne);
      fault("restart of one after the other", true, this::restartEach);
      fault("stop and start of all", false, this::restartAll);
      fault("all move to other addresses", false, this::moveAll);
      writers.stop();
      Map<String, Long> found = compare();
      LOG.infof("In the table: %s", found);
      assertEquals(0, found.get("acknowledged and lost"));
      assertEquals(0, found.get("not done and there"));
      assertEquals("", writers.unexpected());
      fallAndRise(); // without writers: killed all at once, nodes forget what they have just taken
    } finally {
      if (writers != null) {
        writers.stop();
      }
      if (ringlet != null) {
        ringlet.close();
      }
    }
  }

  private Map<String, Long> compare() {
    try (CqlSession session = ClusterDriver.open(cluster.contactPoints())) {
      return writers.compare(ClusterDriver.texts(session, "faults.writes", "k"));
    }
  }

  private interface Fault {
    void happen() throws Exception;
  }

  /**
   * @param serves whether there is a quorum all the time
   */
  private void fault(String name, boolean serves, Fault fault) throws Exception {
    Writers.Counts before = writers.counts();
    long begun = System.nanoTime();
    fault.happen();
    ClusterDriver.awaitServing(cluster.contactPoints(), PROBE);
    long serving = System.nanoTime();
    long acknowledged = writers.counts().acknowledged();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> writers.counts().acknowledged() > acknowledged && ringlet.health("ready") == 200);
    LOG.infof(
        "%s: %s; served again after %d ms (the whole took %d s)",
        name,
        writers.counts().since(before),
        Duration.ofNanos(System.nanoTime() - serving).toMillis(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    if (serves) {
      assertTrue(writers.counts().acknowledged() > before.acknowledged() + 100, name);
    }
  }

  private void killOne() {
    cluster.kill(0);
    writers.awaitMore(1000);
    assertEquals(200, ringlet.health("ready"), "there still is a quorum");
    cluster.start(0);
  }

  private void hangOne() throws Exception {
    String found = hang();
    for (int round = 1; !found.isEmpty() && round < ROUNDS; round++) {
      ClusterDriver.awaitServing(cluster.contactPoints(), PROBE);
      await().until(() -> ringlet.health("ready") == 200);
      found = hang();
    }
    assertEquals("", found);
  }

  /** What is wrong with it. */
  private String hang() throws Exception {
    long before = acknowledgedIn(5);
    long connections = inUse().get("connections");
    cluster.pause(1);
    try {
      long first = acknowledgedIn(1);
      long later = acknowledgedIn(5);
      LOG.infof("%d writes in 5 s, then %d in one and %d in 5 s", before, first, later);
      if (later < before / 2) {
        return "while a node hangs: " + later + " instead of " + before;
      }
      // until the driver gives up its connections
      await().until(() -> inUse().get("connections") < connections);
      return "";
    } finally {
      cluster.resume(1);
    }
  }

  @CanIgnoreReturnValue
  private long acknowledgedIn(int seconds) throws InterruptedException {
    long before = writers.counts().acknowledged();
    Thread.sleep(Duration.ofSeconds(seconds).toMillis()); // what is measured
    return writers.counts().acknowledged() - before;
  }

  /** Two read a row at a serial level, one changes it under a condition: ballots all of them. */
  private void serialReadersAndAWriterGetTheirAnswers() {
    String row = "/v1/faults/writes/serial";
    await().until(() -> ringlet.send("PUT", row, Map.of(), "{\"v\":\"0\"}") == 204);
    Map<Integer, Long> statuses = serialReadersAndAWriter(row);
    for (int round = 1; statuses.containsKey(504) && round < ROUNDS; round++) {
      statuses = serialReadersAndAWriter(row);
    }
    assertEquals(Map.of(200, 400L, 204, 200L), statuses);
  }

  private Map<Integer, Long> serialReadersAndAWriter(String row) {
    Map<String, String> serial = Map.of("Cassandra-Consistency", "LOCAL_SERIAL");
    Map<Integer, Long> statuses =
        IntStream.range(0, 3)
            .parallel()
            .boxed()
            .flatMap(
                client ->
                    IntStream.range(0, 200)
                        .mapToObj(
                            i ->
                                client == 0
                                    ? ringlet.send("PUT", row, Map.of("If-Match", "*"), "{}")
                                    : ringlet.send("GET", row, serial, "")))
            .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    LOG.infof("serial readers beside a writer: %s", statuses);
    return statuses;
  }

  /**
   * What an outage may not leave: a session, connections, its timer, series. Whether it ends with
   * another session, or the one that there was finds the nodes again, is a matter of who is first.
   */
  private void fallAndRise() {
    outage();
    Map<String, Long> before = settled();
    for (int i = 0; i < OUTAGES; i++) {
      anOutageIsToldOnce();
    }
    await().untilAsserted(() -> assertEquals(before, inUse()));
    List<String> told = told();
    assertEquals(
        IntStream.range(0, told.size()).mapToObj(i -> ONCE.get(i % ONCE.size())).toList(), told);
  }

  /** While nodes start, the machine may stand still, and one be lost again that was there. */
  private void anOutageIsToldOnce() {
    List<String> told = outage();
    for (int round = 1; !told.equals(ONCE) && round < ROUNDS; round++) {
      told = outage();
    }
    assertEquals(ONCE, told);
  }

  /** What the log says of it. */
  @CanIgnoreReturnValue
  private List<String> outage() {
    int before = told().size();
    for (int node = 0; node < cluster.addresses().size(); node++) {
      cluster.kill(node);
    }
    await().atMost(START_LIMIT).until(() -> ringlet.health("ready") == 503);
    cluster.startAll();
    await()
        .atMost(START_LIMIT)
        .until(() -> ringlet.health("ready") == 200 && isBack(before, told()));
    List<String> told = told();
    return told.subList(before, told.size());
  }

  private static boolean isBack(int before, List<String> told) {
    return told.size() > before && told.get(told.size() - 1).equals("back");
  }

  /** When nothing of the session before is left. */
  private Map<String, Long> settled() {
    AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
    await()
        .during(Duration.ofSeconds(5))
        .until(this::inUse, now -> now.equals(last.getAndSet(now)));
    return last.get();
  }

  private Map<String, Long> inUse() {
    return ringlet.inUse(cluster.port(), left);
  }

  /** What the log says of all outages, in order. */
  private List<String> told() {
    return TOLD.matcher(ringlet.log()).results().map(line -> line.group(1)).toList();
  }

  private void restartEach() {
    for (int node = 0; node < cluster.addresses().size(); node++) {
      cluster.stop(node);
      cluster.start(node);
      ClusterDriver.awaitServing(cluster.contactPoints(), PROBE);
    }
  }

  private void stopAll() {
    cluster.stopAll();
    await().atMost(START_LIMIT).until(() -> ringlet.health("ready") == 503);
    assertEquals(200, ringlet.health("live"), "a database that is away is no reason to restart");
  }

  private void restartAll() {
    stopAll();
    cluster.startAll();
  }

  private void moveAll() throws IOException {
    stopAll();
    left = List.copyOf(cluster.addresses());
    cluster.startAllElsewhere();
    writeHosts();
  }

  /** The name that Ringlet looks for the cluster by. */
  private void writeHosts() throws IOException {
    Files.writeString(
        HOSTS,
        cluster.addresses().stream()
            .map(address -> address + " " + NAME)
            .collect(Collectors.joining("\n", "127.0.0.1 localhost\n", "\n")));
  }
}
