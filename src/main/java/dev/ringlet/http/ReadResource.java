package dev.ringlet.http;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import dev.ringlet.access.Action;
import dev.ringlet.admission.Call;
import dev.ringlet.admission.InFlightRequest;
import dev.ringlet.cql.Executor;
import dev.ringlet.cql.Page;
import dev.ringlet.cql.Pages;
import dev.ringlet.guard.Target;
import dev.ringlet.header.ReadOptions;
import dev.ringlet.header.RowFormat;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.write.PartitionQueue;
import dev.ringlet.write.Replanned;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reading, which tables and what is reached by key have in common. */
abstract class ReadResource {
  @Inject Resolver resolver;
  @Inject Catalog catalog;
  @Inject Reads reads;
  @Inject Executor executor;
  @Inject ReadResponses responses;
  @Inject PartitionQueue partitions;

  /** Rows in the format that the client wants most. */
  @GET
  public Uni<Object> read(@Context HttpServerRequest http, @Context ServerRequestContext context) {
    return switch (resolver.format(http)) {
      case RowFormat.NDJSON -> streamed(http, (plan, pages) -> responses.lines(http, plan, pages));
      case RowFormat.CSV -> streamed(http, (plan, pages) -> responses.csv(http, plan, pages));
      default -> page(http, context);
    };
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(http, catalog.methods(http));
  }

  private Uni<Object> page(HttpServerRequest http, ServerRequestContext context) {
    ReadQuery query = resolver.query(http);
    return planned(
        http,
        (target, options) -> reads.page(target, query, options),
        plan ->
            query.explain()
                ? Uni.createFrom().item(() -> responses.explanation(http, plan))
                : inTurn(plan, () -> read(http, plan))
                    .map(page -> responses.page(http, context, plan, page)));
  }

  private Uni<Object> streamed(
      HttpServerRequest http, BiFunction<ReadPlan, Pages, Response> answer) {
    ReadQuery query = resolver.query(http);
    return planned(
        http,
        (target, options) -> reads.stream(target, query, options),
        plan ->
            inTurn(plan, () -> executor.stream(plan, Call.of(http).inFlight()::atEnd))
                .invoke(pages -> isUnderWay(Call.of(http).inFlight()))
                .map(pages -> answer.apply(plan, pages)));
  }

  /** From now on it takes as long as its client likes. */
  private static void isUnderWay(InFlightRequest stream) {
    stream.giveUpQuery();
    stream.giveUpPlace();
  }

  private Uni<Object> planned(
      HttpServerRequest http,
      BiFunction<Target, ReadOptions, ReadPlan> reading,
      Function<ReadPlan, Uni<Object>> answer) {
    ReadOptions options = resolver.readOptions(http);
    return Replanned.of(
        options.deadline(),
        () -> resolver.targets(http, Action.READ),
        targets ->
            answer.apply(noted(http, targets.plan(target -> reading.apply(target, options)))));
  }

  private Uni<Page> read(HttpServerRequest http, ReadPlan plan) {
    return executor.read(plan, Call.of(http).inFlight()::keep);
  }

  private <T> Uni<T> inTurn(ReadPlan plan, Supplier<Uni<T>> read) {
    return executor.consistencyOf(plan).isSerial()
        ? partitions.take(plan.table(), plan, read)
        : read.get();
  }

  private ReadPlan noted(HttpServerRequest http, ReadPlan plan) {
    ConsistencyLevel level = executor.consistencyOf(plan);
    Call.of(http).sends(plan.cql(), level.name(), level.isSerial());
    return plan;
  }
}
