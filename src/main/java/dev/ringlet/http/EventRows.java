package dev.ringlet.http;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.event.EventAttributes;
import dev.ringlet.event.EventJson;
import dev.ringlet.header.EventHeaders;
import dev.ringlet.header.RowFormat;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Rows that come as the data of CloudEvents: with each is done what would be with it alone. */
@Singleton
final class EventRows {
  private final EventJson json;
  private final RowWrites rowWrites;

  EventRows(EventJson json, RowWrites rowWrites) {
    this.json = json;
    this.rowWrites = rowWrites;
  }

  /**
   * Whether the body is the data of an event in binary mode.
   *
   * @throws ApiException {@link ErrorCode#INVALID_EVENT}
   */
  static boolean isEvent(HttpServerRequest http) {
    Map<String, String> attributes = EventHeaders.attributes(http.headers());
    if (!attributes.isEmpty()) {
      EventAttributes.require(attributes);
    }
    return !attributes.isEmpty();
  }

  /**
   * Many rows are no data of one event.
   *
   * @throws ApiException {@link ErrorCode#UNSUPPORTED_MEDIA_TYPE}, {@link ErrorCode#INVALID_EVENT}
   */
  static void requireNone(HttpServerRequest http) {
    if (isEvent(http)) {
      throw new ApiException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "The data of an event, as the headers ce-… say, is one row in JSON.")
          .with("accepted", List.of(RowFormat.JSON));
    }
  }

  /** The row of an event in structured mode. */
  WritePlan structured(PostRequest request, byte[] body) {
    return json.one(body, row -> rowWrites.one(request, row, 1));
  }

  /** Those of a batch. What is wrong with one is thrown when its plan is asked for. */
  List<Supplier<WritePlan>> batch(PostRequest request, byte[] body) {
    return json.each(body, row -> rowWrites.one(request, row, 1));
  }
}
