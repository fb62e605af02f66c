package dev.ringlet.http;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import dev.ringlet.encode.SchemaEncoder;
import dev.ringlet.schema.Schema;
import dev.ringlet.schema.Table;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What is exposed: the keyspaces, and the tables of each. */
@Path("/v1")
@NonBlocking
public class SchemaResource {
  private final Resolver resolver;
  private final Schema schema;

  SchemaResource(Resolver resolver, Schema schema) {
    this.resolver = resolver;
    this.schema = schema;
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
    KeyspaceMetadata keyspace = resolver.keyspace(http);
    List<Table> tables = schema.tables(keyspace);
    String name = keyspace.getName().asInternal();
    return Responses.json(SchemaEncoder.keyspace(name, tables, schema.types(tables)));
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
