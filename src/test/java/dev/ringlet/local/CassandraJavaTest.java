package dev.ringlet.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraJavaTest {
  @TempDir Path root;

  @Test
  void takesTheJavaThatRunsIfItWillDo() throws IOException {
    CassandraJava own = new CassandraJava(root, 17);
    assertEquals(own, CassandraJava.find(own, null, List.of(jdk("other", "11.0.2"))));
  }

  @Test
  void looksForAnotherOne() throws IOException {
    Path jdk21 = jdk("c", "21.0.4");
    List<Path> installed = List.of(jdk("a", "25"), root.resolve("nothing"), jdk21, jdk("d", "17"));
    assertEquals(
        new CassandraJava(jdk21, 21),
        CassandraJava.find(new CassandraJava(root, 25), null, installed));
  }

  @Test
  void takesTheOneThatIsNamed() throws IOException {
    Path named = jdk("named", "11.0.2");
    assertEquals(
        new CassandraJava(named, 11),
        CassandraJava.find(new CassandraJava(root, 17), named.toString(), List.of()));
  }

  @Test
  void saysInOneLineWhatToDo() throws IOException {
    CassandraJava own = new CassandraJava(root, 25);
    List<Path> none = List.of(jdk("a", "22"));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> CassandraJava.find(own, null, none));
    assertEquals(
        "The local Cassandra needs a JDK 11, 17 or 21, and this is Java 25 and no other was found:"
            + " install one, name it in CASSANDRA_JAVA_HOME, or set quarkus.cassandra.contact-points"
            + " to a running cluster.",
        e.getMessage());
    e = assertThrows(IllegalStateException.class, () -> CassandraJava.find(own, "/nowhere", none));
    assertEquals(true, e.getMessage().contains("CASSANDRA_JAVA_HOME is /nowhere"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(root.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
