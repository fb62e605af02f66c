package dev.ringlet.http;

import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.ringlet.cql.Page;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import dev.ringlet.value.NumberForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows as JSON, from the bytes that Cassandra sent to the bytes that the client gets. */
final class RowEncoder {
  private record Member(SerializableString name, Codec codec) {}

  private final List<Member> members = new ArrayList<>();
  private final NumberForm numbers;

  private RowEncoder(ColumnDefinitions columns, NumberForm numbers) {
    this.numbers = numbers;
    for (ColumnDefinition column : columns) {
      members.add(
          new Member(
              new SerializedString(column.getName().asInternal()), Codecs.of(column.getType())));
    }
  }

  /** An array of objects. */
  static byte[] rows(Page page, NumberForm numbers) {
    RowEncoder encoder = new RowEncoder(page.columns(), numbers);
    return JsonBytes.write(
        json -> {
          json.writeStartArray();
          for (Row row : page.rows()) {
            encoder.write(row, json);
          }
          json.writeEndArray();
        });
  }

  /** One object. */
  static byte[] row(Page page, Row row, NumberForm numbers) {
    return JsonBytes.write(json -> write(page, row, numbers, json));
  }

  /** The same inside of another document. */
  static void write(Page page, Row row, NumberForm numbers, JsonGenerator json) throws IOException {
    new RowEncoder(page.columns(), numbers).write(row, json);
  }

  /** An object a line. */
  static byte[] lines(Page page, NumberForm numbers) {
    RowEncoder encoder = new RowEncoder(page.columns(), numbers);
    return JsonBytes.writeLines(
        json -> {
          boolean any = false;
          for (Row row : page.rows()) {
            encoder.write(row, json);
            any = true;
          }
          json.writeRaw(any ? "\n" : "");
        });
  }

  private void write(Row row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < members.size(); i++) {
      json.writeFieldName(members.get(i).name());
      members.get(i).codec().writeNullable(row.getBytesUnsafe(i), json, numbers);
    }
    json.writeEndObject();
  }
}
