package dev.ringlet.event;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.util.List;
import java.util.Map;

/** What each CloudEvent has besides its data (CloudEvents 1.0.2, "Required Attributes"). */
public final class EventAttributes {
  static final String DATA = "data";

  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
  private static final String VERSION = "1.0";

  private EventAttributes() {}

  /**
   * @param attributes by their names; one that is not set is not there
   * @throws ApiException {@link ErrorCode#INVALID_EVENT}
   */
  public static void require(Map<String, String> attributes) {
    for (String name : REQUIRED) {
      if (attributes.getOrDefault(name, "").isEmpty()) {
        throw invalid(name, "An event has a text as its %s.".formatted(name));
      }
    }
    if (!attributes.get("specversion").equals(VERSION)) {
      throw invalid("specversion", "Events are of version %s of CloudEvents.".formatted(VERSION));
    }
  }

  /**
   * @param bytes how many the data has
   * @throws ApiException {@link ErrorCode#INVALID_EVENT} if there are none
   */
  public static void requireData(int bytes) {
    if (bytes == 0) {
      throw invalid(DATA, "The event has no data, which is the row.");
    }
  }

  static ApiException invalid(String attribute, String detail) {
    return new ApiException(ErrorCode.INVALID_EVENT, detail).with("attribute", attribute);
  }
}
