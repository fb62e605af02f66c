package dev.ringlet.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.body.ByteOrderMark;
import dev.ringlet.body.JsonText;
import dev.ringlet.bytes.Room;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Column;
import dev.ringlet.schema.ColumnHints;
import dev.ringlet.schema.Table;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
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
  private interface Member<T> {
    T read(Column column, JsonParser json) throws IOException;
  }

  private static final String POINTER = "pointer";
  private static final String ARRAY =
      "An array of rows is for POST on a table with Content-Type: application/json.";

  private final JsonText text;
  private final TimeUuids timeUuids = new TimeUuids(Clock.systemUTC());
  private final JsonText.AtMost rowsAtMost;

  public JsonRow(RingletConfig config) {
    text = new JsonText(config);
    rowsAtMost =
        new JsonText.AtMost(
            config.bulk().maxRows(),
            "An array has %d rows at most; send NDJSON.",
            "ringlet.bulk.max-rows");
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
        return text.parse(
            body,
            line,
            json -> {
              Room.give(json, body.length);
              return object(table, names, json, member);
            });
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

  /**
   * The rows of an array. What is wrong with one of them is thrown when that one is asked for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if the body is no array, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public List<RowBody> array(RowNames names, byte[] marked) {
    byte[] body = ByteOrderMark.strip(marked);
    List<JsonText.Element> elements = text.elements(body, rowsAtMost);
    return IntStream.range(0, elements.size())
        .<RowBody>mapToObj(
            i ->
                new Body() {
                  @Override
                  <T> Map<Column, T> read(Table table, Member<T> member) {
                    return element(
                        i,
                        body,
                        elements.get(i),
                        json -> {
                          Room.give(json, elements.get(i).length());
                          return object(table, names, json, member);
                        });
                  }
                })
        .toList();
  }

  private <T> T element(
      int index, byte[] body, JsonText.Element element, JsonText.Content<T> content) {
    try {
      return text.parse(body, element, 1, content);
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
