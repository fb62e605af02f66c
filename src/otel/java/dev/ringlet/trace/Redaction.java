package dev.ringlet.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.semconv.UrlAttributes;
import jakarta.inject.Singleton;
import java.util.List;

/** Paths and queries hold keys and values, which are not for traces; the route says what it was. */
@Singleton
final class Redaction implements SpanProcessor {
  private static final List<AttributeKey<String>> TELLING =
      List.of(UrlAttributes.URL_PATH, UrlAttributes.URL_QUERY);

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    for (AttributeKey<String> key : TELLING) {
      if (span.getAttribute(key) != null) {
        span.setAttribute(key, "REDACTED");
      }
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
