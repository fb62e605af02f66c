package dev.ringlet.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many bytes of objects an answer may take: of all threads of the packaged application, as
 * bench/run measures it. The compiler, which can do without some objects sooner or later, is told
 * not to, which no other test wants: so the figures are the same from the first request on, nearer
 * to those of a native binary, and larger than those of bench/run. Of a native binary, nothing says
 * what it allocates.
 *
 * <p>The bounds are a tenth above what was measured: one that is exceeded means that the path of a
 * request has more to do than before.
 */
class AllocationIT {
  private static final Logger LOG = Logger.getLogger(AllocationIT.class);
  private static final List<String> ALL_OBJECTS = List.of("-XX:-DoEscapeAnalysis");
  private static final long WARM_UP = 300_000_000;
  private static final long NANOS = 700_000_000;

  private static DriverContender rows;
  private static HttpContender ringlet;

  @BeforeAll
  static void start() throws IOException {
    assumeFalse(Packaged.isNative(), "a native binary");
    Files.createDirectories(Path.of("bench/target"));
    rows = Stage.furnished(TestCassandra.port());
    Server server =
        Server.all().stream().filter(one -> one.name().equals(Contender.RINGLET)).findFirst().get();
    ringlet = HttpContender.start(server, TestCassandra.port(), ALL_OBJECTS);
  }

  @AfterAll
  static void end() throws IOException {
    if (ringlet != null) {
      ringlet.close();
    }
    if (rows != null) {
      rows.execute("DROP KEYSPACE bench");
      rows.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,       20000",
    "SLICE,     171000",
    "PUT,       23200",
    "PATCH,     22600",
    "POST,      27800",
    "POST_1000, 12100000"
  })
  void aRequestTakesNoMoreThan(Operation operation, long bytes) throws IOException {
    warmUp(
        operation == Operation.POST_1000 ? 5 : 100,
        () -> ringlet.load(operation, 1, 0, WARM_UP).good());
    double unused = Allocation.ofRequest(ringlet, operation, WARM_UP);
    check(operation.title, Allocation.ofRequest(ringlet, operation, NANOS), bytes);
  }

  @Test
  void neitherDoesARefusal() throws IOException {
    warmUp(100, () -> ringlet.refused(WARM_UP).failed());
    double unused = Allocation.ofRefusal(ringlet, WARM_UP);
    check("A refusal", Allocation.ofRefusal(ringlet, NANOS), 19_000);
  }

  @Test
  void norARowOfAnExport() throws IOException {
    double unused = Allocation.ofExportedRow(ringlet);
    check("A row of an export", Allocation.ofExportedRow(ringlet), 1_700);
  }

  /** A load for a while; how many requests it had. */
  private interface Load {
    long run() throws IOException;
  }

  /** Loads classes, by so many requests if the machine is not too slow even for that. */
  private static void warmUp(int requests, Load load) throws IOException {
    long sent = 0;
    for (int i = 0; i < 20 && sent < requests; i++) {
      sent += load.run();
    }
  }

  private static void check(String what, double found, long most) {
    LOG.infof("%s: %.0f bytes", what, found);
    assertTrue(found <= most, () -> "%s: %.0f bytes, not %d".formatted(what, found, most));
  }
}
