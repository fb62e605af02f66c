package dev.ringlet.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  private static CqlSession session;

  private final String keyspace = "samples_" + Long.toString(System.nanoTime(), 36);

  private final String sound =
      """
      CREATE KEYSPACE $ks WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1};
      -- a table; and a counter
      CREATE TABLE $ks.t (k int PRIMARY KEY, v text);
      CREATE TABLE $ks.c (k int PRIMARY KEY, n counter);
      INSERT INTO $ks.t (k, v) VALUES (1, 'one;
      and more');
      UPDATE $ks.c SET n = n + 1 WHERE k = 1;
      """
          .replace("$ks", keyspace);

  @TempDir Path files;
  @TempDir Path node;
  private Samples samples;

  @BeforeAll
  static void connect() {
    session = PlainDriver.session();
  }

  @AfterAll
  static void disconnect() {
    session.close();
  }

  @BeforeEach
  void begin() {
    samples = new Samples(files, node);
  }

  @AfterEach
  void end() {
    drop();
  }

  private void drop() {
    assertTrue(session.execute("DROP KEYSPACE IF EXISTS " + keyspace).wasApplied());
  }

  private Path file() {
    return files.resolve(keyspace + ".cql");
  }

  private void write(String cql) throws IOException {
    Files.writeString(file(), cql);
  }

  private String refusal() {
    return assertThrows(IllegalStateException.class, () -> samples.apply(session)).getMessage();
  }

  private long rows() {
    return session.execute("SELECT count(*) FROM %s.t".formatted(keyspace)).one().getLong(0);
  }

  private long counted() {
    return session.execute("SELECT n FROM %s.c WHERE k = 1".formatted(keyspace)).one().getLong(0);
  }

  @Test
  void theyAreAppliedOnce() throws IOException {
    write(sound);
    assertTrue(samples.areNew());
    samples.apply(session);
    assertFalse(samples.areNew());
    assertTrue(session.execute("TRUNCATE %s.t".formatted(keyspace)).wasApplied());
    new Samples(files, node).apply(session);
    assertEquals(1, counted());
    assertEquals(0, rows(), "what was deleted stays so");
  }

  @Test
  void whatIsRefusedIsNamedAndTriedAgainWhenItIsMended() throws IOException {
    write(sound.replace("v text);", "v text;\n"));
    String refusal = refusal();
    assertTrue(refusal.startsWith(file() + ":3: "), refusal);
    write(sound.replace("v text);", "v txt);"));
    refusal = refusal();
    assertTrue(refusal.startsWith(file() + ":3: "), refusal);
    assertTrue(samples.areNew());
    write(sound);
    samples.apply(session);
    assertEquals(1, rows());
    assertEquals(1, counted());
  }

  @Test
  void whatIsAppendedIsAppliedAlone() throws IOException {
    write(sound);
    samples.apply(session);
    write(sound + "\nINSERT INTO %s.t (k) VALUES (2)".formatted(keyspace));
    assertTrue(samples.areNew());
    samples.apply(session);
    assertEquals(2, rows());
    assertEquals(1, counted());
  }

  @Test
  void ofAKeyspaceThatWasDroppedAllAreApplied() throws IOException {
    write(sound);
    samples.apply(session);
    drop();
    samples.apply(session);
    assertEquals(1, rows());
  }

  /** It would change nothing, and nobody would know. */
  @Test
  void aTableThatIsThereAlreadyIsNotEdited() throws IOException {
    write(sound);
    samples.apply(session);
    write(sound.replace("v text);", "v text, w text);"));
    String refusal = refusal();
    assertTrue(refusal.startsWith(file() + ":3: "), refusal);
    assertTrue(refusal.contains("already exists"), refusal);
  }

  /** As it is after a process was killed between a statement and its record. */
  @Test
  void whatIsThereAlreadyIsGoneOnFrom() throws IOException {
    write(sound);
    assertTrue(session.execute(sound.substring(0, sound.indexOf(';'))).wasApplied());
    samples.apply(session);
    assertEquals(1, rows());
  }
}
