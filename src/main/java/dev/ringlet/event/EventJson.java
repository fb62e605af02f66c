package dev.ringlet.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.body.ByteOrderMark;
import dev.ringlet.body.JsonText;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes rows out of CloudEvents in JSON, one of them or a batch. */
@Singleton
public final class EventJson {
  private static final String POINTER = "pointer";

  private final JsonText text;
  private final int maxRows;

  public EventJson(RingletConfig config) {
    text = new JsonText(config);
    maxRows = config.bulk().maxRows();
  }

  /**
   * What is made of the row that the event brings.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#INVALID_EVENT}, and what
   *     is wrong with the row
   */
  public <T> T one(byte[] marked, Function<byte[], T> row) {
    byte[] body = ByteOrderMark.strip(marked);
    EventEnvelope event = text.parse(body, 1, EventJson::event);
    return inside("/data", () -> row.apply(event.data(body)));
  }

  /**
   * The same of each event of a batch. What is wrong with one of them is thrown when it is asked
   * for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if the body is no array of objects, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public <T> List<Supplier<T>> each(byte[] marked, Function<byte[], T> row) {
    byte[] body = ByteOrderMark.strip(marked);
    List<EventEnvelope> events = text.parse(body, 1, this::events);
    List<Supplier<T>> each = new ArrayList<>();
    for (EventEnvelope event : events) {
      String pointer = "/%d/data".formatted(each.size());
      each.add(() -> inside(pointer, () -> row.apply(event.data(body))));
    }
    return each;
  }

  private List<EventEnvelope> events(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new ApiException(ErrorCode.INVALID_JSON, "A batch must be an array of events.");
    }
    List<EventEnvelope> events = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (events.size() == maxRows) {
        throw new ApiException(
                ErrorCode.LIMIT_EXCEEDED, "A batch has %d events at most.".formatted(maxRows))
            .with("limit", "ringlet.bulk.max-rows");
      }
      events.add(event(json));
    }
    return events;
  }

  private static EventEnvelope event(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new ApiException(
          ErrorCode.INVALID_JSON,
          json.hasCurrentToken() ? "An event must be one JSON object." : "The body is empty.");
    }
    return EventEnvelope.read(json);
  }

  private static <T> T inside(String pointer, Supplier<T> row) {
    try {
      return row.get();
    } catch (ApiException e) {
      throw e.members().get(POINTER) instanceof String inner ? e.with(POINTER, pointer + inner) : e;
    }
  }
}
