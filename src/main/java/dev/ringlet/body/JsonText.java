package dev.ringlet.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads bodies that are JSON (RFC 8259, strictly), and says where they stop being that. */
public final class JsonText {
  /** What is made of a JSON text, at whose first token the parser stands. */
  @FunctionalInterface
  public interface Content<T> {
    T read(JsonParser json) throws IOException;
  }

  /** A part of a body, in bytes. */
  public record Element(int start, int length) {}

  /** How many elements an array may have, and what is told of one that has more. */
  public record AtMost(int number, String detail, String setting) {}

  private static final String MANY =
      "Many rows are an array, or one a line with Content-Type: application/x-ndjson, which curl sends"
          + " with --data-binary.";

  /** Bytes of JSON in which names are short enough to be kept: a factory keeps thousands. */
  private static final int SHORT = 512;

  private final JsonFactory factory;
  private final JsonLimits limits;

  public JsonText(RingletConfig config) {
    limits = JsonLimits.of(config);
    factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // UTF-8, as the RFC says
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // keys of maps are endless
            .streamReadConstraints(limits.constraints())
            .build();
  }

  /** Whether the body is an array, if it is JSON at all. */
  public static boolean isArray(byte[] body) {
    int start = ByteOrderMark.length(body);
    while (start < body.length && " \t\r\n".indexOf(body[start]) >= 0) {
      start++;
    }
    return start < body.length && body[start] == '[';
  }

  /**
   * Where the elements of an array are.
   *
   * @param body without a byte order mark
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if it is no array, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public List<Element> elements(byte[] body, AtMost most) {
    return parse(body, 1, parser -> elements(parser, most));
  }

  /**
   * What is made of the JSON that is all of a body.
   *
   * @param line where the body starts, from 1
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public <T> T parse(byte[] marked, int line, Content<T> content) {
    byte[] body = ByteOrderMark.strip(marked);
    if (!ByteBufUtil.isText(Unpooled.wrappedBuffer(body), StandardCharsets.UTF_8)) {
      throw new ApiException(ErrorCode.INVALID_JSON, "The body is not UTF-8.");
    }
    return parse(body, new Element(0, body.length), line, content);
  }

  /**
   * The same of a part of a body without a byte order mark.
   *
   * @throws ApiException as the other
   */
  public <T> T parse(byte[] body, Element part, int line, Content<T> content) {
    JsonFactory forgetful = part.length() > SHORT ? factory.copy() : factory;
    try (JsonParser json = forgetful.createParser(body, part.start(), part.length())) {
      return whole(json, content);
    } catch (JsonProcessingException e) {
      int at = line + e.getLocation().getLineNr() - 1;
      int character = character(body, part, e.getLocation());
      int culprit = part.start() + (int) e.getLocation().getByteOffset();
      throw new ApiException(
              ErrorCode.INVALID_JSON,
              "The body stops being JSON at line %d, character %d.".formatted(at, character))
          .with("line", at)
          .with("character", character)
          .hint(new JsonHints(body, part.start() + part.length()).of(culprit));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the body is in memory
    }
  }

  /** Its number in its line, from 1; the parser counts bytes. */
  private static int character(byte[] body, Element part, JsonLocation location) {
    int end = part.start() + (int) location.getByteOffset();
    int start = end - location.getColumnNr() + 1;
    String before = new String(body, start, end - start, StandardCharsets.UTF_8);
    return before.codePointCount(0, before.length()) + 1;
  }

  private <T> T whole(JsonParser json, Content<T> content) throws IOException {
    try {
      json.nextToken();
      T read = content.read(json);
      JsonToken more = json.nextToken();
      if (more != null) {
        throw new ApiException(ErrorCode.INVALID_JSON, "There is more after the JSON value.")
            .hint(Optional.of(MANY).filter(hint -> more == JsonToken.START_OBJECT));
      }
      return read;
    } catch (StreamConstraintsException e) {
      throw limits.exceeded(json);
    }
  }

  /** Where the rows are: their values, which are much larger, are made when they are needed. */
  private static List<Element> elements(JsonParser json, AtMost most) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new ApiException(ErrorCode.INVALID_JSON, "The body must be an array.");
    }
    List<Element> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (elements.size() == most.number()) {
        throw new ApiException(ErrorCode.LIMIT_EXCEEDED, most.detail().formatted(most.number()))
            .with("limit", most.setting());
      }
      int start = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      json.finishToken();
      elements.add(new Element(start, (int) json.currentLocation().getByteOffset() - start));
    }
    return elements;
  }
}
