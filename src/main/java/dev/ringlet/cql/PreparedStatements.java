package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.plan.Plan;
import dev.ringlet.plan.ReadPlan;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Each CQL text is prepared once for the same shape of its table, however many requests need it
 * first at the same time, and kept while it is used; a failed attempt is forgotten.
 *
 * <p>A node knows a statement by its text alone, and whoever prepares the text gives it the meaning
 * that the table has then: also for bytes that are on their way and were made for the table before.
 * So the text of a write ends with what stands for the shape of its table, and is prepared only
 * after another text, which is never executed, has shown that the table still has it.
 */
final class PreparedStatements {
  private static final Logger LOG = Logger.getLogger(PreparedStatements.class);

  private record Key(String cql, String shape) {}

  /** Gives a text to the nodes. */
  @FunctionalInterface
  interface Nodes {
    CompletableFuture<PreparedStatement> prepare(Plan plan, String text);
  }

  private final AsyncCache<Key, PreparedStatement> cache;
  private final Nodes nodes;

  PreparedStatements(int max, Nodes nodes) {
    this.cache = Caffeine.newBuilder().maximumSize(max).executor(Runnable::run).buildAsync();
    this.nodes = nodes;
  }

  /** The statement, if it has been prepared. */
  Optional<PreparedStatement> known(Plan plan) {
    return Optional.ofNullable(cache.synchronous().getIfPresent(key(plan)));
  }

  CompletionStage<PreparedStatement> get(Plan plan) {
    // a copy: a client that goes away cancels its own alone
    return cache.get(key(plan), (key, executor) -> prepared(plan)).copy();
  }

  /** The same once more for a statement that a node did not know. */
  CompletionStage<PreparedStatement> insteadOf(PreparedStatement forgotten, Plan plan) {
    boolean unused = cache.synchronous().asMap().remove(key(plan), forgotten);
    return get(plan);
  }

  private CompletableFuture<PreparedStatement> prepared(Plan plan) {
    LOG.debugf("Statement %s is %s", Executor.digest(plan.cql()), plan.cql());
    if (plan instanceof ReadPlan) {
      return nodes.prepare(plan, plan.cql());
    }
    String shape = UUID.nameUUIDFromBytes(plan.shape().getBytes(StandardCharsets.UTF_8)).toString();
    return nodes
        .prepare(plan, commented(plan, "never executed"))
        .thenCompose(asPlanned -> nodes.prepare(plan, commented(plan, shape)));
  }

  private static String commented(Plan plan, String comment) {
    return plan.cql() + " /* " + comment + " */";
  }

  private static Key key(Plan plan) {
    return new Key(plan.cql(), plan.shape());
  }

  /** How many texts are kept now. */
  long size() {
    return cache.synchronous().estimatedSize();
  }
}
