package dev.ringlet.write;

import dev.ringlet.encode.JsonBytes;
import io.smallrye.mutiny.Multi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How many rows of an array were written, and what became of some of them. */
public final class Summary {
  /** Outcomes that are in memory as text at once. */
  private static final int PIECE = 64;

  private final OutcomeCount tally;
  private final List<Outcome> shown;
  private final Consumer<Outcome> told;

  /**
   * @param shown in the order of the rows
   */
  Summary(OutcomeCount tally, List<Outcome> shown) {
    this(tally, shown, tally::gone);
  }

  /**
   * @param told takes each outcome that is in memory no more
   */
  Summary(OutcomeCount tally, List<Outcome> shown, Consumer<Outcome> told) {
    this.tally = tally;
    this.told = told;
    this.shown = new ArrayList<>(shown);
  }

  /** One object. */
  public byte[] json() {
    return JsonBytes.write(json -> tally.write(shown, json));
  }

  /** Whether it should be sent in pieces. */
  public boolean isLong() {
    return shown.size() > PIECE;
  }

  /** The same object piece by piece, each made when it is asked for. Once: then they are gone. */
  public Multi<byte[]> pieces() {
    byte[] none = JsonBytes.write(json -> tally.write(List.of(), json));
    int inside = none.length - "]}".length();
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item(Arrays.copyOf(none, inside)),
            Multi.createFrom().range(0, (shown.size() + PIECE - 1) / PIECE).map(this::piece),
            Multi.createFrom().item(Arrays.copyOfRange(none, inside, none.length)));
  }

  /** Elements of an array, after a comma if they are not the first. */
  private byte[] piece(int number) {
    int first = number * PIECE;
    List<Outcome> some = shown.subList(first, Math.min(first + PIECE, shown.size()));
    byte[] array =
        JsonBytes.write(
            json -> {
              json.writeStartArray();
              for (Outcome outcome : some) {
                outcome.write(json);
              }
              json.writeEndArray();
            });
    some.forEach(told);
    some.replaceAll(outcome -> null);
    array[0] = ',';
    return Arrays.copyOfRange(array, first == 0 ? 1 : 0, array.length - 1);
  }
}
