package dev.ringlet.http;

import dev.ringlet.encode.ETags;
import dev.ringlet.encode.RowFormat;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.Preferences.Returns;
import dev.ringlet.request.WriteOptions;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import dev.ringlet.value.NumberForm;
import dev.ringlet.write.CurrentRow;
import dev.ringlet.write.Summary;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * A new row. It has a Location where its key values can stand in a path.
   *
   * @param shown the row as it is then, if the client wants to see it and it could be read
   */
  static Response created(WritePlan plan, Optional<CurrentRow> shown) {
    List<String> segments = plan.target().key().stream().map(Value::text).toList();
    Response.ResponseBuilder response = Response.status(Response.Status.CREATED);
    if (segments.stream().noneMatch(NOT_IN_A_PATH::contains)) {
      response.header(HttpHeaders.LOCATION, path(plan.target().table(), segments));
    }
    return shown
        .map(row -> representation(response, plan, row))
        .orElseGet(() -> obeyed(response, plan.options()).build());
  }

  /** A row that was there or not. As {@link #created}, without a Location. */
  static Response written(WritePlan plan, Optional<CurrentRow> shown) {
    return shown
        .map(row -> representation(Response.ok(), plan, row))
        .orElseGet(() -> deleted(plan));
  }

  /** What was written is not to be seen. */
  static Response deleted(WritePlan plan) {
    return obeyed(Response.noContent(), plan.options()).build();
  }

  private static Response representation(
      Response.ResponseBuilder response, WritePlan plan, CurrentRow current) {
    NumberForm numbers = NumberForm.of(plan.options().preferences().numbersAsJson());
    byte[] document = current.json(numbers);
    List<String> applied = new ArrayList<>(List.of("return=representation"));
    if (numbers == NumberForm.JSON) {
      applied.add("numbers=json");
    }
    return obeyed(response, plan.options(), applied.toArray(String[]::new))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, document.length)
        .header(HttpHeaders.ETAG, ETags.form(current.tag().orElseThrow(), numbers, false))
        .entity(document)
        .build();
  }

  /** What became of the rows of an array. */
  static Response outcomes(WriteOptions options, Summary summary) {
    Stream<String> atomic = options.preferences().atomic() ? Stream.of("atomic") : Stream.empty();
    String[] applied = Stream.concat(atomic, Stream.of(outcomes(options))).toArray(String[]::new);
    return obeyed(document(summary.json()), options, applied).build();
  }

  /** What becomes of the rows of a stream. */
  static Response outcomes(WriteOptions options, RowStream lines) {
    return obeyed(Response.ok(lines).type(RowFormat.NDJSON), options, outcomes(options)).build();
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
