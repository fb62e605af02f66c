package dev.ringlet.http;

import dev.ringlet.config.Headers;
import dev.ringlet.encode.ETags;
import dev.ringlet.header.Preferences;
import dev.ringlet.header.Preferences.Returns;
import dev.ringlet.header.RowFormat;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import dev.ringlet.value.NumberForm;
import dev.ringlet.write.CurrentRow;
import dev.ringlet.write.Summary;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last stage: what an outcome looks like in HTTP. */
final class Responses {
  private Responses() {}

  /** JSON that headers are to be added to. */
  static Response.ResponseBuilder document(byte[] json) {
    return Response.ok(json, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, json.length); // HEAD has it too
  }

  /**
   * A new row. It has a Location where its key values can stand in one.
   *
   * @param shown the row as it is then, if the client wants to see it and it could be read
   */
  static Response created(HttpServerRequest http, WritePlan plan, Optional<CurrentRow> shown) {
    List<String> segments = plan.target().key().stream().map(Value::text).toList();
    Response.ResponseBuilder response = Response.status(Response.Status.CREATED);
    Table table = plan.target().table();
    Links.location(http, List.of(table.keyspace(), table.name()), segments)
        .ifPresent(path -> response.header(HttpHeaders.LOCATION, path));
    return shown
        .flatMap(row -> representation(response, plan, row))
        .orElseGet(() -> obeyed(response, plan.options()).build());
  }

  /** A row that was there or not. As {@link #created}, without a Location. */
  static Response written(WritePlan plan, Optional<CurrentRow> shown) {
    return shown
        .flatMap(row -> representation(Response.ok(), plan, row))
        .orElseGet(() -> deleted(plan));
  }

  /** What would run; nothing does. */
  static Response explained(byte[] explanation) {
    return document(explanation).build();
  }

  /** What was written is not to be seen. */
  static Response deleted(WritePlan plan) {
    return written(plan.options());
  }

  /** All rows were written, and nothing is said of each. */
  static Response written(WriteOptions options) {
    return obeyed(Response.noContent(), options).build();
  }

  /** The same of many, as many at a time as the client prefers. */
  static Response each(WriteOptions options) {
    return obeyed(Response.noContent(), options, concurrency(options).toArray(String[]::new))
        .build();
  }

  private static Optional<Response> representation(
      Response.ResponseBuilder response, WritePlan plan, CurrentRow current) {
    NumberForm numbers = NumberForm.of(plan.options().preferences().numbersAsJson());
    List<String> applied = new ArrayList<>(List.of("return=representation"));
    if (numbers == NumberForm.JSON) {
      applied.add("numbers=json");
    }
    return current
        .shown(numbers)
        .map(
            document ->
                obeyed(response, plan.options(), applied.toArray(String[]::new))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CONTENT_LENGTH, document.length)
                    .header(
                        HttpHeaders.ETAG, ETags.form(current.tag().orElseThrow(), numbers, false))
                    .entity(document)
                    .build());
  }

  /** What became of the rows of an array. */
  static Response outcomes(WriteOptions options, Summary summary) {
    return outcomes(
        options, summary, options.preferences().atomic() && options.preferences().unlogged());
  }

  /** What became of a batch. */
  static Response outcomes(BatchPlan batch, Summary summary) {
    return outcomes(batch.options(), summary, batch.kind() == BatchPlan.Kind.UNLOGGED);
  }

  private static Response outcomes(WriteOptions options, Summary summary, boolean unlogged) {
    List<String> applied = new ArrayList<>(List.of(many(options)));
    if (unlogged) {
      applied.add(applied.contains("atomic") ? 1 : 0, "unlogged");
    }
    return obeyed(summary(summary), options, applied.toArray(String[]::new)).build();
  }

  private static Response.ResponseBuilder summary(Summary summary) {
    return summary.isLong()
        ? Response.ok(new RowStream(summary.pieces())).type(MediaType.APPLICATION_JSON_TYPE)
        : document(summary.json());
  }

  /** What becomes of the rows of a stream. */
  static Response outcomes(WriteOptions options, RowStream lines) {
    return obeyed(Response.ok(lines).type(RowFormat.NDJSON), options, many(options)).build();
  }

  /** The preferences for many rows. */
  private static String[] many(WriteOptions options) {
    Preferences preferences = options.preferences();
    List<String> applied = new ArrayList<>();
    if (preferences.atomic()) {
      applied.add("atomic");
    } else {
      applied.addAll(concurrency(options));
    }
    if (preferences.prefers(Returns.OUTCOMES)) {
      applied.add("return=outcomes");
    }
    return applied.toArray(String[]::new);
  }

  private static List<String> concurrency(WriteOptions options) {
    return options.preferences().concurrency().stream()
        .map(number -> "concurrency=" + number)
        .toList();
  }

  /** The headers that were obeyed, once more. */
  private static Response.ResponseBuilder obeyed(
      Response.ResponseBuilder response, WriteOptions options, String... applied) {
    options.consistency().ifPresent(level -> response.header(Headers.CONSISTENCY, level));
    options
        .serialConsistency()
        .filter(level -> options.condition().isPresent())
        .ifPresent(level -> response.header(Headers.SERIAL_CONSISTENCY, level));
    options.ttl().ifPresent(ttl -> response.header(Headers.TTL, ttl));
    options.timestamp().ifPresent(time -> response.header(Headers.TIMESTAMP, time));
    List<String> preferences = new ArrayList<>(options.preferences().applied());
    preferences.addAll(List.of(applied));
    return preferences.isEmpty()
        ? response
        : response.header(Headers.PREFERENCE_APPLIED, String.join(", ", preferences));
  }

  /** OPTIONS. */
  static Response allow(HttpServerRequest http, List<String> methods) {
    Response.ResponseBuilder response =
        Response.noContent().header(HttpHeaders.ALLOW, String.join(", ", methods));
    BodyTypes.announced(methods)
        .forEach(method -> response.header(BodyTypes.header(method), BodyTypes.of(http, method)));
    return response.build();
  }
}
