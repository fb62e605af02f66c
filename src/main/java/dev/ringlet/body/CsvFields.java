package dev.ringlet.body;

import dev.ringlet.config.CsvForm;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a record of CSV (RFC 4180) into fields. An empty field is nothing, a quoted empty one an
 * empty text.
 */
public final class CsvFields {
  private final String text;
  private final CsvForm form;
  private final int max;
  private int at;

  private CsvFields(String text, CsvForm form, int max) {
    this.text = text;
    this.form = form;
    this.max = max;
  }

  /**
   * @param max how many fields there may be
   * @throws ApiException {@link ErrorCode#INVALID_CSV}
   */
  public static List<Optional<String>> of(byte[] record, CsvForm form, int max) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
      return new CsvFields(text, form, max).all();
    } catch (CharacterCodingException e) {
      throw new ApiException(ErrorCode.INVALID_CSV, "The record is not UTF-8.");
    }
  }

  private List<Optional<String>> all() {
    List<Optional<String>> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length()) {
      if (text.charAt(at) != form.delimiter()) {
        throw invalid("There is text after a closing quote");
      }
      if (fields.size() == max) {
        throw invalid("There are more than %d fields".formatted(max));
      }
      at++;
      fields.add(field());
    }
    return fields;
  }

  private Optional<String> field() {
    if (at < text.length() && text.charAt(at) == '"') {
      return Optional.of(quoted());
    }
    int start = at;
    at = end();
    String field = text.substring(start, at);
    if (form.escapes(false)) {
      field = CsvEscapes.bare(field);
    } else if (field.indexOf('"') >= 0) {
      throw invalid("A field with a quote must be quoted, and its quotes doubled");
    }
    return field.isEmpty() ? Optional.empty() : Optional.of(field);
  }

  /** Where a field without quotes ends. */
  private int end() {
    int end = text.indexOf(form.delimiter(), at);
    while (end > 0 && form.escapes(false) && isEscaped(end)) {
      end = text.indexOf(form.delimiter(), end + 1);
    }
    return end < 0 ? text.length() : end;
  }

  private boolean isEscaped(int character) {
    int before = character;
    while (before > at && text.charAt(before - 1) == '\\') {
      before--;
    }
    return (character - before) % 2 == 1;
  }

  private String quoted() {
    int start = ++at;
    boolean escapes = false;
    boolean delimited = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && !text.startsWith("\"\"", at)) {
        String field = text.substring(start, at++);
        return unquoted(field, escapes, delimited);
      } else if (c == '"' || (c == '\\' && form.escapes(true))) {
        escapes = true;
        at++;
      } else {
        delimited |= c == form.delimiter();
      }
    }
    throw invalid("A quote is not closed");
  }

  private String unquoted(String field, boolean escapes, boolean delimited) {
    if (!escapes) {
      return field;
    }
    return switch (form.dialect()) {
      case PLAIN -> field.replace("\"\"", "\"");
      case DSBULK -> CsvEscapes.quotes(field);
      case CQLSH -> CsvEscapes.read(field, delimited);
    };
  }

  private ApiException invalid(String what) {
    int character = text.codePointCount(0, Math.min(at, text.length())) + 1;
    return new ApiException(ErrorCode.INVALID_CSV, what + ", near character " + character + ".")
        .with("character", character);
  }
}
