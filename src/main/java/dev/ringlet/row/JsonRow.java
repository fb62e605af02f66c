package dev.ringlet.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.ColumnHints;
import dev.ringlet.schema.Table;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads rows that are JSON objects (RFC 8259, strictly), straight into the values of their columns.
 */
@Singleton
public final class JsonRow {
  @FunctionalInterface
  public interface Content<T> {
    T read(JsonParser json) throws IOException;
  }

  @FunctionalInterface
  private interface Member<T> {
    T read(Column column, JsonParser json) throws IOException;
  }

  /** A part of a body, in bytes. */
  record Element(int start, int length) {}

  /** How many elements an array may have, and what is told of one that has more. */
  record AtMost(int number, String detail, String setting) {}

  private static final String POINTER = "pointer";
  private static final String MANY =
      "Many rows are an array, or one a line with Content-Type: application/x-ndjson, which curl sends"
          + " with --data-binary.";
  private static final String ARRAY =
      "An array of rows is for POST on a table with Content-Type: application/json.";

  /** Bytes of JSON in which names are short enough to be kept: a factory keeps thousands. */
  private static final int SHORT = 512;

  private final JsonFactory factory;
  private final JsonLimits limits;
  private final TimeUuids timeUuids = new TimeUuids(Clock.systemUTC());
  private final AtMost rowsAtMost;

  public JsonRow(RingletConfig config) {
    limits = JsonLimits.of(config);
    rowsAtMost =
        new AtMost(
            config.bulk().maxRows(),
            "An array has %d rows at most; send NDJSON.",
            "ringlet.bulk.max-rows");
    factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // UTF-8, as the RFC says
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // keys of maps are endless
            .streamReadConstraints(limits.constraints())
            .build();
  }

  /**
   * The columns that the body names, with their values.
   *
   * @param line where the body starts, from 1
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#UNKNOWN_COLUMN}, {@link
   *     ErrorCode#INVALID_VALUE}, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  public Map<Column, Value> read(Table table, byte[] body, int line) {
    return row(RowNames.COLUMNS, body, line).values(table);
  }

  /**
   * The columns that the body of a PATCH names, with what becomes of them.
   *
   * @throws ApiException as {@link #read}
   */
  public Map<Column, List<Assignment>> changes(Table table, byte[] body) {
    return row(RowNames.COLUMNS, body, 1).changes(table);
  }

  /**
   * The row that is all of a body.
   *
   * @param line where the body starts, from 1
   */
  public RowBody row(RowNames names, byte[] body, int line) {
    return new Body() {
      @Override
      <T> Map<Column, T> read(Table table, Member<T> member) {
        return parse(body, line, json -> object(table, names, json, member));
      }
    };
  }

  /** What is read of a row depends on what is done with it. */
  private abstract class Body implements RowBody {
    abstract <T> Map<Column, T> read(Table table, Member<T> member);

    @Override
    public Map<Column, Value> values(Table table) {
      MadeValues made = new MadeValues(timeUuids);
      return read(table, made::read);
    }

    @Override
    public Map<Column, List<Assignment>> changes(Table table) {
      MadeValues made = new MadeValues(timeUuids);
      return read(
          table,
          (column, json) ->
              column.isKey()
                  ? List.of(Assignment.set(column, made.read(column, json)))
                  : Changes.read(column, json, made));
    }
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
   * The rows of an array. What is wrong with one of them is thrown when that one is asked for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if the body is no array, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public List<RowBody> array(RowNames names, byte[] marked) {
    byte[] body = ByteOrderMark.strip(marked);
    List<Element> elements = elements(body, rowsAtMost);
    return IntStream.range(0, elements.size())
        .<RowBody>mapToObj(
            i ->
                new Body() {
                  @Override
                  <T> Map<Column, T> read(Table table, Member<T> member) {
                    return element(
                        i, body, elements.get(i), json -> object(table, names, json, member));
                  }
                })
        .toList();
  }

  /**
   * Where the elements of an array are.
   *
   * @param body without a byte order mark
   */
  List<Element> elements(byte[] body, AtMost most) {
    return parse(body, 1, parser -> elements(parser, most));
  }

  /**
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

  <T> T parse(byte[] body, Element part, int line, Content<T> content) {
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

  private <T> T element(int index, byte[] body, Element element, Content<T> content) {
    try {
      return parse(body, element, 1, content);
    } catch (ApiException e) {
      throw e.members().get(POINTER) instanceof String inside
          ? e.with(POINTER, "/" + index + inside)
          : e;
    }
  }

  private static <T> Map<Column, T> object(
      Table table, RowNames names, JsonParser json, Member<T> member) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new ApiException(
              ErrorCode.INVALID_JSON,
              json.hasCurrentToken() ? "A row must be one JSON object." : "The body is empty.")
          .hint(Optional.of(ARRAY).filter(hint -> json.currentToken() == JsonToken.START_ARRAY));
    }
    Map<Column, T> row = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      Column column = names.require(table, name, ColumnHints::inBody);
      json.nextToken();
      if (row.put(column, member.read(column, json)) != null) {
        throw new ApiException(
                ErrorCode.INVALID_JSON, "The body names the column " + name + " twice.")
            .with("column", name);
      }
    }
    return row;
  }
}
