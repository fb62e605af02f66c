package dev.ringlet.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.body.ByteOrderMark;
import dev.ringlet.body.JsonSource;
import dev.ringlet.body.JsonText;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes rows out of CloudEvents in JSON, one of them or a batch. */
@Singleton
public final class EventJson {
  private static final String POINTER = "pointer";
  private static final String NO_OBJECT = "An event must be one JSON object.";

  private final JsonText text;
  private final JsonText.AtMost eventsAtMost;

  public EventJson(RingletConfig config) {
    text = new JsonText(config);
    eventsAtMost =
        new JsonText.AtMost(
            config.bulk().maxRows(), "A batch has %d events at most.", "ringlet.bulk.max-rows");
  }

  /**
   * The row that the event brings. What is wrong with the event is thrown when it is read: {@link
   * ErrorCode#INVALID_JSON}, {@link ErrorCode#INVALID_EVENT}.
   */
  public JsonSource one(byte[] marked) {
    byte[] body = ByteOrderMark.strip(marked);
    return new JsonSource() {
      @Override
      public <T> T read(Function<byte[], T> row) {
        return data(body, row);
      }
    };
  }

  /**
   * The same of each event of a batch: kept as it was read, it would take twenty times its bytes.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if the body is no array of objects, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public List<JsonSource> each(byte[] marked) {
    byte[] body = ByteOrderMark.strip(marked);
    List<JsonText.Element> events = text.elements(body, eventsAtMost);
    List<JsonSource> each = new ArrayList<>(events.size());
    for (JsonText.Element event : events) {
      if (body[event.start()] != '{') {
        throw noObject(NO_OBJECT);
      }
      int index = each.size();
      each.add(
          new JsonSource() {
            @Override
            public <T> T read(Function<byte[], T> row) {
              return inside("/" + index, () -> data(bytes(body, event), row));
            }
          });
    }
    return each;
  }

  private <T> T data(byte[] body, Function<byte[], T> row) {
    EventEnvelope event = text.parse(body, 1, EventJson::event);
    return inside("/data", () -> row.apply(event.data(body)));
  }

  private static byte[] bytes(byte[] body, JsonText.Element event) {
    return Arrays.copyOfRange(body, event.start(), event.start() + event.length());
  }

  private static EventEnvelope event(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw noObject(json.hasCurrentToken() ? NO_OBJECT : "The body is empty.");
    }
    return EventEnvelope.read(json);
  }

  private static ApiException noObject(String detail) {
    return new ApiException(ErrorCode.INVALID_JSON, detail);
  }

  private static <T> T inside(String pointer, Supplier<T> row) {
    try {
      return row.get();
    } catch (ApiException e) {
      throw e.members().get(POINTER) instanceof String inner ? e.with(POINTER, pointer + inner) : e;
    }
  }
}
