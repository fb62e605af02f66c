package dev.ringlet.openapi;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.header.OptionsParser;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The documents that were asked for. One is made once for all callers to whom the same is shown,
 * and kept until what is shown is another or its bytes are needed for others. They are made one
 * after the other, so that the memory this takes does not depend on how many are asked for.
 */
@Singleton
public final class Documents {
  private record Key(Shown shown, Format format) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && format == key.format && shown.equals(key.shown);
    }

    @Override
    public int hashCode() {
      return 31 * shown.hashCode() + format.hashCode();
    }
  }

  private final AsyncCache<Key, Rendered> cache;
  private final WorkerExecutor worker;
  private final Facts facts;

  @Inject
  Documents(
      RingletConfig config,
      OptionsParser options,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    // of the kind that PreparedStatements registers
    cache =
        Caffeine.newBuilder()
            .maximumWeight(config.openapi().maxBytes().asLongValue())
            .weigher((Key key, Rendered document) -> document.gzip().length)
            .executor(Runnable::run)
            .buildAsync();
    worker = vertx.createSharedWorkerExecutor("openapi", 1);
    facts = Facts.of(version, config, options);
  }

  /** The document, which may have to be made first, on another thread. */
  public CompletionStage<Rendered> get(Shown shown, Format format) {
    // a copy: a client that goes away cancels its own alone
    return cache.get(new Key(shown, format), (key, executor) -> made(key)).copy();
  }

  private CompletableFuture<Rendered> made(Key key) {
    return worker
        .executeBlocking(() -> Rendered.of(key.format(), new Document(key.shown(), facts)))
        .toCompletionStage()
        .toCompletableFuture();
  }
}
