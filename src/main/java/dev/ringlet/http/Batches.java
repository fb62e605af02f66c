package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.error.ApiException;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.BatchPlan;
import dev.ringlet.plan.BatchStep;
import dev.ringlet.plan.BatchWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.LoneParameter;
import dev.ringlet.row.Operation;
import dev.ringlet.write.BatchRoom;
import dev.ringlet.write.BatchWriter;
import dev.ringlet.write.Explanations;
import dev.ringlet.write.Replanned;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/** Operations on rows of any tables, which are done together or not at all. */
@Singleton
final class Batches {
  private static final String POINTER = "pointer";

  private final Resolver resolver;
  private final Bodies bodies;
  private final BatchWrites writes;
  private final BatchWriter writer;
  private final Explanations explanations;

  Batches(
      Resolver resolver,
      Bodies bodies,
      BatchWrites writes,
      BatchWriter writer,
      Explanations explanations) {
    this.resolver = resolver;
    this.bodies = bodies;
    this.writes = writes;
    this.writer = writer;
    this.explanations = explanations;
  }

  /** Fails before anything is sent if anything is wrong with one of them. */
  Uni<Response> write(HttpServerRequest http) {
    WriteOptions options = resolver.batchOptions(http);
    boolean explain = LoneParameter.explain(http.query());
    return bodies
        .whole(http, options.deadline())
        .map(writes::operations)
        .chain(
            operations ->
                operations.isEmpty()
                    ? nothing(http, options)
                    : Replanned.of(
                        options.deadline(),
                        () -> planned(http, operations, options),
                        batch ->
                            explain ? explained(http, batch) : written(http, batch, operations)));
  }

  private Uni<Response> nothing(HttpServerRequest http, WriteOptions options) {
    return Uni.createFrom().item(() -> Responses.outcomes(options, writer.nothing(Call.of(http))));
  }

  private Uni<Response> explained(HttpServerRequest http, BatchPlan batch) {
    return WriteResource.explained(() -> explanations.of(Call.of(http), batch));
  }

  private Uni<Response> written(
      HttpServerRequest http, BatchPlan batch, List<Operation> operations) {
    List<Integer> statuses = operations.stream().map(Batches::status).toList();
    return writer
        .write(Call.of(http), batch, statuses)
        .map(summary -> Responses.outcomes(batch, summary));
  }

  private static int status(Operation operation) {
    return operation.kind() == Operation.Kind.INSERT ? 201 : 204;
  }

  /** In the log and metrics it counts for the table of its first operation. */
  private BatchPlan planned(
      HttpServerRequest http, List<Operation> operations, WriteOptions options) {
    long bytes = operations.stream().mapToLong(Operation::bytes).sum();
    BatchRoom room = new BatchRoom(Call.of(http), bytes);
    List<BatchStep> steps = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      for (WritePlan plan : statements(http, operations.get(i), i, options)) {
        room.take(plan);
        steps.add(new BatchStep(i, plan));
      }
    }
    WritePlan first = steps.get(0).plan();
    Call.of(http).exchange().about(first.table().keyspace(), first.table().name());
    return BatchPlan.of(steps, options);
  }

  private List<WritePlan> statements(
      HttpServerRequest http, Operation operation, int index, WriteOptions options) {
    try {
      return writes.statements(resolver.operation(http, operation, options));
    } catch (ApiException e) {
      throw e.code().status() < 500 ? in(index, e) : e;
    }
  }

  private static ApiException in(int index, ApiException e) {
    ApiException named = e.with("index", index);
    return e.members().get(POINTER) instanceof String inRow
        ? named.with(POINTER, "/" + index + "/row" + inRow)
        : named;
  }
}
