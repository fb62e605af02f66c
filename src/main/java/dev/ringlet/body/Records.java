package dev.ringlet.body;

import java.util.List;

/** Cuts a body into the rows of which it consists, as it arrives. */
public interface Records {

  /** Those that end in this chunk, blank ones left out. */
  List<Line> read(byte[] chunk);

  /** The last one, if no line end came after it. */
  List<Line> end();

  /** Bytes that are kept of one that has not ended. */
  int kept();

  /** Whether one has begun and not ended. */
  boolean hasBegun();
}
