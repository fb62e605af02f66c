package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.CsvForm.Dialect;
import dev.ringlet.cql.Page;
import dev.ringlet.plan.Projection;
import dev.ringlet.row.DsbulkText;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Literals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Rows as CSV (RFC 4180). A null is an empty field, an empty text a quoted empty one. */
public final class CsvEncoder {
  private static final String LINE_END = "\r\n";

  /** At the beginning of a body it would be no part of the first field. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CsvForm form;

  public CsvEncoder(CsvForm form) {
    this.form = form;
  }

  /** The line with the columns' names, if there is to be one. */
  public byte[] header(Page page) {
    StringBuilder out = new StringBuilder();
    if (form.header()) {
      String separator = "";
      for (Projection.Member member : page.projection().members(page.columns())) {
        out.append(separator);
        field(member.name(), out);
        separator = Character.toString(form.delimiter());
      }
      out.append(LINE_END);
    }
    return bytes(out);
  }

  /** A line a row. */
  public byte[] rows(Page page) {
    Members members = Members.of(page);
    StringBuilder out = new StringBuilder();
    for (Row row : page.rows()) {
      boolean first = true;
      for (Members.Member member : members.all()) {
        if (!first) {
          out.append(form.delimiter());
        }
        first = false;
        ByteBuffer value = members.value(row, member);
        if (member.codec().present(value)) {
          field(text(member, value), out);
        }
      }
      out.append(LINE_END);
    }
    return bytes(out);
  }

  private String text(Members.Member member, ByteBuffer value) {
    Codec codec = member.codec();
    return switch (form.dialect()) {
      case PLAIN -> codec.text(value);
      case CQLSH -> Literals.text(codec, value);
      case DSBULK -> DsbulkText.WRITTEN.of(member.type(), codec.text(value));
    };
  }

  private void field(String text, StringBuilder out) {
    boolean plain = !text.isEmpty() && text.charAt(0) != BYTE_ORDER_MARK;
    boolean backslash = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      backslash |= c == '\\';
      plain &= c != '"' && c != form.delimiter() && c != '\r' && c != '\n';
    }
    if (plain && !(backslash && form.escapes(false))) {
      out.append(text);
    } else {
      out.append('"').append(escaped(text, backslash)).append('"');
    }
  }

  /**
   * Between quotes. A field with a backslash of its own has its delimiters escaped, too: so it is
   * told from those that cqlsh has escaped twice.
   */
  private String escaped(String text, boolean backslash) {
    if (!form.escapes(true)) {
      return text.replace("\"", "\"\"");
    }
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    String delimiter = Character.toString(form.delimiter());
    return backslash && form.dialect() == Dialect.CQLSH
        ? escaped.replace(delimiter, "\\" + delimiter)
        : escaped;
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
