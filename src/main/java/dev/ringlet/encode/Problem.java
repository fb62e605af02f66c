package dev.ringlet.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringlet.error.ApiException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an error is answered with: a problem document (RFC 9457) and the headers that go with it,
 * whoever sends them.
 */
public final class Problem {
  private static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPE = "https://ringlet.dev/errors#";
  private static final String RETRY_AFTER_SECONDS = "1";
  private static final int SERVICE_UNAVAILABLE = 503;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] document;

  private Problem(int status, Map<String, String> headers, byte[] document) {
    this.status = status;
    this.headers = headers;
    this.document = document;
  }

  public static Problem of(ApiException e) {
    byte[] document = JsonBytes.write(json -> write(e, json));
    Map<String, String> headers = headers(e);
    headers.put(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    headers.put(HttpHeaders.CONTENT_LENGTH, Integer.toString(document.length));
    return new Problem(e.code().status(), Map.copyOf(headers), document);
  }

  public int status() {
    return status;
  }

  /** By their names. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The bytes of the body, not to be changed. */
  public byte[] document() {
    return document;
  }

  /** The document inside of another. */
  public static void write(ApiException e, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", TYPE + e.code().code());
    json.writeStringField("title", e.code().title());
    json.writeNumberField("status", e.code().status());
    json.writeStringField("detail", e.detail());
    json.writeStringField("code", e.code().code());
    for (Map.Entry<String, Object> member : e.members().entrySet()) {
      json.writeFieldName(member.getKey());
      value(member.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void value(Object value, JsonGenerator json) throws IOException {
    if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(element, json);
      }
      json.writeEndArray();
    } else if (value instanceof RawJson document) {
      document.write(json);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else {
      json.writeString(value.toString());
    }
  }

  private static Map<String, String> headers(ApiException e) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (e.code().status() == SERVICE_UNAVAILABLE) {
      headers.put(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (e.members().get("retry_after") instanceof Integer seconds) {
      headers.put(HttpHeaders.RETRY_AFTER, seconds.toString());
    }
    if (e.members().get("etag") instanceof String tag) {
      headers.put(HttpHeaders.ETAG, tag); // of the current row
    }
    switch (e.code()) {
      case UNSUPPORTED_CONTENT_CODING -> headers.put(HttpHeaders.ACCEPT_ENCODING, "gzip");
      case UNAUTHENTICATED -> headers.put(HttpHeaders.WWW_AUTHENTICATE, Challenge.of(e));
      case METHOD_NOT_ALLOWED -> headers.put(HttpHeaders.ALLOW, allowed(e));
      default -> {} // the document says all
    }
    return headers;
  }

  private static String allowed(ApiException e) {
    return e.members().get("allowed") instanceof List<?> methods
        ? methods.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : "";
  }
}
