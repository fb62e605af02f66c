package dev.ringlet.bench;

/** Who has how much of the processors under overload. */
enum Processors {
  /** All what they can get. */
  SHARED("", ""),
  /** Cassandra as much as {@link HalfProcessor} says, and the others what they can get. */
  HALF(" half", ", half a processor for Cassandra");

  /** In the keys of results. */
  final String key;

  /** After the title of what is measured. */
  final String title;

  Processors(String key, String title) {
    this.key = key;
    this.title = title;
  }
}
