package dev.ringlet.http;

import dev.ringlet.cql.Executor;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.Reads;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.Preferences.Returns;
import dev.ringlet.value.NumberForm;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/** Carries out a planned write of one row, and reads what the client wants to see after it. */
@Singleton
final class Writing {
  private final Conditions conditions;
  private final Executor executor;
  private final Reads reads;

  Writing(Conditions conditions, Executor executor, Reads reads) {
    this.conditions = conditions;
    this.executor = executor;
    this.reads = reads;
  }

  /** PUT and PATCH. */
  Uni<Response> write(HttpServerRequest http, WritePlan plan) {
    return one(http, plan).chain(written -> answer(plan, Response.Status.NO_CONTENT));
  }

  /** POST of one row. */
  Uni<Response> insert(HttpServerRequest http, WritePlan plan) {
    return one(http, plan).chain(written -> answer(plan, Response.Status.CREATED));
  }

  /** DELETE: nothing is left to be seen. */
  Uni<Response> delete(HttpServerRequest http, WritePlan plan) {
    return one(http, plan)
        .map(written -> Responses.written(plan, Response.Status.NO_CONTENT).build());
  }

  private Uni<Boolean> one(HttpServerRequest http, WritePlan plan) {
    Exchange exchange = Exchange.of(http);
    note(exchange, plan);
    return done(plan).invoke(() -> exchange.rowsWritten(1)).invoke(exchange::answeredAsUsual);
  }

  /** Says what is about to be sent. */
  void note(Exchange exchange, WritePlan plan) {
    exchange.planned(plan.cql(), executor.consistencyOf(plan).name());
    if (plan.conditional()) {
      exchange.contended();
    }
  }

  /**
   * The write alone. Fails with {@link ErrorCode#CONDITION_FAILED} if its condition does not hold.
   */
  Uni<Boolean> done(WritePlan plan) {
    return plan.conditional() ? conditions.write(plan) : executor.write(plan);
  }

  /** A row that cannot be read back has been written all the same. */
  private Uni<Response> answer(WritePlan plan, Response.Status status) {
    if (!plan.options().preferences().prefers(Returns.REPRESENTATION) || !plan.target().isRow()) {
      return Uni.createFrom().item(() -> Responses.written(plan, status).build());
    }
    return Uni.createFrom()
        .deferred(() -> executor.read(reads.written(plan, plan.options().consistency())))
        .map(page -> representation(plan, CurrentRow.of(page), status))
        .onFailure()
        .recoverWithItem(unread -> Responses.written(plan, status).build());
  }

  private static Response representation(
      WritePlan plan, CurrentRow current, Response.Status status) {
    if (current.row().isEmpty()) {
      return Responses.written(plan, status).build(); // somebody else has deleted it, or its TTL
    }
    NumberForm numbers = NumberForm.of(plan.options().preferences().numbersAsJson());
    byte[] document = current.json(numbers);
    boolean created = status == Response.Status.CREATED;
    List<String> applied = new ArrayList<>(List.of("return=representation"));
    if (numbers == NumberForm.JSON) {
      applied.add("numbers=json");
    }
    return Responses.written(
            plan, created ? status : Response.Status.OK, applied.toArray(String[]::new))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, document.length)
        .header(HttpHeaders.ETAG, ETags.form(current.tag().orElseThrow(), numbers, false))
        .entity(document)
        .build();
  }
}
