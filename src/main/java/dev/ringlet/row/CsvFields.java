package dev.ringlet.row;

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
  private final int max;
  private int at;

  private CsvFields(String text, int max) {
    this.text = text;
    this.max = max;
  }

  /**
   * @param max how many fields there may be
   * @throws ApiException {@link ErrorCode#INVALID_CSV}
   */
  public static List<Optional<String>> of(byte[] record, int max) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
      return new CsvFields(text, max).all();
    } catch (CharacterCodingException e) {
      throw new ApiException(ErrorCode.INVALID_CSV, "The record is not UTF-8.");
    }
  }

  private List<Optional<String>> all() {
    List<Optional<String>> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length()) {
      if (text.charAt(at) != ',') {
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
    int comma = text.indexOf(',', at);
    String field = text.substring(at, comma < 0 ? text.length() : comma);
    at += field.length();
    if (field.indexOf('"') >= 0) {
      throw invalid("A field with a quote must be quoted, and its quotes doubled");
    }
    return field.isEmpty() ? Optional.empty() : Optional.of(field);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    for (at++; at < text.length(); at++) {
      if (text.charAt(at) == '"' && !text.startsWith("\"\"", at)) {
        at++;
        return field.toString();
      }
      at += text.charAt(at) == '"' ? 1 : 0;
      field.append(text.charAt(at));
    }
    throw invalid("A quote is not closed");
  }

  private ApiException invalid(String what) {
    int character = text.codePointCount(0, at) + 1;
    return new ApiException(ErrorCode.INVALID_CSV, what + ", near character " + character + ".")
        .with("character", character);
  }
}
