package dev.ringlet.http;

import dev.ringlet.cql.Executor;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.Target;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The rows of a table. */
@Path("/v1/{keyspace}/{table}")
@NonBlocking
public class TableResource {
  private final Resolver resolver;
  private final Reads reads;
  private final Writes writes;
  private final Executor executor;

  TableResource(Resolver resolver, Reads reads, Writes writes, Executor executor) {
    this.resolver = resolver;
    this.reads = reads;
    this.writes = writes;
    this.executor = executor;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> read(@Context HttpServerRequest http) {
    ReadPlan plan = reads.plan(resolver.target(http));
    return executor.read(plan).map(page -> Responses.rows(plan, page));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> insert(@Context HttpServerRequest http, byte[] body) {
    Target target = resolver.target(http);
    WritePlan plan = writes.insert(target, body);
    return executor.write(plan).map(done -> Responses.created(target.table(), plan));
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }
}
