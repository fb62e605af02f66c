package dev.ringlet.http;

import dev.ringlet.cql.Executor;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.Target;
import dev.ringlet.request.ReadOptions;
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
import java.util.function.BiFunction;
import java.util.function.Function;

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

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> page(@Context HttpServerRequest http) {
    ReadQuery query = resolver.query(http);
    return planned(
        http,
        (target, options) -> reads.page(target, query, options),
        plan ->
            query.explain()
                ? Uni.createFrom().item(() -> answers.explanation(http, plan))
                : executor.read(plan).map(page -> answers.page(http, plan, page)));
  }

  @GET
  @Produces(NDJSON + LESS_WANTED)
  public Uni<Response> lines(@Context HttpServerRequest http) {
    return streamed(
        http, plan -> executor.stream(plan).map(pages -> answers.lines(http, plan, pages)));
  }

  @GET
  @Produces(CSV + LESS_WANTED)
  public Uni<Response> csv(@Context HttpServerRequest http) {
    return streamed(
        http, plan -> executor.stream(plan).map(pages -> answers.csv(http, plan, pages)));
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }

  private Uni<Response> streamed(HttpServerRequest http, Function<ReadPlan, Uni<Response>> answer) {
    ReadQuery query = resolver.query(http);
    return planned(http, (target, options) -> reads.stream(target, query, options), answer);
  }

  private Uni<Response> planned(
      HttpServerRequest http,
      BiFunction<Target, ReadOptions, ReadPlan> reading,
      Function<ReadPlan, Uni<Response>> answer) {
    Target first = resolver.target(http);
    ReadOptions options = resolver.readOptions(http);
    return Replanned.of(
        first,
        () -> resolver.target(http),
        target -> {
          ReadPlan plan = reading.apply(target, options);
          Exchange.of(http).planned(plan.cql(), executor.consistencyOf(plan).name());
          return answer.apply(plan);
        });
  }
}
