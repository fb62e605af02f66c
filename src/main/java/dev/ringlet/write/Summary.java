package dev.ringlet.write;

import dev.ringlet.encode.JsonBytes;
import java.util.List;

/** How many rows of an array were written, and what became of some of them. */
public final class Summary {
  private final OutcomeCount tally;
  private final List<Outcome> shown;

  /**
   * @param shown in the order of the rows
   */
  Summary(OutcomeCount tally, List<Outcome> shown) {
    this.tally = tally;
    this.shown = shown;
  }

  /** One object. */
  public byte[] json() {
    return JsonBytes.write(json -> tally.write(shown, json));
  }
}
