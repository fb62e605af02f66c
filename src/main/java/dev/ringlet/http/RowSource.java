package dev.ringlet.http;

import dev.ringlet.cql.Ending;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Traffic;
import dev.ringlet.plan.CsvRow;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.CsvRecords;
import dev.ringlet.request.Line;
import dev.ringlet.request.Lines;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Rows out of a body that is read as fast as they are written. What is wrong with a row is thrown
 * when its plan is asked for, and names its line.
 */
@Singleton
final class RowSource {
  private final RowWrites rowWrites;
  private final Bodies bodies;
  private final Ending ending;
  private final Traffic traffic;

  RowSource(RowWrites rowWrites, Bodies bodies, Ending ending, Traffic traffic) {
    this.ending = ending;
    this.rowWrites = rowWrites;
    this.bodies = bodies;
    this.traffic = traffic;
  }

  Multi<Supplier<WritePlan>> lines(HttpServerRequest http, RowWrites.Request request) {
    Lines lines = new Lines(bodies.limit());
    return split(http, lines::read, lines::end)
        .map(line -> row(line, () -> rowWrites.one(request, line.bytes(), line.number())));
  }

  /** Fails with an {@link ApiException} if the header line is missing or wrong. */
  Multi<Supplier<WritePlan>> csv(HttpServerRequest http, RowWrites.Request request) {
    CsvRecords records = new CsvRecords(bodies.limit());
    Header header = new Header(request);
    return split(http, records::read, records::end)
        .onItem()
        .transformToIterable(header::readOrUse)
        .onCompletion()
        .invoke(header::require);
  }

  private Multi<Line> split(
      HttpServerRequest http, Function<byte[], List<Line>> read, Supplier<List<Line>> end) {
    Multi<Line> lines = bodies.chunks(http).invoke(this::taken).onItem().transformToIterable(read);
    Multi<Line> last = Multi.createFrom().deferred(() -> Multi.createFrom().iterable(end.get()));
    return Multi.createBy().concatenating().streams(lines, last);
  }

  private void taken(byte[] chunk) {
    ending.check();
    traffic.bytesIn(chunk.length);
  }

  private Supplier<WritePlan> row(Line line, Supplier<WritePlan> plan) {
    return () -> {
      try {
        requireWhole(line);
        return plan.get();
      } catch (ApiException e) {
        throw e.with("line", line.number());
      }
    };
  }

  private void requireWhole(Line line) {
    if (line.tooLong()) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "A row may have %d bytes at most.".formatted(bodies.limit()))
          .with("limit", "ringlet.body.max-size");
    }
  }

  /** The first record, by which the others are read. */
  private final class Header {
    private final RowWrites.Request request;
    private CsvRow columns;

    Header(RowWrites.Request request) {
      this.request = request;
    }

    List<Supplier<WritePlan>> readOrUse(Line line) {
      if (columns == null) {
        requireWhole(line);
        columns = CsvRow.of(request.table().table(), line.bytes());
        return List.of();
      }
      return List.of(row(line, () -> rowWrites.csv(request, columns, line.bytes())));
    }

    void require() {
      if (columns == null) {
        throw new ApiException(
            ErrorCode.INVALID_CSV, "The first line must name the columns; the body is empty.");
      }
    }
  }
}
