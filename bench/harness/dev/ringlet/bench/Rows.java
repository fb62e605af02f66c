package dev.ringlet.bench;

import java.time.Instant;
import java.util.UUID;

/** The rows that everybody reads and writes: the n-th one is the same for all. */
final class Rows {
  /** Rows of a partition. */
  static final int SHELF = 100;

  /** Rows that single requests read and write. */
  static final int COUNT = 10_000;

  static final String COLUMNS = "shelf, number, added, amount, id, name, price";
  private static final Instant FIRST = Instant.parse("2026-11-22T06:00:00Z");

  private Rows() {}

  static String shelf(int row) {
    return "shelf-%05d".formatted(row / SHELF);
  }

  static int number(int row) {
    return row % SHELF;
  }

  static Instant added(int row) {
    return FIRST.plusMillis(row);
  }

  static int amount(int row) {
    return row % 1000;
  }

  static UUID id(int row) {
    return new UUID(0x4c937f61eabfa4aL * 31 + row, 0x8f61eabfa4a803e2L);
  }

  static String name(int row) {
    return "thing number " + row;
  }

  static double price(int row) {
    return row % 4096 / 8.0;
  }

  /** The columns but the key, as JSON members. */
  private static String values(int row) {
    return "\"added\":\"%s\",\"amount\":%d,\"id\":\"%s\",\"name\":\"%s\",\"price\":%s"
        .formatted(added(row), amount(row), id(row), name(row), price(row));
  }

  static String json(int row) {
    return "{\"shelf\":\"%s\",\"number\":%d,%s}".formatted(shelf(row), number(row), values(row));
  }

  static String jsonWithoutKey(int row) {
    return "{" + values(row) + "}";
  }

  static String patch(int row) {
    return "{\"amount\":%d,\"price\":%s}".formatted(amount(row), price(row));
  }

  static String table(String name) {
    return "CREATE TABLE bench."
        + name
        + " (shelf text, number int, added timestamp, amount int, id uuid, name text,"
        + " price double, PRIMARY KEY (shelf, number))";
  }
}
