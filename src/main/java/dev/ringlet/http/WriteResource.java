package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.RowFormat;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.Actions;
import dev.ringlet.plan.Deletes;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.JsonRow;
import dev.ringlet.row.RowBody;
import dev.ringlet.write.Explanations;
import dev.ringlet.write.Replanned;
import dev.ringlet.write.RowWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writing a row, by its path or by filters on its key, which what is reached by key and tables have
 * in common.
 */
abstract class WriteResource extends ReadResource {
  @Inject Writes writes;
  @Inject Deletes deletes;
  @Inject RowWriter writer;
  @Inject Bodies bodies;
  @Inject JsonRow rows;
  @Inject Explanations explanations;

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> replace(@Context HttpServerRequest http) {
    return written(http, writes::replace);
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, RowFormat.MERGE_PATCH})
  public Uni<Response> merge(@Context HttpServerRequest http) {
    return written(http, writes::merge);
  }

  @DELETE
  public Uni<Response> delete(@Context HttpServerRequest http) {
    WriteOptions options = resolver.writeOptions(http);
    WriteQuery query = resolver.writeQuery(http);
    BodyTypes.requireNone(http);
    Supplier<Targets> targets = () -> resolver.writeTargets(http, query, Actions.delete(options));
    Function<Targets, Uni<Response>> work =
        now -> {
          WritePlan plan = now.plan(target -> deletes.delete(target, query.filters(), options));
          return query.explain() ? explained(http, plan) : deleted(http, plan);
        };
    return Replanned.known(options.deadline(), () -> resolver.found(targets))
        .chain(
            found ->
                bodies
                    .none(http, options.deadline())
                    .chain(none -> Replanned.of(options.deadline(), found, work)));
  }

  /** What a body comes to. */
  private interface Planner {
    WritePlan plan(Target target, WriteQuery query, RowBody body, WriteOptions options);
  }

  private Uni<Response> written(HttpServerRequest http, Planner planner) {
    WriteOptions options = resolver.writeOptions(http);
    WriteQuery query = resolver.writeQuery(http);
    Supplier<Targets> targets = () -> resolver.writeTargets(http, query, Actions.write(options));
    BiFunction<Targets, RowBody, Uni<Response>> work =
        (now, body) -> {
          WritePlan plan = now.plan(target -> planner.plan(target, query, body, options));
          return query.explain() ? explained(http, plan) : wrote(http, plan);
        };
    return Replanned.known(options.deadline(), () -> resolver.found(targets))
        .chain(
            found ->
                bodies
                    .whole(http, options.deadline())
                    .map(rows::row)
                    .chain(
                        body ->
                            Replanned.of(options.deadline(), found, now -> work.apply(now, body))));
  }

  private Uni<Response> wrote(HttpServerRequest http, WritePlan plan) {
    return writer.write(Call.of(http), plan).map(row -> Responses.written(plan, row));
  }

  private Uni<Response> deleted(HttpServerRequest http, WritePlan plan) {
    return writer.delete(Call.of(http), plan).map(gone -> Responses.deleted(plan));
  }

  static Uni<Response> explained(Supplier<byte[]> statements) {
    return Uni.createFrom().item(() -> Responses.explained(statements.get()));
  }

  final Uni<Response> explained(HttpServerRequest http, WritePlan plan) {
    return explained(() -> explanations.of(Call.of(http), plan));
  }
}
