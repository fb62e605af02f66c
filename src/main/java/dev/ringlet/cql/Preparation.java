package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.Plan;
import dev.ringlet.value.CqlType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * The preparation of a plan on all nodes at once, each of which has to say of every bind marker
 * what the plan meant. Otherwise its table is not what it was, and bytes would be taken for another
 * type's. One node that says so, or that the text is wrong, is enough to refuse it.
 */
final class Preparation {
  /** How much longer than the first node the others may take: one that hangs is not waited for. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final List<String> types;
  private final CompletableFuture<PreparedStatement> result = new CompletableFuture<>();
  private final Map<Node, Throwable> failures = new ConcurrentHashMap<>();
  private final AtomicInteger missing;
  private volatile PreparedStatement prepared;

  private Preparation(List<String> types, int nodes) {
    this.types = types;
    this.missing = new AtomicInteger(nodes);
  }

  /**
   * @param answers of the nodes, which there may be none of
   */
  static CompletableFuture<PreparedStatement> of(
      Plan plan, Map<Node, CompletableFuture<PreparedStatement>> answers) {
    Preparation preparation = new Preparation(plan.types(), answers.size());
    answers.forEach(preparation::follow);
    if (answers.isEmpty()) {
      preparation.end();
    }
    return preparation.result;
  }

  private void follow(Node node, CompletableFuture<PreparedStatement> answer) {
    boolean unused =
        answer.whenComplete((statement, failure) -> answered(node, statement, failure)).isDone();
  }

  private void answered(Node node, PreparedStatement statement, Throwable failure) {
    if (failure instanceof QueryValidationException) {
      result.completeExceptionally(failure);
    } else if (failure != null) {
      failures.put(node, failure);
    } else if (!types.equals(types(statement))) {
      result.completeExceptionally(changing());
    } else if (prepared == null) {
      prepared = statement;
      boolean unused =
          result.completeOnTimeout(statement, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).isDone();
    }
    if (missing.decrementAndGet() == 0) {
      end();
    }
  }

  private void end() {
    if (prepared != null) {
      result.complete(prepared);
    } else {
      result.completeExceptionally(
          AllNodesFailedException.fromErrors(List.copyOf(failures.entrySet())));
    }
  }

  static ApiException changing() {
    return new ApiException(
        ErrorCode.SCHEMA_CHANGING, "The table has just been altered; nothing was done.");
  }

  private static List<String> types(PreparedStatement statement) {
    return StreamSupport.stream(statement.getVariableDefinitions().spliterator(), false)
        .map(marker -> CqlType.of(marker.getType()).shape())
        .toList();
  }
}
