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
    String digits = Integer.toString(row / SHELF);
    return "shelf-" + "0".repeat(Math.max(0, 5 - digits.length())) + digits;
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
    return new UUID(0x945dc6cdb6d34ef6L + row, 0x8f61eabfa4a803e2L);
  }

  static String name(int row) {
    return "thing number " + row;
  }

  static double price(int row) {
    return row % 4096 / 8.0;
  }

  /** The columns but the key, as JSON members. A format would cost as much as sending it. */
  private static StringBuilder values(StringBuilder json, int row) {
    return json.append("\"added\":\"")
        .append(added(row))
        .append("\",\"amount\":")
        .append(amount(row))
        .append(",\"id\":\"")
        .append(id(row))
        .append("\",\"name\":\"")
        .append(name(row))
        .append("\",\"price\":")
        .append(price(row))
        .append('}');
  }

  static String json(int row) {
    StringBuilder json = new StringBuilder(200);
    json.append("{\"shelf\":\"").append(shelf(row));
    json.append("\",\"number\":").append(number(row)).append(',');
    return values(json, row).toString();
  }

  static String jsonWithoutKey(int row) {
    return values(new StringBuilder("{"), row).toString();
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
