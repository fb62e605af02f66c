package dev.ringlet.trace;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.semconv.DbAttributes;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/**
 * A span a statement, by OpenTelemetry's conventions for databases. It is made when the statement
 * is over, from how long it took: so one that its request does not wait for any more leaves nothing
 * behind. Error messages may quote values, and are not in it.
 */
@RegisterForReflection
public final class StatementSpans implements RequestTracker {
  private static final AttributeKey<Long> BATCH_SIZE =
      AttributeKey.longKey("db.operation.batch.size");

  private final Tracer tracer = GlobalOpenTelemetry.getTracer("dev.ringlet");

  public StatementSpans(DriverContext context) {}

  @Override
  public void onSuccess(
      Request request, long nanos, DriverExecutionProfile profile, Node node, String prefix) {
    SpanContext parent = Traceparents.parse(prefix);
    if (parent.isSampled()) {
      Instant end = Instant.now();
      start(parent, Sent.of(request), node, end.minusNanos(nanos)).end(end);
    }
  }

  @Override
  public void onError(
      Request request,
      Throwable error,
      long nanos,
      DriverExecutionProfile profile,
      Node node,
      String prefix) {
    SpanContext parent = Traceparents.parse(prefix);
    if (parent.isSampled()) {
      Instant end = Instant.now();
      start(parent, Sent.of(request), node, end.minusNanos(nanos))
          .setAttribute(ErrorAttributes.ERROR_TYPE, telling(error).getClass().getName())
          .setStatus(StatusCode.ERROR)
          .end(end);
    }
  }

  /** What the last node said, if all of them failed. */
  private static Throwable telling(Throwable error) {
    return error instanceof AllNodesFailedException all
        ? all.getAllErrors().values().stream()
            .flatMap(List::stream)
            .reduce(error, (before, after) -> after)
        : error;
  }

  /**
   * @param node null if none was asked, or all of them failed
   */
  private Span start(SpanContext parent, Sent sent, Node node, Instant start) {
    Span span =
        tracer
            .spanBuilder(sent.operation() + " " + sent.keyspace() + "." + sent.table())
            .setParent(Context.root().with(Span.wrap(parent)))
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(start)
            .setAttribute(DbAttributes.DB_SYSTEM_NAME, "cassandra")
            .setAttribute(DbAttributes.DB_NAMESPACE, sent.keyspace())
            .setAttribute(DbAttributes.DB_COLLECTION_NAME, sent.table())
            .setAttribute(DbAttributes.DB_OPERATION_NAME, sent.operation())
            .setAttribute(DbAttributes.DB_QUERY_TEXT, sent.cql())
            .startSpan();
    if (sent.size() > 1) {
      span.setAttribute(BATCH_SIZE, (long) sent.size());
    }
    if (node != null && node.getEndPoint().resolve() instanceof InetSocketAddress address) {
      span.setAttribute(ServerAttributes.SERVER_ADDRESS, address.getHostString());
      span.setAttribute(ServerAttributes.SERVER_PORT, (long) address.getPort());
    }
    return span;
  }

  @Override
  public void close() {}
}
