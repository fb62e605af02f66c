package dev.ringlet.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.type.DataType;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.ringlet.local.PlainDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What CQL makes of literals is what Ringlet makes of the same text. Where they differ, the file of
 * literals says which sentence of docs/api.md tells of it.
 */
class LiteralsTest {
  private static final Path API = Path.of("docs/api.md");

  private static CqlSession session;
  private static String keyspace;
  private static Map<String, DataType> types;

  /**
   * @param reason why only one of both takes it, empty if there is no difference
   */
  private record Literal(String type, String cql, String reason) {
    static Literal of(String line) {
      String[] parts = line.split(" +\\| *", -1);
      return new Literal(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
    }

    /** What stands in a path or, in quotes, in JSON. */
    String text() {
      return cql.startsWith("'") ? cql.substring(1, cql.length() - 1).replace("''", "'") : cql;
    }
  }

  @BeforeAll
  static void createTable() {
    session = PlainDriver.withoutSchema();
    types =
        Edges.BY_TYPE.keySet().stream().collect(Collectors.toMap(t -> t.asCql(true, true), t -> t));
    String columns =
        types.keySet().stream()
            .map(type -> "c_%s %1$s".formatted(type))
            .collect(Collectors.joining(", "));
    keyspace = PlainDriver.keyspace(session, "literals");
    session.execute("CREATE TABLE %s.t (id int PRIMARY KEY, %s)".formatted(keyspace, columns));
  }

  @AfterAll
  static void dropTable() {
    session.execute("DROP KEYSPACE " + keyspace);
    session.close();
  }

  @Test
  void areTakenAsCqlTakesThemOrForAReason() throws IOException {
    List<String> different = new ArrayList<>();
    for (Literal literal : literals()) {
      DataType type = types.get(literal.type());
      Optional<ByteBuffer> theirs = cql(literal);
      for (Optional<ByteBuffer> ours : List.of(text(type, literal), json(type, literal))) {
        if (theirs.equals(ours) != literal.reason().isEmpty()) {
          different.add(literal + ": to CQL " + shown(type, theirs) + ", not " + shown(type, ours));
        }
      }
    }
    assertEquals(List.of(), different);
  }

  @Test
  void differencesAreTold() throws IOException {
    String docs = Files.readString(API).replaceAll("\\s+", " ");
    for (Literal literal : literals()) {
      assertTrue(docs.contains(literal.reason()), literal.toString());
    }
  }

  private static List<Literal> literals() throws IOException {
    try (var in = LiteralsTest.class.getResourceAsStream("/literals.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Literal::of)
          .toList();
    }
  }

  private static Optional<ByteBuffer> cql(Literal literal) {
    String column = "c_" + literal.type();
    try {
      session.execute(
          "INSERT INTO %s.t (id, %s) VALUES (1, %s)".formatted(keyspace, column, literal.cql()));
    } catch (QueryValidationException | ServerError e) {
      return Optional.empty();
    }
    return Optional.of(
        session
            .execute("SELECT %s FROM %s.t WHERE id = 1".formatted(column, keyspace))
            .one()
            .getBytesUnsafe(0));
  }

  private static Optional<ByteBuffer> text(DataType type, Literal literal) {
    try {
      return Optional.of(Codecs.of(type).parse(literal.text()));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private static Optional<ByteBuffer> json(DataType type, Literal literal) {
    try {
      char[] text = JsonStringEncoder.getInstance().quoteAsString(literal.text());
      String quoted = '"' + new String(text) + '"';
      return Optional.of(
          CodecTestSupport.read(
              type, literal.type().equals("boolean") ? lowerCase(literal.text()) : quoted));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  /** JSON has no other booleans. */
  private static String lowerCase(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static String shown(DataType type, Optional<ByteBuffer> value) {
    return value.map(bytes -> String.valueOf(CodecTestSupport.driver(type, bytes))).orElse("none");
  }
}
