package dev.ringlet.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringlet.body.ByteOrderMark;
import dev.ringlet.body.JsonSource;
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
import java.util.function.Supplier;
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

  /** The row that is all of a body, of which nothing but columns has a name. */
  public RowBody row(byte[] body) {
    return row(RowNames.COLUMNS, JsonSource.of(body), 1);
  }

  /**
   * The row that is all of what a source gives.
   *
   * @param line where that starts, from 1
   */
  public RowBody row(RowNames names, JsonSource source, int line) {
    return new Body() {
      @Override
      <T> Map<Column, T> read(Table table, Member<T> member) {
        return source.read(
            body ->
                text.parse(
                    body,
                    line,
                    json -> {
                      Room.give(json, body.length);
                      return object(table, names, json, member);
                    }));
      }
    };
  }

  /** What is read of a row depends on what is done with it. */
  private abstract class Body implements RowBody {
    private final MadeValues made = new MadeValues(timeUuids);

    abstract <T> Map<Column, T> read(Table table, Member<T> member);

    @Override
    public Map<Column, Value> values(Table table) {
      return read(table, made::read);
    }

    @Override
    public Map<Column, List<Assignment>> changes(Table table) {
      return read(
          table,
          (column, json) ->
              column.isKey()
                  ? List.of(Assignment.set(column, made.read(column, json)))
                  : Changes.read(column, json, made));
    }
  }

  /**
   * The rows of an array: each has its own values made for it when it is asked for.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} if the body is no array, {@link
   *     ErrorCode#LIMIT_EXCEEDED}
   */
  public List<Supplier<RowBody>> array(RowNames names, byte[] marked) {
    byte[] body = ByteOrderMark.strip(marked);
    List<JsonText.Element> elements = text.elements(body, rowsAtMost);
    return IntStream.range(0, elements.size())
        .<Supplier<RowBody>>mapToObj(i -> () -> row(names, body, i, elements.get(i)))
        .toList();
  }

  private RowBody row(RowNames names, byte[] body, int index, JsonText.Element element) {
    return new Body() {
      @Override
      <T> Map<Column, T> read(Table table, Member<T> member) {
        return element(
            index,
            body,
            element,
            json -> {
              Room.give(json, element.length());
              return object(table, names, json, member);
            });
      }
    };
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
