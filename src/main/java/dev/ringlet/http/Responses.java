package dev.ringlet.http;

import dev.ringlet.plan.Value;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.schema.Table;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last stage: what an outcome looks like in HTTP. */
final class Responses {
  private Responses() {}

  static Response json(byte[] document) {
    return Response.ok(document, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, document.length) // HEAD has it too
        .build();
  }

  static Response noContent() {
    return Response.noContent().build();
  }

  /** 201, with the row's path where its key values can stand in one. */
  static Response created(Table table, WritePlan plan) {
    Response.ResponseBuilder created = Response.status(Response.Status.CREATED);
    List<String> segments = plan.key().stream().map(Value::text).toList();
    if (segments.stream().allMatch(s -> !s.isEmpty() && !s.equals(".") && !s.equals(".."))) {
      created.header(HttpHeaders.LOCATION, path(table, segments));
    }
    return created.build();
  }

  /** OPTIONS. */
  static Response allow(List<String> methods) {
    return Response.noContent().header(HttpHeaders.ALLOW, String.join(", ", methods)).build();
  }

  private static String path(Table table, List<String> keys) {
    return Stream.concat(Stream.of("v1", table.keyspace(), table.name()), keys.stream())
        .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/", "/", ""));
  }
}
