package dev.ringlet.http;

import dev.ringlet.config.ApiPath;
import dev.ringlet.header.Accept;
import dev.ringlet.openapi.Documents;
import dev.ringlet.openapi.Format;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What is exposed of a keyspace, for programs. */
@Path(ApiPath.OPENAPI_OF_KEYSPACE)
@NonBlocking
public class OpenApiResource {
  private final Catalog catalog;
  private final Documents documents;
  private final Representations representations;

  OpenApiResource(Catalog catalog, Documents documents, Representations representations) {
    this.catalog = catalog;
    this.documents = documents;
    this.representations = representations;
  }

  @GET
  public Uni<Response> document(@PathParam("form") String form, @Context HttpServerRequest http) {
    Format format = Format.of(form);
    Accept.choose(http.headers().getAll(HttpHeaders.ACCEPT), List.of(format.mediaType()));
    return Uni.createFrom()
        .completionStage(documents.get(catalog.shown(http), format))
        .map(document -> representations.document(http, document));
  }

  @OPTIONS
  public Response allowed(@Context HttpServerRequest http) {
    return Responses.allow(http, catalog.methods(http));
  }
}
