package dev.ringlet.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.ringlet.bytes.Output;
import dev.ringlet.bytes.Room;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the containers share: their text form is their JSON, and a misfit is reported with its
 * place.
 */
final class Json {
  /** Names are keys of maps: as long as the text may be, and none is kept for the next parser. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final String SHORT_NUMBERS =
      " with numbers of at most %d characters"
          .formatted(FACTORY.streamReadConstraints().getMaxNumberLength());

  private static final int LONGEST_POINTER = 200;

  private Json() {}

  /** What is written as JSON. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static String text(Codec codec, ByteBuffer value) {
    return text(json -> codec.write(value, json, NumberForm.STRING), value.remaining());
  }

  static String text(Content content) {
    return text(content, 0);
  }

  private static String text(Content content, int bytes) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(new Output(text, bytes))) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  static ByteBuffer parse(Codec codec, String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      Room.give(json, text.length());
      if (json.nextToken() != null) {
        ByteBuffer value = codec.read(json);
        if (json.nextToken() == null) {
          return value;
        }
      }
    } catch (StreamConstraintsException e) {
      throw new InvalidValueException(codec.expected() + SHORT_NUMBERS, text);
    } catch (ApiException e) {
      if (Room.isFull(e)) {
        throw e;
      }
      boolean tooLong = e.code() == ErrorCode.LIMIT_EXCEEDED;
      String where = tooLong ? SHORT_NUMBERS : " in which nothing comes twice";
      throw new InvalidValueException(codec.expected() + where, text);
    } catch (IOException e) {
      throw new InvalidValueException(codec.expected(), text);
    }
    throw new InvalidValueException(codec.expected(), text);
  }

  /** The parser's current token is not what its column takes. */
  static InvalidValueException unexpected(JsonParser json, String expected) throws IOException {
    return new InvalidValueException(expected, got(json), pointer(json));
  }

  /**
   * RFC 8259 leaves open what a member that comes twice means: here, that something would be lost.
   */
  static ApiException duplicate(JsonParser json) throws IOException {
    return new ApiException(
            ErrorCode.INVALID_JSON, "The member " + Shown.of(json.currentName()) + " comes twice.")
        .with("pointer", pointer(json));
  }

  static ApiException numberTooLong(JsonParser json) {
    int limit = json.streamReadConstraints().getMaxNumberLength();
    return new ApiException(
            ErrorCode.LIMIT_EXCEEDED, "A number is longer than " + limit + " characters.")
        .with("limit", "ringlet.json.max-number-length")
        .with("pointer", pointer(json));
  }

  /** Where it is, cut where a key of a map is very long. */
  static String pointer(JsonParser json) {
    return Shown.of(json.getParsingContext().pathAsPointer().toString(), LONGEST_POINTER);
  }

  private static String got(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> '"' + json.getText() + '"';
      default -> json.getText();
    };
  }

  /**
   * Which JSON tokens a type takes. A string is read as {@link Codec#parse} reads the same text.
   */
  enum Accepts {
    STRINGS,
    BOOLEANS,
    NUMBERS;

    boolean test(JsonParser json) {
      return switch (json.currentToken()) {
        case VALUE_STRING -> this != BOOLEANS;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> this == NUMBERS;
        case VALUE_TRUE, VALUE_FALSE -> this == BOOLEANS;
        default -> false;
      };
    }
  }
}
