package dev.ringlet.bench.constant;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** HTTP alone: a JSON as long as a row, the same each time. */
@Path("/items/{shelf}/{number}")
public final class ItemResource {
  private static final String ITEM =
"""
{"shelf":"shelf-042","number":42,"added":"2026-11-22T06:00:00Z","amount":7,\
"id":"5b6962dd-3f90-4c93-8f61-eabfa4a803e2","name":"thing number 42 of shelf-042","price":9.5}""";

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String get() {
    return ITEM;
  }
}
