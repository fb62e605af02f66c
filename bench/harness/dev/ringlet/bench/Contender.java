package dev.ringlet.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;

/** One of those that are measured, running. */
interface Contender {
  String BARE_DRIVER = "bare driver";
  String CONSTANT = "constant JSON";
  String HANDWRITTEN = "hand-written";
  String MAPPER = "mapper";
  String RINGLET = "Ringlet";
  String NATIVE = "Ringlet native";

  /** With a token, the same of one caller with each request. */
  String TOKEN = "Ringlet, token";

  /** With tokens that it does not remember. */
  String NEW_TOKENS = "Ringlet, new tokens";

  String name();

  Proc process();

  boolean does(Operation operation);

  /**
   * A load.
   *
   * @param rate requests a second of the open model; 0 is the closed one
   */
  @CanIgnoreReturnValue
  Measured load(Operation operation, int connections, double rate, long nanos) throws IOException;

  /** Reads all rows of a table and says how many. */
  @CanIgnoreReturnValue
  long export(String table) throws IOException;

  /** Writes the first so many rows and says how many. */
  @CanIgnoreReturnValue
  long ingest(String table, int rows) throws IOException;
}
