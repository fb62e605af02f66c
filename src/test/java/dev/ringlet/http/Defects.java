package dev.ringlet.http;

import dev.ringlet.error.ErrorCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Defects of the application under test: a request whose header X-Defect names a stage and a kind
 * meets one there.
 */
public class Defects {
  private static final int BEFORE_ALL = 20_000;
  private static final int AFTER_ADMISSION = 5_000;

  public static final List<String> KINDS =
      List.of("IllegalStateException", "OutOfMemoryError", "StackOverflowError", "AssertionError");

  public static final String HEADER = "X-Defect";
  public static final String MESSAGE = "a secret of the inside";

  void register(@Observes Filters filters) {
    filters.register(routing -> pass(routing, "filter"), BEFORE_ALL);
    filters.register(routing -> pass(routing, "admitted"), AFTER_ADMISSION);
  }

  private static void pass(RoutingContext routing, String stage) {
    String wanted = routing.request().getHeader(HEADER);
    meet(stage, wanted);
    if (stage.equals("filter") && wanted != null) {
      routing.addEndHandler(end -> meet("end", wanted));
    }
    routing.next();
  }

  @ServerRequestFilter
  public void request(ContainerRequestContext request) {
    meet("request", request.getHeaderString(HEADER));
  }

  /** After Cassandra's answer. */
  @ServerResponseFilter
  public void response(ContainerRequestContext request, ContainerResponseContext response) {
    String wanted = request.getHeaderString(HEADER);
    if (response.getStatus() < ErrorCode.INTERNAL.status()) {
      meet("response", wanted);
    }
    if (wanted != null && response.getEntity() instanceof RowStream stream) {
      AtomicInteger number = new AtomicInteger();
      response.setEntity(
          new RowStream(
              stream.chunks().invoke(chunk -> meet("chunk " + number.getAndIncrement(), wanted))));
    }
  }

  private static void meet(String stage, String wanted) {
    if (wanted != null && wanted.startsWith(stage + " ")) {
      switch (wanted.substring(stage.length() + 1)) {
        case "OutOfMemoryError" -> throw new OutOfMemoryError(MESSAGE);
        case "StackOverflowError" -> throw new StackOverflowError(MESSAGE);
        case "AssertionError" -> throw new AssertionError(MESSAGE);
        default -> throw new IllegalStateException(MESSAGE);
      }
    }
  }
}
