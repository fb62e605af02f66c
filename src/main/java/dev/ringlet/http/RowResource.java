package dev.ringlet.http;

import dev.ringlet.cql.Executor;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.plan.Writes;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What is reached by key: a partition, a slice of one, a row. */
@Path("/v1/{keyspace}/{table}/{key: .+}")
@NonBlocking
public class RowResource {
  static final String MERGE_PATCH = "application/merge-patch+json";

  private final Resolver resolver;
  private final Reads reads;
  private final Writes writes;
  private final Executor executor;

  RowResource(Resolver resolver, Reads reads, Writes writes, Executor executor) {
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

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> replace(@Context HttpServerRequest http, byte[] body) {
    WritePlan plan = writes.replace(resolver.target(http), body);
    return executor.write(plan).map(done -> Responses.noContent());
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
  public Uni<Response> merge(@Context HttpServerRequest http, byte[] body) {
    WritePlan plan = writes.merge(resolver.target(http), body);
    return executor.write(plan).map(done -> Responses.noContent());
  }

  @DELETE
  public Uni<Response> delete(@Context HttpServerRequest http) {
    WritePlan plan = writes.delete(resolver.target(http));
    return executor.write(plan).map(done -> Responses.noContent());
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }
}
