package dev.ringlet.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event in JSON, read to its end whatever is wrong with it (JSON format of CloudEvents 1.0.2,
 * section 3). Extension attributes are passed over: there may be any number of them.
 *
 * @param members those that are known
 * @param attributes those of them that are texts
 * @param twice a member that came twice
 * @param start where the data is in the body; {@code end} if there is none
 */
record EventEnvelope(
    Set<String> members,
    Map<String, String> attributes,
    Optional<String> twice,
    int start,
    int end) {
  private static final String BINARY = "data_base64";
  private static final String TYPE = "datacontenttype";
  private static final Set<String> KNOWN =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "dataschema",
          TYPE,
          EventAttributes.DATA,
          BINARY);

  static EventEnvelope read(JsonParser json) throws IOException {
    Set<String> members = new HashSet<>();
    Map<String, String> attributes = new HashMap<>();
    Optional<String> twice = Optional.empty();
    int start = 0;
    int end = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      boolean known = KNOWN.contains(name);
      twice = known && !members.add(name) ? Optional.of(name) : twice;
      JsonToken value = json.nextToken();
      if (name.equals(EventAttributes.DATA)) {
        start = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        end = (int) json.currentLocation().getByteOffset();
      } else if (known && value == JsonToken.VALUE_STRING) {
        attributes.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    return new EventEnvelope(members, attributes, twice, start, end);
  }

  /**
   * The row that it brings.
   *
   * @throws ApiException {@link ErrorCode#INVALID_EVENT}
   */
  byte[] data(byte[] body) {
    twice.ifPresent(
        name -> {
          throw EventAttributes.invalid(name, "The event has %s twice.".formatted(name));
        });
    EventAttributes.require(attributes);
    if (members.contains(BINARY)) {
      throw EventAttributes.invalid(BINARY, "A row is JSON, in the member data, and not binary.");
    }
    if (!isJson(attributes.getOrDefault(TYPE, "text/json"))) {
      throw EventAttributes.invalid(TYPE, "The data of an event is a row in JSON.");
    }
    EventAttributes.requireData(end - start);
    return Arrays.copyOfRange(body, start, end);
  }

  /** As section 3.1.1 has it, whatever parameters there are. */
  private static boolean isJson(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).matches("[^/]+/(json|.+\\+json)");
  }
}
