package dev.ringlet.protocol;

import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The chunks of a body by HTTP/2, each of which may have to come in a time that counts from when it
 * is asked for. By HTTP/1.1 a connection on which nothing comes is idle, and ends; here others of
 * its streams, or a PING, would keep it.
 */
public final class ChunksInTime extends AbstractMultiOperator<byte[], byte[]> {
  private final EventLoop loop;
  private final Supplier<Optional<Duration>> left;
  private final Supplier<? extends RuntimeException> late;

  private ChunksInTime(
      Multi<byte[]> chunks,
      EventLoop loop,
      Supplier<Optional<Duration>> left,
      Supplier<? extends RuntimeException> late) {
    super(chunks);
    this.loop = loop;
    this.left = left;
    this.late = late;
  }

  /**
   * The same chunks.
   *
   * @param left how long the next may take; as long as it likes, if that is empty
   * @param late what they fail with when it has not come
   */
  public static Multi<byte[]> of(
      HttpServerRequest http,
      Multi<byte[]> chunks,
      Supplier<Optional<Duration>> left,
      Supplier<? extends RuntimeException> late) {
    return http.version() == HttpVersion.HTTP_2
        ? new ChunksInTime(chunks, Connections.channel(http).eventLoop(), left, late)
        : chunks;
  }

  @Override
  public void subscribe(MultiSubscriber<? super byte[]> downstream) {
    upstream().subscribe().withSubscriber(new Waiting(downstream));
  }

  private final class Waiting extends MultiOperatorProcessor<byte[], byte[]> {
    private volatile Future<?> end;

    Waiting(MultiSubscriber<? super byte[]> downstream) {
      super(downstream);
    }

    @Override
    public void request(long chunks) {
      if (!isDone()) {
        left.get().ifPresent(this::failIn);
      }
      super.request(chunks); // which may bring one at once
    }

    private void failIn(Duration time) {
      stop();
      end = loop.schedule(this::fail, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
      Future<?> running = end;
      if (running != null) {
        running.cancel(false);
        end = null;
      }
    }

    /** On the loop on which chunks come, so never while one does. */
    private void fail() {
      Flow.Subscription chunks = getUpstreamSubscription();
      if (!isDone()) {
        onFailure(late.get());
        chunks.cancel();
      }
    }

    @Override
    public void onItem(byte[] chunk) {
      stop();
      super.onItem(chunk);
    }

    @Override
    public void onFailure(Throwable failure) {
      stop();
      super.onFailure(failure);
    }

    @Override
    public void onCompletion() {
      stop();
      super.onCompletion();
    }

    @Override
    public void cancel() {
      stop();
      super.cancel();
    }
  }
}
