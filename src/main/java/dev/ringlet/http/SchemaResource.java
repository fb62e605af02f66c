package dev.ringlet.http;

import dev.ringlet.config.ApiPath;
import dev.ringlet.encode.SchemaEncoder;
import dev.ringlet.header.Accept;
import dev.ringlet.header.RowFormat;
import dev.ringlet.openapi.Documents;
import dev.ringlet.openapi.Format;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What is exposed: the keyspaces, the tables of each, and batches over them. */
@Path(ApiPath.ROOT)
@NonBlocking
public class SchemaResource {
  private final Catalog catalog;
  private final Representations representations;
  private final Batches batches;
  private final Documents documents;

  SchemaResource(
      Catalog catalog, Representations representations, Batches batches, Documents documents) {
    this.batches = batches;
    this.documents = documents;
    this.catalog = catalog;
    this.representations = representations;
  }

  @GET
  public Response keyspaces(@Context HttpServerRequest http) {
    return json(http, SchemaEncoder.keyspaces(catalog.keyspaces(http), Links.root(http)));
  }

  @GET
  @Path(ApiPath.KEYSPACE_SEGMENT)
  public Response keyspace(@Context HttpServerRequest http) {
    return json(http, SchemaEncoder.keyspace(catalog.keyspace(http), Links.root(http)));
  }

  @GET
  @Path(ApiPath.OPENAPI_SEGMENT)
  public Uni<Response> document(@PathParam("form") String form, @Context HttpServerRequest http) {
    Format format = Format.of(form);
    Accept.choose(http.headers().getAll(HttpHeaders.ACCEPT), List.of(format.mediaType()));
    return Uni.createFrom()
        .completionStage(documents.get(catalog.shown(http), format))
        .map(document -> representations.document(http, document));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> batch(@Context HttpServerRequest http) {
    return batches.write(http);
  }

  private Response json(HttpServerRequest http, byte[] document) {
    Accept.choose(http.headers().getAll(HttpHeaders.ACCEPT), List.of(RowFormat.JSON));
    return representations.json(http, document);
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(http, catalog.methods(http));
  }

  @OPTIONS
  @Path(ApiPath.OPENAPI_SEGMENT)
  public Response allowedOnDocument(@Context HttpServerRequest http) {
    return Responses.allow(http, catalog.methods(http));
  }

  @OPTIONS
  @Path(ApiPath.KEYSPACE_SEGMENT)
  public Response allowedOnKeyspace(@Context HttpServerRequest http) {
    return Responses.allow(http, catalog.methods(http));
  }
}
