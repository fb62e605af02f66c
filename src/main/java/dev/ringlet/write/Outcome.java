package dev.ringlet.write;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of one of many rows.
 *
 * @param index its place among the rows of the request, from 0
 */
record Outcome(long index, int status, Optional<ApiException> error) {
  /** How often what is shown of a row is in memory at most: as text, as bytes, in the answer. */
  private static final long COPIES = 3;

  static Outcome done(long index, int status) {
    return new Outcome(index, status, Optional.empty());
  }

  /** Of all rows, by their status. */
  static List<Outcome> done(List<Integer> statuses) {
    return IntStream.range(0, statuses.size()).mapToObj(i -> done(i, statuses.get(i))).toList();
  }

  static Outcome failed(long index, ApiException error) {
    return new Outcome(index, error.code().status(), Optional.of(error));
  }

  /** Of memory that it takes because it shows the row that stands in the way. */
  long bytes() {
    return error
        .map(e -> e.members().get(CurrentRow.MEMBER))
        .map(row -> COPIES * ((SerializableString) row).asUnquotedUTF8().length)
        .orElse(0L);
  }

  /** The same if that row cannot be shown. */
  Outcome withoutRow() {
    return failed(index, CurrentRow.contradicted());
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", index);
    json.writeNumberField("status", status);
    if (error.isPresent()) {
      json.writeFieldName("error");
      Problem.write(error.get(), json);
    }
    json.writeEndObject();
  }
}
