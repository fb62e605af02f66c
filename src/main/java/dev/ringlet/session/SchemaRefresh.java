package dev.ringlet.session;

import com.datastax.oss.driver.api.core.metadata.Metadata;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads the schema again when Cassandra has shown that it is not what the driver knows, which else
 * waits for a lull of events. However many ask, it is read at most four times a second.
 */
public final class SchemaRefresh {
  private static final long PAUSE = Duration.ofMillis(250).toNanos();
  private static final long SOON = Duration.ofMillis(1).toNanos();

  private final Supplier<CompletionStage<Metadata>> refresh;
  private long last = System.nanoTime() - PAUSE;
  private Uni<Metadata> next;

  public SchemaRefresh(Supplier<CompletionStage<Metadata>> refresh) {
    this.refresh = refresh;
  }

  /** One that begins after this call, which those who wait for it share. */
  public synchronized Uni<Metadata> next() {
    if (next == null) {
      long wait = Math.max(SOON, last + PAUSE - System.nanoTime());
      next =
          Uni.createFrom()
              .voidItem()
              .onItem()
              .delayIt()
              .by(Duration.ofNanos(wait))
              .chain(this::begin)
              .memoize()
              .indefinitely();
    }
    return next;
  }

  private synchronized Uni<Metadata> begin() {
    next = null;
    last = System.nanoTime();
    return Uni.createFrom().completionStage(refresh);
  }
}
