package dev.ringlet.http;

import dev.ringlet.encode.SchemaEncoder;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What is exposed: the keyspaces, and the tables of each. */
@Path("/v1")
@NonBlocking
public class SchemaResource {
  private final Resolver resolver;

  SchemaResource(Resolver resolver) {
    this.resolver = resolver;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response keyspaces(@Context HttpServerRequest http) {
    return Responses.json(SchemaEncoder.keyspaces(resolver.keyspaces(http)));
  }

  @GET
  @Path("{keyspace}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response keyspace(@Context HttpServerRequest http) {
    return Responses.json(SchemaEncoder.keyspace(resolver.keyspace(http)));
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }

  @OPTIONS
  @Path("{keyspace}")
  public Response allowedOnKeyspace(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }
}
