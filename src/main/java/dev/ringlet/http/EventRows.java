package dev.ringlet.http;

import dev.ringlet.body.JsonSource;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.event.EventAttributes;
import dev.ringlet.event.EventJson;
import dev.ringlet.header.EventHeaders;
import dev.ringlet.header.RowFormat;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.row.JsonRow;
import dev.ringlet.row.RowBody;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Rows that come as the data of CloudEvents: with each is done what would be with it alone. */
@Singleton
final class EventRows {
  private final EventJson json;
  private final JsonRow rows;

  EventRows(EventJson json, JsonRow rows) {
    this.json = json;
    this.rows = rows;
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

  /**
   * The row of an event in binary mode.
   *
   * @throws ApiException {@link ErrorCode#INVALID_EVENT} if there is none
   */
  RowBody binary(PostRequest request, byte[] body) {
    EventAttributes.requireData(body.length);
    return rows.row(request.names(), JsonSource.of(body), 1);
  }

  /** The row of an event in structured mode. */
  RowBody structured(PostRequest request, byte[] body) {
    return rows.row(request.names(), json.one(body), 1);
  }

  /** Those of a batch, as of an array. */
  List<Supplier<RowBody>> batch(PostRequest request, byte[] body) {
    return json.each(body).stream()
        .<Supplier<RowBody>>map(event -> () -> rows.row(request.names(), event, 1))
        .toList();
  }
}
