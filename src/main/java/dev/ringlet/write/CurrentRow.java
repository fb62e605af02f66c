package dev.ringlet.write;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.admission.Call;
import dev.ringlet.cql.Page;
import dev.ringlet.encode.ETags;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.encode.RawJson;
import dev.ringlet.encode.RowEncoder;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.value.NumberForm;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** A row as it is stored, whole, or that there is none. */
public record CurrentRow(Page page, Optional<Row> row) {
  /** What it is called where it is shown. */
  static final String MEMBER = "current";

  /** How often it is in memory where it is shown: as it is, and in the answer. */
  private static final long SHOWN = 2;

  private static final String ETAG = "etag";

  static CurrentRow of(Page page) {
    Iterator<Row> rows = page.rows().iterator();
    return new CurrentRow(page, rows.hasNext() ? Optional.of(rows.next()) : Optional.empty());
  }

  /** Whether there is one: somebody else may have deleted it, or its TTL. */
  boolean exists() {
    return row.isPresent();
  }

  /** Its entity tag, if there is a row. */
  public Optional<String> tag() {
    return row.map(there -> ETags.of(page.columns(), there));
  }

  /** As JSON, if it is not too large to be shown beside what else there is to say. */
  public Optional<byte[]> shown(NumberForm numbers) {
    return made(nothing -> {}, json -> write(numbers, json));
  }

  /**
   * A document that shows it, if there is room for that.
   *
   * @param room is asked for more as the document grows, and may fail; it is given back what there
   *     is no document of
   */
  Optional<byte[]> made(LongConsumer room, JsonBytes.Document document) {
    AtomicLong taken = new AtomicLong();
    try {
      return Optional.of(
          JsonBytes.write(
              page.bytes(),
              more -> {
                room.accept(more);
                taken.addAndGet(more);
              },
              document));
    } catch (ApiException tooLarge) {
      room.accept(-taken.get());
      return Optional.empty();
    }
  }

  /** The row, or null. */
  void write(NumberForm numbers, JsonGenerator json) throws IOException {
    if (row.isPresent()) {
      RowEncoder.write(page, row.get(), numbers, json);
    } else {
      json.writeNull();
    }
  }

  /** Whether the condition {@code If-Match: "etag"} of the write holds. */
  boolean isAsExpected(WritePlan plan) {
    return tag().filter(tag -> ETags.isOneOf(plan.options().condition().tags(), tag)).isPresent();
  }

  /**
   * Tells the client what is there instead of what the write's condition wants.
   *
   * @param room as of {@link #made}
   */
  ApiException contradicts(WritePlan plan, LongConsumer room) {
    if (!plan.shows()) {
      return contradicted();
    }
    NumberForm numbers = NumberForm.of(plan.options().preferences().numbersAsJson());
    ApiException failed =
        made(room, json -> write(numbers, json))
            .map(document -> contradicted().with(MEMBER, new RawJson(document)))
            .orElseGet(CurrentRow::contradicted);
    return tag().map(tag -> failed.with(ETAG, ETags.form(tag, numbers, false))).orElse(failed);
  }

  /**
   * Makes room for the row that a failure shows, until it is answered; where there is none, it is
   * not shown.
   */
  static ApiException kept(Call call, ApiException failure) {
    return failure.members().get(MEMBER) instanceof RawJson shown && !isRoomFor(call, shown)
        ? without(failure)
        : failure;
  }

  /**
   * The same of a document that shows one.
   *
   * @param brief what there is instead
   */
  static RawJson kept(Call call, RawJson shown, Supplier<RawJson> brief) {
    return isRoomFor(call, shown) ? shown : brief.get();
  }

  private static boolean isRoomFor(Call call, RawJson shown) {
    try {
      call.inFlight().keep(SHOWN * shown.length());
      return true;
    } catch (ApiException full) {
      return false;
    }
  }

  private static ApiException without(ApiException shown) {
    ApiException brief = contradicted();
    Object tag = shown.members().get(ETAG);
    return tag == null ? brief : brief.with(ETAG, tag);
  }

  /** The same where nobody knows what is there. */
  static ApiException contradicted() {
    return new ApiException(
        ErrorCode.CONDITION_FAILED, "The row is not as the condition wants it; nothing was done.");
  }
}
