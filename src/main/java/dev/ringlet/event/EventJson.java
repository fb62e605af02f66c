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
   * The same of each event of a batch, which is read again when it is asked for: kept as it was
   * read, it would take twenty times its bytes. What is wrong with it is thrown then.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if the body is no array of objects, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public <T> List<Supplier<T>> each(byte[] marked, Function<byte[], T> row) {
    byte[] body = ByteOrderMark.strip(marked);
    List<JsonText.Element> events = text.elements(body, eventsAtMost);
    List<Supplier<T>> each = new ArrayList<>(events.size());
    for (JsonText.Element event : events) {
      if (body[event.start()] != '{') {
        throw noObject(NO_OBJECT);
      }
      int index = each.size();
      each.add(() -> inside("/" + index, () -> one(bytes(body, event), row)));
    }
    return each;
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
