package dev.ringlet.http;

import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
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

/** What is reached by key: a partition, a slice of one, a row. */
@Path("/v1/{keyspace}/{table}/{key: .+}")
@NonBlocking
public class RowResource extends ReadResource {
  static final String MERGE_PATCH = "application/merge-patch+json";

  private final Writes writes;

  RowResource(Writes writes) {
    this.writes = writes;
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> replace(@Context HttpServerRequest http, byte[] body) {
    WritePlan plan = writes.replace(resolver.writeTarget(http), body);
    return executor.write(plan).map(done -> Responses.noContent());
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
  public Uni<Response> merge(@Context HttpServerRequest http, byte[] body) {
    WritePlan plan = writes.merge(resolver.writeTarget(http), body);
    return executor.write(plan).map(done -> Responses.noContent());
  }

  @DELETE
  public Uni<Response> delete(@Context HttpServerRequest http) {
    WritePlan plan = writes.delete(resolver.writeTarget(http));
    return executor.write(plan).map(done -> Responses.noContent());
  }
}
