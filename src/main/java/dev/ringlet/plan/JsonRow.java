package dev.ringlet.plan;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.schema.Table;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.InvalidValueException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a body that is one row as a JSON object (RFC 8259, strictly), straight into the values of
 * its columns.
 */
@Singleton
public final class JsonRow {
  private static final String INCREMENT = "$inc";

  private final JsonFactory factory;
  private final int maxNumberLength;

  JsonRow(RingletConfig config) {
    maxNumberLength = config.json().maxNumberLength();
    factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // UTF-8, as the RFC says
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNumberLength(maxNumberLength).build())
            .build();
  }

  /**
   * The columns that the body names.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON}, {@link ErrorCode#UNKNOWN_COLUMN}, {@link
   *     ErrorCode#INVALID_VALUE}, {@link ErrorCode#LIMIT_EXCEEDED}
   */
  Map<ColumnMetadata, Value> read(Table table, byte[] body) {
    if (!ByteBufUtil.isText(Unpooled.wrappedBuffer(body), StandardCharsets.UTF_8)) {
      throw new ApiException(ErrorCode.INVALID_JSON, "The body is not UTF-8.");
    }
    try (JsonParser json = factory.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ApiException(ErrorCode.INVALID_JSON, "The body must be one JSON object.");
      }
      Map<ColumnMetadata, Value> row = object(table, json);
      if (json.nextToken() != null) {
        throw new ApiException(ErrorCode.INVALID_JSON, "There is more after the JSON object.");
      }
      return row;
    } catch (StreamConstraintsException e) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED,
              "A number is longer than "
                  + maxNumberLength
                  + " characters, or a name or text is longer than can be read.")
          .with("limit", "ringlet.json.max-number-length");
    } catch (JsonProcessingException e) {
      throw new ApiException(
              ErrorCode.INVALID_JSON,
              "The body stops being JSON at line %d, character %d."
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()))
          .with("line", e.getLocation().getLineNr())
          .with("character", e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the body is in memory
    }
  }

  private static Map<ColumnMetadata, Value> object(Table table, JsonParser json)
      throws IOException {
    Map<ColumnMetadata, Value> row = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      ColumnMetadata column = Columns.require(table, name);
      json.nextToken();
      if (row.put(column, value(column, table.isCounter() && !table.isKey(column), json)) != null) {
        throw new ApiException(
                ErrorCode.INVALID_JSON, "The body names the column " + name + " twice.")
            .with("column", name);
      }
    }
    return row;
  }

  private static Value value(ColumnMetadata column, boolean counter, JsonParser json)
      throws IOException {
    try {
      if (counter) {
        return increment(column, json);
      }
      return json.currentToken() == JsonToken.VALUE_NULL
          ? Value.ofNull(column)
          : Value.of(column, Codecs.of(column.getType()).read(json));
    } catch (InvalidValueException e) {
      throw Value.invalid(column, e);
    }
  }

  /** {@code {"$inc": n}} is all that a counter takes. */
  private static Value increment(ColumnMetadata column, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT
        && INCREMENT.equals(json.nextFieldName())
        && json.nextToken() != JsonToken.VALUE_NULL) {
      Value value = Value.of(column, Codecs.of(column.getType()).read(json));
      if (json.nextToken() == JsonToken.END_OBJECT) {
        return value;
      }
    }
    throw new ApiException(
            ErrorCode.INVALID_VALUE,
            "Column %s is a counter: it takes {\"$inc\": n} only."
                .formatted(column.getName().asInternal()))
        .with("column", column.getName().asInternal())
        .with("cql_type", "counter")
        .with("expected", "{\"$inc\": n}");
  }
}
