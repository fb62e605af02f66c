package dev.ringlet.http;

import dev.ringlet.plan.Value;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.Preferences.Returns;
import dev.ringlet.request.WriteOptions;
import dev.ringlet.schema.Table;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last stage: what an outcome looks like in HTTP. */
final class Responses {
  /** Proxies and clients fold such segments. */
  private static final Set<String> NOT_IN_A_PATH = Set.of("", ".", "..");

  private Responses() {}

  static Response json(byte[] document) {
    return document(document).build();
  }

  /** JSON that headers are to be added to. */
  static Response.ResponseBuilder document(byte[] json) {
    return Response.ok(json, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, json.length); // HEAD has it too
  }

  /**
   * A write that was done. A new row has a Location where its key values can stand in a path.
   *
   * @param applied preferences that were obeyed besides
   */
  static Response.ResponseBuilder written(
      WritePlan plan, Response.Status status, String... applied) {
    Response.ResponseBuilder response = obeyed(Response.status(status), plan.options(), applied);
    if (status != Response.Status.CREATED) {
      return response;
    }
    List<String> segments = plan.target().key().stream().map(Value::text).toList();
    return segments.stream().noneMatch(NOT_IN_A_PATH::contains)
        ? response.header(HttpHeaders.LOCATION, path(plan.target().table(), segments))
        : response;
  }

  /** What became of the rows of an array. */
  static Response outcomes(WriteOptions options, Tally tally, List<Outcome> shown) {
    byte[] document = JsonBytes.write(json -> tally.write(shown, json));
    return obeyed(document(document), options, outcomes(options)).build();
  }

  /** All rows of an array were written, together. */
  static Response batch(WriteOptions options, Tally tally, List<Outcome> shown) {
    byte[] document = JsonBytes.write(json -> tally.write(shown, json));
    String[] applied =
        Stream.concat(Stream.of("atomic"), Stream.of(outcomes(options))).toArray(String[]::new);
    return obeyed(document(document), options, applied).build();
  }

  /** What becomes of the rows of a stream. */
  static Response outcomes(WriteOptions options, RowStream lines) {
    return obeyed(Response.ok(lines).type(ReadResource.NDJSON), options, outcomes(options)).build();
  }

  private static String[] outcomes(WriteOptions options) {
    return options.preferences().prefers(Returns.OUTCOMES)
        ? new String[] {"return=outcomes"}
        : new String[0];
  }

  /** The headers that were obeyed, once more. */
  private static Response.ResponseBuilder obeyed(
      Response.ResponseBuilder response, WriteOptions options, String... applied) {
    options.consistency().ifPresent(level -> response.header("Cassandra-Consistency", level));
    options
        .serialConsistency()
        .filter(level -> options.condition().isPresent())
        .ifPresent(level -> response.header("Cassandra-Serial-Consistency", level));
    options.ttl().ifPresent(ttl -> response.header("Cassandra-TTL", ttl));
    options.timestamp().ifPresent(time -> response.header("Cassandra-Timestamp", time));
    List<String> preferences = new ArrayList<>(options.preferences().applied());
    preferences.addAll(List.of(applied));
    return preferences.isEmpty()
        ? response
        : response.header("Preference-Applied", String.join(", ", preferences));
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
