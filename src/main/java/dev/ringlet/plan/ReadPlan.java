package dev.ringlet.plan;

import dev.ringlet.guard.Access;
import dev.ringlet.header.ReadOptions;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A SELECT.
 *
 * @param projection what it fetches, and what the answer makes of that
 * @param paging how much of it
 * @param rule what allowed it
 * @param options what the client asked for besides
 */
public record ReadPlan(
    Fragment statement, Projection projection, Paging paging, Rule rule, ReadOptions options)
    implements Plan {
  /**
   * @param size rows to fetch at a time, at most
   * @param place where an earlier page ended
   * @param pages of what there can be
   * @param table which is another one when it was dropped and made again
   */
  public record Paging(int size, Optional<ByteBuffer> place, Pages pages, Table table) {
    /** Whether what is too much for one answer can be read in several. */
    public boolean inPages() {
      return pages == Pages.ROWS || pages == Pages.GROUPS;
    }

    /** Rows that Cassandra is asked for at a time. */
    public int fetched() {
      return pages == Pages.UNPAGED ? Integer.MAX_VALUE : size;
    }
  }

  /** Of what there are pages. */
  public enum Pages {
    ROWS,
    /** Of which each may be of many rows, and Cassandra reads as many rows at a time. */
    GROUPS,
    /** There is one, as of a vector search, and of an aggregate of all rows. */
    ONE,
    /** There is one, which Cassandra puts in order itself, and only without paging. */
    UNPAGED
  }

  /**
   * @param name as {@code explain} shows it
   * @param single whether it asks for one row by its whole primary key
   * @param nearest whether it is a vector search, which Cassandra does at one replica
   */
  public record Rule(String name, boolean single, boolean nearest) {
    /** Whether the key alone finds the rows. */
    public boolean byKey() {
      return name.equals(Access.PRIMARY_KEY) || name.equals(Access.PARTITION_KEY);
    }
  }

  @Override
  public Table table() {
    return paging.table();
  }

  /** How many columns a row of Cassandra's answer has. */
  public int columns() {
    return projection.isWhole() ? table().columns().size() : projection.columns();
  }

  @Override
  public Object effect() {
    return statement;
  }

  /** What makes this query different from others: page tokens are bound to it. */
  public byte[] identity() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(table().id());
      write(ByteBuffer.wrap(cql().getBytes(StandardCharsets.UTF_8)), out);
      for (Value value : values()) {
        write(value.bytes(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
    return bytes.toByteArray();
  }

  ReadPlan at(ByteBuffer place) {
    return part(Optional.of(place), paging.size());
  }

  /** So many rows of it, from there on. */
  public ReadPlan part(Optional<ByteBuffer> place, int size) {
    Paging part = new Paging(size, place, paging.pages(), paging.table());
    return new ReadPlan(statement, projection, part, rule, options);
  }

  private static void write(ByteBuffer bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }
}
