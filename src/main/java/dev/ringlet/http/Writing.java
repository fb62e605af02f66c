package dev.ringlet.http;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.ringlet.cql.Executor;
import dev.ringlet.cql.Page;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.Condition;
import dev.ringlet.request.Preferences.Returns;
import dev.ringlet.value.NumberForm;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/**
 * Carries out a planned write: the read that a condition needs before it, the write, and the read
 * of what the client wants to see after it.
 */
@Singleton
final class Writing {
  private final Executor executor;
  private final Reads reads;

  Writing(Executor executor, Reads reads) {
    this.executor = executor;
    this.reads = reads;
  }

  /** PUT and PATCH. */
  Uni<Response> write(WritePlan plan) {
    return done(plan).chain(written -> answer(plan, Response.Status.NO_CONTENT));
  }

  /** POST of one row. */
  Uni<Response> insert(WritePlan plan) {
    return done(plan).chain(written -> answer(plan, Response.Status.CREATED));
  }

  /** DELETE: nothing is left to be seen. */
  Uni<Response> delete(WritePlan plan) {
    return done(plan).map(written -> Responses.written(plan, Response.Status.NO_CONTENT).build());
  }

  /**
   * The write alone. Fails with {@link ErrorCode#CONDITION_FAILED} and the current row if the
   * condition does not hold.
   */
  private Uni<Boolean> done(WritePlan plan) {
    return checked(plan)
        .chain(executor::write)
        .chain(applied -> applied ? Uni.createFrom().item(true) : current(plan));
  }

  /** With If-Match: "etag" the row is read first, so that the write can say what it expects. */
  private Uni<WritePlan> checked(WritePlan plan) {
    return plan.options().condition().kind() == Condition.Kind.UNCHANGED
        ? executor
            .read(reads.written(plan, serial(plan)))
            .onFailure(ApiException.class)
            .transform(Writing::notWritten)
            .map(page -> expecting(plan, page))
        : Uni.createFrom().item(plan);
  }

  private static WritePlan expecting(WritePlan plan, Page page) {
    Iterator<Row> rows = page.rows().iterator();
    Row row = rows.hasNext() ? rows.next() : null;
    if (row == null
        || !ETags.isOneOf(plan.options().condition().tags(), ETags.of(page.columns(), row))) {
      throw failed(plan, page, row);
    }
    return plan.expecting(row::getBytesUnsafe);
  }

  /** What stands in the way of a write that was not applied, if it can be read. */
  private Uni<Boolean> current(WritePlan plan) {
    return executor
        .read(reads.written(plan, serial(plan)))
        .onFailure(ApiException.class)
        .transform(unread -> failed())
        .map(
            page -> {
              Iterator<Row> rows = page.rows().iterator();
              throw failed(plan, page, rows.hasNext() ? rows.next() : null);
            });
  }

  /** A row that cannot be read back has been written all the same. */
  private Uni<Response> answer(WritePlan plan, Response.Status status) {
    if (!plan.options().preferences().prefers(Returns.REPRESENTATION) || !plan.target().isRow()) {
      return Uni.createFrom().item(() -> Responses.written(plan, status).build());
    }
    return executor
        .read(reads.written(plan, plan.options().consistency()))
        .map(page -> representation(plan, page, status))
        .onFailure(ApiException.class)
        .recoverWithItem(() -> Responses.written(plan, status).build());
  }

  private static Response representation(WritePlan plan, Page page, Response.Status status) {
    Iterator<Row> rows = page.rows().iterator();
    if (!rows.hasNext()) {
      return Responses.written(plan, status).build(); // somebody else has deleted it, or its TTL
    }
    Row row = rows.next();
    NumberForm numbers = numbers(plan);
    byte[] document = RowEncoder.row(page, row, numbers);
    boolean created = status == Response.Status.CREATED;
    return Responses.written(plan, created ? status : Response.Status.OK, "return=representation")
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, document.length)
        .header(HttpHeaders.ETAG, ETags.form(ETags.of(page.columns(), row), numbers, false))
        .entity(document)
        .build();
  }

  private Optional<String> serial(WritePlan plan) {
    return Optional.of(executor.serialConsistencyOf(plan).name());
  }

  private static ApiException failed(WritePlan plan, Page page, Row row) {
    SerializedString current =
        new SerializedString(
            row == null
                ? "null"
                : new String(RowEncoder.row(page, row, numbers(plan)), StandardCharsets.UTF_8));
    return failed().with("current", current);
  }

  static ApiException failed() {
    return new ApiException(
        ErrorCode.CONDITION_FAILED, "The row is not as the condition wants it; nothing was done.");
  }

  /** A read that fails before the write is no unknown outcome. */
  private static Throwable notWritten(Throwable failure) {
    return failure instanceof ApiException e && e.code() == ErrorCode.READ_TIMEOUT
        ? new ApiException(
            ErrorCode.UNAVAILABLE, "The row could not be read in time; nothing was written.")
        : failure;
  }

  private static NumberForm numbers(WritePlan plan) {
    return plan.options().preferences().numbersAsJson() ? NumberForm.JSON : NumberForm.STRING;
  }
}
