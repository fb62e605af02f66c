package dev.ringlet.schema;

/** What there is for somebody: the rest answers exactly as what is not there. */
public interface Visibility {

  /** Whether there is a keyspace, even if it has no tables. */
  boolean keyspace(String keyspace);

  /** Whether there is a table of a keyspace. */
  boolean table(String keyspace, String table);
}
