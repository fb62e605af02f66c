package dev.ringlet.http;

import dev.ringlet.plan.Target;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The rows of a table. */
@Path("/v1/{keyspace}/{table}")
@NonBlocking
public class TableResource extends ReadResource {
  private final Writes writes;

  TableResource(Writes writes) {
    this.writes = writes;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> insert(@Context HttpServerRequest http, byte[] body) {
    Target target = resolver.writeTarget(http);
    WritePlan plan = writes.insert(target, body);
    return executor.write(plan).map(done -> Responses.created(target.table(), plan));
  }
}
