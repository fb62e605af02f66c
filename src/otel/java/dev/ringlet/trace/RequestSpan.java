package dev.ringlet.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Map;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;

/**
 * The span of the request that is being worked on, where the driver's threads do that work too.
 * Quarkus' own provider leaves its context behind on them, and they are the event loops: requests
 * that arrive there later would have no span any more. So it is switched off
 * (mp.context.ThreadContext.unchanged), and this is in its place.
 */
public final class RequestSpan implements ThreadContextProvider {
  private static final ThreadLocal<SpanContext> HERE =
      ThreadLocal.withInitial(SpanContext::getInvalid);

  /** An invalid one outside of requests. */
  static SpanContext current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? span : HERE.get();
  }

  @Override
  public ThreadContextSnapshot currentContext(Map<String, String> properties) {
    return with(current());
  }

  @Override
  public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
    return with(SpanContext.getInvalid());
  }

  private static ThreadContextSnapshot with(SpanContext span) {
    return () -> {
      SpanContext before = HERE.get();
      HERE.set(span);
      return () -> HERE.set(before);
    };
  }

  @Override
  public String getThreadContextType() {
    return "RequestSpan";
  }
}
