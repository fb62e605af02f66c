package dev.ringlet.trace;

import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.tracker.RequestIdGenerator;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Gives each statement the traceparent (W3C) of the request that sends it as its id. The driver
 * asks for the id on the thread that sends, and tells it on the thread that reads the answer, where
 * nothing else is known of the request.
 */
@RegisterForReflection
public final class Traceparents implements RequestIdGenerator {
  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  public Traceparents(DriverContext context) {}

  @Override
  public String getSessionRequestId() {
    SpanContext span = RequestSpan.current();
    return "00-" + span.getTraceId() + '-' + span.getSpanId() + '-' + span.getTraceFlags().asHex();
  }

  @Override
  public String getNodeRequestId(Request statement, String parent) {
    return parent;
  }

  /** As it is: Cassandra has no use for the id. */
  @Override
  public Statement<?> getDecoratedStatement(Statement<?> statement, String id) {
    return statement;
  }

  /**
   * @param prefix what the driver makes of the id: the session's name, a bar and the id
   */
  static SpanContext parse(String prefix) {
    String id = prefix.substring(prefix.lastIndexOf('|') + 1);
    return SpanContext.create(
        id.substring(TRACE, SPAN - 1),
        id.substring(SPAN, FLAGS - 1),
        TraceFlags.fromHex(id, FLAGS),
        TraceState.getDefault());
  }
}
