package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.config.ApiPath;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.RowFormat;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.Actions;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
import dev.ringlet.request.Filter;
import dev.ringlet.write.Replanned;
import dev.ringlet.write.RowWriter;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What is reached by key: a partition, a slice of one, a row. */
@Path(ApiPath.KEY_SEGMENTS)
@NonBlocking
public class RowResource extends ReadResource {
  private final Writes writes;
  private final RowWriter writer;
  private final Bodies bodies;

  RowResource(Writes writes, RowWriter writer, Bodies bodies) {
    this.writes = writes;
    this.writer = writer;
    this.bodies = bodies;
  }

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
    List<Filter> filters = resolver.filters(http);
    BodyTypes.requireNone(http);
    return Replanned.of(
        resolver.targets(http, Actions.delete(options)),
        () -> resolver.targets(http, Actions.delete(options)),
        targets -> deleted(http, targets.plan(target -> writes.delete(target, filters, options))));
  }

  /** What a body comes to. */
  private interface Planner {
    WritePlan plan(Target target, byte[] body, WriteOptions options);
  }

  private Uni<Response> written(HttpServerRequest http, Planner planner) {
    WriteOptions options = resolver.writeOptions(http);
    Targets first = resolver.writeTargets(http, options);
    return bodies
        .whole(http, options.deadline())
        .chain(
            body ->
                Replanned.of(
                    first,
                    () -> resolver.writeTargets(http, options),
                    targets ->
                        wrote(http, targets.plan(target -> planner.plan(target, body, options)))));
  }

  private Uni<Response> wrote(HttpServerRequest http, WritePlan plan) {
    return writer.write(Call.of(http), plan).map(row -> Responses.written(plan, row));
  }

  private Uni<Response> deleted(HttpServerRequest http, WritePlan plan) {
    return writer.delete(Call.of(http), plan).map(gone -> Responses.deleted(plan));
  }
}
