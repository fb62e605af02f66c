package dev.ringlet.http;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import dev.ringlet.config.ApiPath;
import dev.ringlet.encode.SchemaEncoder;
import dev.ringlet.request.Accept;
import dev.ringlet.request.RowFormat;
import dev.ringlet.schema.Schema;
import dev.ringlet.schema.Table;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What is exposed: the keyspaces, and the tables of each. */
@Path(ApiPath.ROOT)
@NonBlocking
public class SchemaResource {
  private final Resolver resolver;
  private final Schema schema;
  private final Representations representations;

  SchemaResource(Resolver resolver, Schema schema, Representations representations) {
    this.resolver = resolver;
    this.schema = schema;
    this.representations = representations;
  }

  @GET
  public Response keyspaces(@Context HttpServerRequest http) {
    return json(http, SchemaEncoder.keyspaces(resolver.keyspaces(http)));
  }

  @GET
  @Path(ApiPath.KEYSPACE_SEGMENT)
  public Response keyspace(@Context HttpServerRequest http) {
    KeyspaceMetadata keyspace = resolver.keyspace(http);
    List<Table> tables = schema.tables(keyspace);
    String name = keyspace.getName().asInternal();
    return json(http, SchemaEncoder.keyspace(name, tables, schema.types(tables)));
  }

  private Response json(HttpServerRequest http, byte[] document) {
    String unused =
        Accept.choose(http.headers().getAll(HttpHeaders.ACCEPT), List.of(RowFormat.JSON));
    return representations.json(http, document);
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }

  @OPTIONS
  @Path(ApiPath.KEYSPACE_SEGMENT)
  public Response allowedOnKeyspace(@Context HttpServerRequest http) {
    return Responses.allow(resolver.methods(http));
  }
}
