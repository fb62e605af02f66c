package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.ringlet.cql.Page;
import dev.ringlet.value.NumberForm;
import java.io.IOException;

/** Rows as JSON, from the bytes that Cassandra sent to the bytes that the client gets. */
public final class RowEncoder {
  private final Members members;
  private final boolean several;
  private final int aliases;
  private final NumberForm numbers;

  private RowEncoder(Page page, NumberForm numbers) {
    this.members = Members.of(page);
    this.several = page.size() > 1;
    this.aliases = page.projection().aliases();
    this.numbers = numbers;
  }

  /** An array of objects. */
  public static byte[] rows(Page page, NumberForm numbers) {
    RowEncoder encoder = new RowEncoder(page, numbers);
    return JsonBytes.write(
        page.bytes(),
        json -> {
          json.writeStartArray();
          for (Row row : page.rows()) {
            encoder.write(row, json);
          }
          json.writeEndArray();
        });
  }

  /** One object. */
  public static byte[] row(Page page, Row row, NumberForm numbers) {
    return JsonBytes.write(page.bytes(), json -> write(page, row, numbers, json));
  }

  /** The same inside of another document. */
  public static void write(Page page, Row row, NumberForm numbers, JsonGenerator json)
      throws IOException {
    new RowEncoder(page, numbers).write(row, json);
  }

  /** An object a line. */
  public static byte[] lines(Page page, NumberForm numbers) {
    RowEncoder encoder = new RowEncoder(page, numbers);
    return JsonBytes.writeLines(
        page.bytes(),
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
    members.add(aliases);
    json.writeStartObject();
    for (Members.Member member : members.all()) {
      name(member.name(), json);
      member.codec().writeNullable(members.value(row, member), json, numbers);
    }
    json.writeEndObject();
  }

  /** One that is written more than once is kept as JSON has it. */
  private void name(SerializableString name, JsonGenerator json) throws IOException {
    if (several) {
      json.writeFieldName(name);
    } else {
      json.writeFieldName(name.getValue());
    }
  }
}
