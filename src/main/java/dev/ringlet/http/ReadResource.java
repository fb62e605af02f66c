package dev.ringlet.http;

import dev.ringlet.cql.Executor;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.request.ReadQuery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Reading, which tables and what is reached by key have in common. */
abstract class ReadResource {
  static final String NDJSON = "application/x-ndjson";
  static final String CSV = "text/csv";

  /** Who accepts anything gets JSON. */
  private static final String LESS_WANTED = ";qs=0.5";

  @Inject Resolver resolver;
  @Inject Reads reads;
  @Inject Executor executor;
  @Inject Answers answers;
  @Inject Turns turns;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> page(@Context HttpServerRequest http) {
    ReadQuery query = resolver.query(http);
    ReadPlan plan =
        noted(http, reads.page(resolver.target(http), query, resolver.readOptions(http)));
    return query.explain()
        ? Uni.createFrom().item(() -> answers.explanation(http, plan))
        : inTurn(http, plan, () -> executor.read(plan)).map(page -> answers.page(http, plan, page));
  }

  @GET
  @Produces(NDJSON + LESS_WANTED)
  public Uni<Response> lines(@Context HttpServerRequest http) {
    ReadPlan plan = streamed(http);
    return inTurn(http, plan, () -> executor.stream(plan))
        .map(pages -> answers.lines(http, plan, pages));
  }

  @GET
  @Produces(CSV + LESS_WANTED)
  public Uni<Response> csv(@Context HttpServerRequest http) {
    ReadPlan plan = streamed(http);
    return inTurn(http, plan, () -> executor.stream(plan))
        .map(pages -> answers.csv(http, plan, pages));
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }

  private <T> Uni<T> inTurn(HttpServerRequest http, ReadPlan plan, Supplier<Uni<T>> read) {
    return executor.consistencyOf(plan).isSerial()
        ? turns.take(resolver.target(http).table(), plan, read)
        : read.get();
  }

  private ReadPlan streamed(HttpServerRequest http) {
    return noted(
        http,
        reads.stream(resolver.target(http), resolver.query(http), resolver.readOptions(http)));
  }

  private ReadPlan noted(HttpServerRequest http, ReadPlan plan) {
    Exchange exchange = Exchange.of(http);
    exchange.planned(plan.cql(), executor.consistencyOf(plan).name());
    if (executor.consistencyOf(plan).isSerial()) {
      exchange.contended();
    }
    return plan;
  }
}
