package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.cql.Page;
import dev.ringlet.value.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows as CSV (RFC 4180). A null is an empty field, an empty text a quoted empty one. */
public final class CsvEncoder {
  private static final String LINE_END = "\r\n";

  private CsvEncoder() {}

  /** The line with the columns' names. */
  public static byte[] header(Page page) {
    List<String> names =
        page.projection().members(page.columns()).stream()
            .map(member -> field(member.name()))
            .toList();
    return bytes(String.join(",", names) + LINE_END);
  }

  /** A line a row. */
  public static byte[] rows(Page page) {
    Members members = Members.of(page);
    StringBuilder out = new StringBuilder();
    for (Row row : page.rows()) {
      String separator = "";
      for (Members.Member member : members.all()) {
        ByteBuffer value = members.value(row, member);
        Codec codec = member.codec();
        out.append(separator).append(codec.present(value) ? field(codec.text(value)) : "");
        separator = ",";
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
