package dev.ringlet.http;

import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.cql.Page;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows as CSV (RFC 4180). A null is an empty field, an empty text a quoted empty one. */
final class CsvEncoder {
  private static final String LINE_END = "\r\n";

  private CsvEncoder() {}

  /** The line with the columns' names. */
  static byte[] header(ColumnDefinitions columns) {
    List<String> names = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      names.add(field(column.getName().asInternal()));
    }
    return bytes(String.join(",", names) + LINE_END);
  }

  /** A line a row. */
  static byte[] rows(Page page) {
    List<Codec> codecs = new ArrayList<>();
    for (ColumnDefinition column : page.columns()) {
      codecs.add(Codecs.of(column.getType()));
    }
    StringBuilder out = new StringBuilder();
    for (Row row : page.rows()) {
      for (int i = 0; i < codecs.size(); i++) {
        ByteBuffer value = row.getBytesUnsafe(i);
        out.append(i == 0 ? "" : ",");
        out.append(codecs.get(i).present(value) ? field(codecs.get(i).text(value)) : "");
      }
      out.append(LINE_END);
    }
    return bytes(out.toString());
  }

  private static String field(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; plain && i < text.length(); i++) {
      char c = text.charAt(i);
      plain = c != '"' && c != ',' && c != '\r' && c != '\n';
    }
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
