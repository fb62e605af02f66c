package dev.ringlet.encode;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.ringlet.bytes.Output;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.CsvForm.Dialect;
import dev.ringlet.cql.Page;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.Projection;
import dev.ringlet.row.DsbulkText;
import dev.ringlet.value.Codec;
import dev.ringlet.value.Literals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Rows as CSV (RFC 4180). A null is an empty field, an empty text a quoted empty one. */
public final class CsvEncoder {
  private static final byte[] LINE_END = {'\r', '\n'};

  /** At the beginning of a body it would be no part of the first field. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CsvForm form;

  public CsvEncoder(CsvForm form) {
    this.form = form;
  }

  private interface Lines {
    void write(OutputStream out) throws IOException;
  }

  /** The line with the columns' names, if there is to be one. */
  public byte[] header(Page page) {
    return written(
        page,
        out -> {
          if (form.header()) {
            boolean first = true;
            for (Projection.Member member : page.projection().members(page.columns())) {
              separate(first, out);
              field(member.name(), out);
              first = false;
            }
            out.write(LINE_END);
          }
        });
  }

  /**
   * A line a row.
   *
   * @throws ApiException {@link ErrorCode#LIMIT_EXCEEDED} if they are several times as large
   */
  public byte[] rows(Page page) {
    Members members = Members.of(page);
    return written(
        page,
        out -> {
          for (Row row : page.rows()) {
            boolean first = true;
            for (Members.Member member : members.all()) {
              separate(first, out);
              first = false;
              ByteBuffer value = members.value(row, member);
              if (member.codec().present(value)) {
                field(text(member, value), out);
              }
            }
            out.write(LINE_END);
          }
        });
  }

  private static byte[] written(Page page, Lines lines) {
    try (ByteArrayBuilder all = new ByteArrayBuilder();
        OutputStream out = new Output(all, page.bytes())) {
      lines.write(out);
      return all.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but memory
    }
  }

  private void separate(boolean first, OutputStream out) throws IOException {
    if (!first) {
      out.write(form.delimiter());
    }
  }

  private String text(Members.Member member, ByteBuffer value) {
    Codec codec = member.codec();
    return switch (form.dialect()) {
      case PLAIN -> codec.text(value);
      case CQLSH -> Literals.text(codec, value);
      case DSBULK -> DsbulkText.WRITTEN.of(member.type(), codec.text(value));
    };
  }

  private void field(String text, OutputStream out) throws IOException {
    boolean plain = !text.isEmpty() && text.charAt(0) != BYTE_ORDER_MARK;
    boolean backslash = false;
    byte[] field = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : field) {
      backslash |= b == '\\';
      plain &= b != '"' && b != form.delimiter() && b != '\r' && b != '\n';
    }
    if (plain && !(backslash && form.escapes(false))) {
      out.write(field);
    } else {
      quoted(field, backslash, out);
    }
  }

  private void quoted(byte[] field, boolean backslash, OutputStream out) throws IOException {
    int escape = form.escapes(true) ? '\\' : '"';
    out.write('"');
    int from = 0;
    for (int i = 0; i < field.length; i++) {
      if (isEscaped(field[i], backslash)) {
        out.write(field, from, i - from);
        out.write(escape);
        from = i;
      }
    }
    out.write(field, from, field.length - from);
    out.write('"');
  }

  /**
   * Between quotes. A field with a backslash of its own has its delimiters escaped, too: so it is
   * told from those that cqlsh has escaped twice.
   */
  private boolean isEscaped(byte b, boolean backslash) {
    return b == '"'
        || (b == '\\' && form.escapes(true))
        || (b == form.delimiter() && backslash && form.dialect() == Dialect.CQLSH);
  }
}
