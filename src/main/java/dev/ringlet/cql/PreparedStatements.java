package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Each CQL text is prepared once, however many requests need it first at the same time, and kept
 * while it is used; a failed attempt is forgotten. The driver's own cache forgets a statement as
 * soon as nobody holds it.
 */
final class PreparedStatements {
  private static final Logger LOG = Logger.getLogger(PreparedStatements.class);

  private final AsyncCache<String, PreparedStatement> cache;
  private final Function<String, CompletionStage<PreparedStatement>> prepare;

  PreparedStatements(int max, Function<String, CompletionStage<PreparedStatement>> prepare) {
    this.cache = Caffeine.newBuilder().maximumSize(max).executor(Runnable::run).buildAsync();
    this.prepare = prepare;
  }

  /** The statement, if it has been prepared. */
  Optional<PreparedStatement> known(String cql) {
    return Optional.ofNullable(cache.synchronous().getIfPresent(cql));
  }

  CompletionStage<PreparedStatement> get(String cql) {
    // a copy: a client that goes away cancels its own alone
    return cache.get(cql, (text, executor) -> prepared(text).toCompletableFuture()).copy();
  }

  private CompletionStage<PreparedStatement> prepared(String cql) {
    LOG.debugf("Statement %s is %s", Executor.digest(cql), cql);
    return prepare.apply(cql);
  }

  /** How many texts are kept now. */
  long size() {
    return cache.synchronous().estimatedSize();
  }
}
