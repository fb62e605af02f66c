package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The spans that are over, as an exporter would get them. */
@Singleton
class Spans implements SpanProcessor {
  private static final Queue<SpanData> ALL = new ConcurrentLinkedQueue<>();

  /** Those of a trace, as soon as its request's is over: it is the last one. */
  static List<SpanData> of(String trace) {
    await().until(() -> in(trace).stream().anyMatch(span -> span.getKind() == SpanKind.SERVER));
    return in(trace);
  }

  static List<SpanData> in(String trace) {
    return ALL.stream().filter(span -> span.getTraceId().equals(trace)).toList();
  }

  /** All that were ever over. */
  static List<SpanData> all() {
    return List.copyOf(ALL);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ALL.add(span.toSpanData());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
