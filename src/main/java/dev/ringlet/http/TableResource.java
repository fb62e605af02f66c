package dev.ringlet.http;

import dev.ringlet.plan.RowWrites;
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
  private final Bulk bulk;
  private final Bodies bodies;

  TableResource(Bulk bulk, Bodies bodies) {
    this.bulk = bulk;
    this.bodies = bodies;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> post(@Context HttpServerRequest http) {
    RowWrites.Request request = resolver.posted(http);
    return bodies
        .whole(http, request.options().deadline())
        .chain(
            body ->
                Replanned.of(
                    request, () -> resolver.posted(http), now -> bulk.json(http, now, body)));
  }

  @POST
  @Consumes(NDJSON)
  public Response postLines(@Context HttpServerRequest http) {
    return bulk.lines(http, resolver.posted(http));
  }

  @POST
  @Consumes(CSV)
  public Response postCsv(@Context HttpServerRequest http) {
    return bulk.csv(http, resolver.posted(http));
  }
}
