package dev.ringlet.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.encode.Problem;
import dev.ringlet.encode.RawJson;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What became of one of many rows.
 *
 * @param index its place among the rows of the request, from 0
 */
record Outcome(long index, int status, Optional<ApiException> error) {
  /** How often a text that is shown is in memory at most: as text, as bytes, in the answer. */
  private static final long COPIES = 3;

  /** Bytes of memory that an error takes besides its texts. */
  private static final long ERROR = 500;

  /** What is told of an error where there is no room for more. */
  private static final Map<ErrorCode, Optional<ApiException>> BRIEF =
      Stream.of(ErrorCode.values())
          .collect(
              Collectors.toMap(
                  Function.identity(), code -> Optional.of(new ApiException(code, code.title()))));

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

  /** Of memory that it takes because it has an error of its own. */
  long bytes() {
    return error.filter(e -> e != brief(e.code()).get()).map(Outcome::sizeOf).orElse(0L);
  }

  private static long sizeOf(ApiException e) {
    long texts = e.members().values().stream().mapToLong(Outcome::length).sum();
    return ERROR + COPIES * (length(e.detail()) + texts);
  }

  /** Of what is shown, in bytes. */
  static long length(Object shown) {
    if (shown instanceof List<?> list) {
      return list.stream().mapToLong(Outcome::length).sum();
    }
    return shown instanceof RawJson row ? row.length() : shown.toString().length();
  }

  /** The same with the code of its error alone. */
  Outcome brief() {
    return new Outcome(index, status, error.flatMap(e -> brief(e.code())));
  }

  private static Optional<ApiException> brief(ErrorCode code) {
    return BRIEF.get(code);
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
