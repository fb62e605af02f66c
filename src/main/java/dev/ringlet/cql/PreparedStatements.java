package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.plan.Plan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Each CQL text is prepared once for the same shape of its table, however many requests need it
 * first at the same time, and kept while it is used; a failed attempt is forgotten. Both what is
 * kept and what is being prepared are bounded in bytes: how many columns and markers a statement
 * has is for clients to say.
 *
 * <p>A node knows a statement by its text alone, and whoever prepares the text gives it the meaning
 * that the table has then: also for bytes that are on their way and were made for the table before.
 * So each text ends with what stands for the shape of its table, and is prepared only after another
 * text, which is never executed, has shown that the table still has it.
 */
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.SSMW") // loaded by name
final class PreparedStatements {
  /** What is prepared of each: one that is never executed, and then the one that is. */
  private static final int TEXTS = 2;

  private static final Logger LOG = Logger.getLogger(PreparedStatements.class);

  /** What a statement is prepared for: its text, and what its table looks like. */
  record Key(String cql, String shape) {
    static Key of(Plan plan) {
      return new Key(plan.cql(), plan.shape());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && cql.equals(key.cql) && shape.equals(key.shape);
    }

    @Override
    public int hashCode() {
      return cql.hashCode(); // few statements have the same text
    }
  }

  /**
   * @param max how many are kept
   * @param maxBytes how many bytes those that are kept have, and those being prepared
   */
  record Limits(int max, long maxBytes) {
    /** None weighs less than would let more than so many in. */
    int weight(PreparedStatement statement) {
      long least = (maxBytes + max - 1) / max;
      return (int) Math.min(Integer.MAX_VALUE, Math.max(least, StatementBytes.of(statement)));
    }
  }

  /** Gives a text to the nodes, each of which has an answer or none in time. */
  @FunctionalInterface
  interface Nodes {
    Map<Node, CompletableFuture<PreparedStatement>> prepare(Plan plan, String text);
  }

  private final AsyncCache<Key, PreparedStatement> cache;
  private final PreparingRoom room;
  private final Nodes nodes;

  PreparedStatements(Limits limits, Nodes nodes) {
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(limits.maxBytes())
            .weigher((Key key, PreparedStatement statement) -> limits.weight(statement))
            .executor(Runnable::run)
            .buildAsync();
    this.room = new PreparingRoom(limits.maxBytes());
    this.nodes = nodes;
  }

  /** The statement, if it has been prepared. */
  Optional<PreparedStatement> known(Plan plan) {
    return Optional.ofNullable(cache.synchronous().getIfPresent(Key.of(plan)));
  }

  /**
   * @throws ApiException {@link ErrorCode#OVERLOADED} if too many others are being prepared
   */
  CompletionStage<PreparedStatement> get(Plan plan) {
    // a copy: a client that goes away cancels its own alone
    return cache.get(Key.of(plan), (key, executor) -> prepared(plan)).copy();
  }

  /**
   * The same once more for a statement that a node did not know.
   *
   * @throws ApiException as {@link #get}
   */
  CompletionStage<PreparedStatement> insteadOf(PreparedStatement forgotten, Plan plan) {
    boolean unused = cache.synchronous().asMap().remove(Key.of(plan), forgotten);
    return get(plan);
  }

  private CompletableFuture<PreparedStatement> prepared(Plan plan) {
    long bytes = TEXTS * StatementBytes.expected(plan.cql());
    if (!room.take(bytes)) {
      throw new ApiException(
              ErrorCode.OVERLOADED,
              "Too many other statements are being prepared; nothing was done.")
          .with("limit", "ringlet.statements.max-bytes");
    }
    LOG.debugf("Statement %s is %s", StatementDigest.of(plan.cql()), plan.cql());
    String shape = UUID.nameUUIDFromBytes(plan.shape().getBytes(StandardCharsets.UTF_8)).toString();
    Collection<CompletableFuture<?>> answers = new ConcurrentLinkedQueue<>();
    // in stages from the beginning: the room is given back also if a node cannot be asked at all
    CompletableFuture<PreparedStatement> prepared =
        CompletableFuture.completedFuture("never executed")
            .thenCompose(comment -> prepared(plan, comment, answers))
            .thenCompose(asPlanned -> prepared(plan, shape, answers));
    boolean unused =
        prepared
            .handle((statement, failure) -> answers.toArray(CompletableFuture[]::new))
            .thenCompose(CompletableFuture::allOf)
            .whenComplete((ended, failure) -> room.giveBack(bytes))
            .isDone();
    return prepared;
  }

  /**
   * @param answers to which those of the nodes are added: one that hangs is not waited for, but has
   *     the text in memory until its time is over
   */
  private CompletableFuture<PreparedStatement> prepared(
      Plan plan, String comment, Collection<CompletableFuture<?>> answers) {
    Map<Node, CompletableFuture<PreparedStatement>> ofNodes =
        nodes.prepare(plan, commented(plan, comment));
    answers.addAll(ofNodes.values());
    return Preparation.of(plan, ofNodes);
  }

  private static String commented(Plan plan, String comment) {
    return plan.cql() + " /* " + comment + " */";
  }

  /** How many texts are kept now. */
  long size() {
    return cache.synchronous().estimatedSize();
  }

  /** How many bytes of memory they take, about. */
  long bytes() {
    return cache.synchronous().asMap().values().stream().mapToLong(StatementBytes::of).sum();
  }
}
