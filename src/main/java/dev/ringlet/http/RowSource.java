package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.body.CsvRecords;
import dev.ringlet.body.JsonSource;
import dev.ringlet.body.Line;
import dev.ringlet.body.Lines;
import dev.ringlet.body.Records;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.Shutdown;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Traffic;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.protocol.ChunksInTime;
import dev.ringlet.protocol.Connections;
import dev.ringlet.row.CsvRow;
import dev.ringlet.row.JsonRow;
import dev.ringlet.row.RowBody;
import dev.ringlet.write.BodyRow;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Rows out of a body that is read as fast as they are written. What is wrong with a row is thrown
 * when its plan is asked for, and names its line.
 */
@Singleton
final class RowSource {
  /**
   * Of a row that is too long the rest is skipped, so that those behind it are written: no more
   * than so many times what a row may have. Ten megabytes of gzip could have ten gigabytes of it.
   */
  private static final int MOST_SKIPPED = 64;

  private final JsonRow rows;
  private final RowWrites rowWrites;
  private final Bodies bodies;
  private final Shutdown shutdown;
  private final Traffic traffic;
  private final Duration patience;

  RowSource(
      JsonRow rows,
      RowWrites rowWrites,
      Bodies bodies,
      Shutdown shutdown,
      Traffic traffic,
      @ConfigProperty(name = "quarkus.http.idle-timeout") Duration patience) {
    this.patience = patience;
    this.shutdown = shutdown;
    this.rows = rows;
    this.rowWrites = rowWrites;
    this.bodies = bodies;
    this.traffic = traffic;
  }

  Multi<BodyRow> lines(HttpServerRequest http, PostRequest request) {
    return split(http, new Lines(bodies.limit()))
        .map(
            line -> {
              JsonSource json = JsonSource.of(line.bytes());
              return row(line, request, rows.row(request.names(), json, line.number()));
            });
  }

  /** Fails with an {@link ApiException} if the header line is missing or wrong. */
  Multi<BodyRow> csv(HttpServerRequest http, PostRequest request, CsvForm form) {
    Header header = new Header(request, form);
    return split(http, new CsvRecords(bodies.limit(), form))
        .onItem()
        .transformToIterable(header::readOrUse)
        .onCompletion()
        .invoke(header::require);
  }

  private Multi<Line> split(HttpServerRequest http, Records records) {
    Taker taker = new Taker(http, records);
    Multi<Line> lines =
        ChunksInTime.of(http, bodies.rows(http), shutdown, taker::left, RowSource::tooSlow)
            .onItem()
            .transformToIterable(taker::take);
    Multi<Line> last =
        Multi.createFrom().deferred(() -> Multi.createFrom().iterable(records.end()));
    return Multi.createBy().concatenating().streams(lines, last);
  }

  private BodyRow row(Line line, PostRequest request, RowBody row) {
    return new BodyRow(
        line.bytes().length,
        () -> {
          try {
            requireWhole(line);
            return rowWrites.one(request, row);
          } catch (ApiException e) {
            throw e.with("line", line.number());
          }
        });
  }

  private static ApiException tooSlow() {
    return Bodies.tooSlow("No row has ended for so long; the rest was not read.");
  }

  private void requireWhole(Line line) {
    if (line.tooLong()) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "A row may have %d bytes at most.".formatted(bodies.limit()))
          .with("limit", "ringlet.body.max-size");
    }
  }

  /**
   * Takes what comes. A row that has not ended has room like a whole body, and not all the time
   * there is, which counts from when nothing of it but the rest is waited for.
   */
  private final class Taker {
    private final HttpServerRequest http;
    private final Call call;
    private final Records records;
    private boolean unended;
    private long since;
    private long bytes;
    private long kept;

    Taker(HttpServerRequest http, Records records) {
      this.http = http;
      this.call = Call.of(http);
      this.records = records;
    }

    List<Line> take(byte[] chunk) {
      shutdown.check();
      Connections.keep(http);
      traffic.bytesIn(chunk.length);
      List<Line> rows = records.read(chunk);
      call.inFlight().keep(records.kept() - kept);
      kept = records.kept();
      requireEnd(rows, chunk.length);
      return rows;
    }

    private void requireEnd(List<Line> rows, int length) {
      long now = System.nanoTime();
      if (!unended) {
        since = now;
      }
      unended = rows.isEmpty() && records.hasBegun();
      bytes = rows.isEmpty() ? bytes + length : 0;
      if (bytes > (long) MOST_SKIPPED * bodies.limit()) {
        throw Bodies.tooLarge("No row has ended in %d bytes; the rest was not read.", bytes);
      }
      if (unended && now - since > patience.toNanos()) {
        throw tooSlow();
      }
    }

    /** The time for the rest of a row, if one has begun. */
    Optional<Duration> left() {
      if (!records.hasBegun()) {
        return Optional.empty();
      }
      return Optional.of(unended ? patience.minusNanos(System.nanoTime() - since) : patience);
    }
  }

  /** The first record, or what stands for it, by which the others are read. */
  private final class Header {
    private final PostRequest request;
    private final CsvForm form;
    private CsvRow columns;

    Header(PostRequest request, CsvForm form) {
      this.request = request;
      this.form = form;
      this.columns = request.header(form).orElse(null);
    }

    List<BodyRow> readOrUse(Line line) {
      if (columns == null) {
        requireWhole(line);
        columns = request.header(form, line.bytes());
        return List.of();
      }
      return List.of(row(line, request, columns.row(line.bytes())));
    }

    void require() {
      if (columns == null) {
        throw new ApiException(
            ErrorCode.INVALID_CSV, "The first line must name the columns; the body is empty.");
      }
    }
  }
}
