package dev.ringlet.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.admission.Call;
import dev.ringlet.encode.Problem;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Counts outcomes, which come one after the other. */
final class OutcomeCount {
  /**
   * Bytes of memory that a row of a whole body takes besides the body: for where it is, what plans
   * it, and what became of it in brief.
   */
  private static final long ROW = 150;

  /** The same of a body that is read as its rows are written: what of it waits to be. */
  private static final long READ = 64 << 10;

  private volatile long begun;
  private volatile long written;
  private volatile long failed;
  private volatile ApiException brokenOff;
  private final AtomicReference<ApiException> defect = new AtomicReference<>();

  private final Call call;

  OutcomeCount(Call call) {
    this.call = call;
  }

  Call call() {
    return call;
  }

  /**
   * Makes room for so many rows of a body that is in memory.
   *
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none, {@link
   *     ErrorCode#LIMIT_EXCEEDED} if there never is
   */
  void keep(int rows) {
    call.inFlight().keepBesides(ROW * rows);
  }

  /**
   * Makes room for what is read of a body whose rows are written one after the other. They have
   * room among all that are written.
   *
   * @throws ApiException {@link ErrorCode#OVERLOADED} if there is none
   */
  void keepReading() {
    call.inFlight().keepForLong(READ);
  }

  /** The place of the next row. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one after the other
  long next() {
    return begun++;
  }

  /** So many rows, written together. */
  void countAll(int rows) {
    written = rows;
    call.exchange().rowsWritten(rows);
    call.answeredOne();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
  void count(Outcome outcome) {
    call.goesOn();
    if (outcome.error().isEmpty()) {
      written++;
      call.exchange().rowsWritten(1);
      call.answeredOne();
    } else {
      failed++;
    }
  }

  /** What the failure of a row is told as. A defect of ours is logged once a request. */
  private ApiException known(Throwable failure) {
    return failure instanceof ApiException known
        ? known
        : defect.updateAndGet(logged -> logged == null ? Defect.known(failure) : logged);
  }

  /**
   * What became of a row that failed. It is in memory until it is written, in brief if there is no
   * room for all of it.
   */
  Outcome kept(long index, Throwable failure) {
    ApiException error = known(failure);
    call.failed(error);
    Outcome outcome = Outcome.failed(index, error);
    try {
      call.inFlight().keep(outcome.bytes());
      return outcome;
    } catch (ApiException full) {
      return outcome.brief();
    }
  }

  /** It has been written, or is not told. */
  void gone(Outcome outcome) {
    call.inFlight().keep(-outcome.bytes());
  }

  /**
   * The body is not read to its end: what is under way of it is still counted. If there is nothing,
   * the failure alone is the answer.
   */
  <T> Multi<T> breakOff(Throwable failure) {
    if (begun == 0) {
      return Multi.createFrom().failure(failure);
    }
    brokenOff =
        failure instanceof IOException
            ? new ApiException(
                ErrorCode.INVALID_BODY,
                "The body was broken off; what would have come was not written.")
            : known(failure);
    return Multi.createFrom().empty();
  }

  Optional<ApiException> brokenOff() {
    return Optional.ofNullable(brokenOff);
  }

  /** The summary, an object. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("written", written);
    json.writeNumberField("failed", failed);
    if (brokenOff != null) {
      json.writeFieldName("error");
      Problem.write(brokenOff, json);
    }
    json.writeEndObject();
  }

  /** The same with the outcomes of some rows. */
  void write(Iterable<Outcome> outcomes, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("written", written);
    json.writeNumberField("failed", failed);
    json.writeArrayFieldStart("outcomes");
    for (Outcome outcome : outcomes) {
      outcome.write(json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
