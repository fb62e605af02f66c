package dev.ringlet.bytes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;

/**
 * How many bytes may be made of a text by its collections, tuples and user-defined types. Values
 * take up to six times as much as their text, but a null of each field that it leaves out comes
 * besides, and there may be hundreds.
 */
public final class Room {
  private static final long LEAST = 8 << 20;
  private static final long TIMES = 8;

  private final long most;
  private long left;

  /**
   * @param length bytes of the text
   */
  public Room(long length) {
    most = Math.max(LEAST, TIMES * length);
    left = most;
  }

  /** What a parser reads is of a text so long. Of a short one nobody needs to say it. */
  public static void give(JsonParser json, long length) {
    if (TIMES * length > LEAST) {
      root(json).setCurrentValue(new Room(length));
    }
  }

  /** That of all that a parser reads. */
  public static Room of(JsonParser json) {
    JsonStreamContext root = root(json);
    if (root.getCurrentValue() instanceof Room room) {
      return room;
    }
    Room room = new Room(0);
    root.setCurrentValue(room);
    return room;
  }

  private static JsonStreamContext root(JsonParser json) {
    JsonStreamContext context = json.getParsingContext();
    while (context.getParent() != null) {
      context = context.getParent();
    }
    return context;
  }

  /**
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public void take(long bytes) {
    require(bytes);
    left -= bytes;
  }

  /**
   * Looks before there is memory for what is taken part by part.
   *
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public void require(long bytes) {
    if (bytes > left) {
      throw new ApiException(
          ErrorCode.LIMIT_EXCEEDED,
          "The values take more than %d bytes, with a null for each field that is left out."
              .formatted(most));
    }
  }

  /** Whether it is what {@link #take} has thrown. */
  public static boolean isFull(ApiException e) {
    return e.code() == ErrorCode.LIMIT_EXCEEDED && e.members().isEmpty();
  }
}
