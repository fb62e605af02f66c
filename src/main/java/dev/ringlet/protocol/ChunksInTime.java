package dev.ringlet.protocol;

import dev.ringlet.config.Shutdown;
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
 * The chunks of a body that is a stream, while they are waited for. It ends when the process does.
 * By HTTP/2 each chunk may have to come in a time that counts from when it is asked for. By
 * HTTP/1.1 a connection on which nothing comes is idle, and ends; here others of its streams, or a
 * PING, would keep it.
 */
public final class ChunksInTime extends AbstractMultiOperator<byte[], byte[]> {
  private final EventLoop loop;
  private final Shutdown shutdown;
  private final Supplier<Optional<Duration>> left;
  private final Supplier<? extends RuntimeException> late;

  private ChunksInTime(
      Multi<byte[]> chunks,
      EventLoop loop,
      Shutdown shutdown,
      Supplier<Optional<Duration>> left,
      Supplier<? extends RuntimeException> late) {
    super(chunks);
    this.loop = loop;
    this.shutdown = shutdown;
    this.left = left;
    this.late = late;
  }

  /**
   * The same chunks.
   *
   * @param shutdown what they fail with when it is time for streams to end
   * @param left how long the next may take by HTTP/2; as long as it likes, if that is empty
   * @param late what they fail with when it has not come
   */
  public static Multi<byte[]> of(
      HttpServerRequest http,
      Multi<byte[]> chunks,
      Shutdown shutdown,
      Supplier<Optional<Duration>> left,
      Supplier<? extends RuntimeException> late) {
    return new ChunksInTime(
        chunks,
        Connections.channel(http).eventLoop(),
        shutdown,
        http.version() == HttpVersion.HTTP_2 ? left : Optional::empty,
        late);
  }

  @Override
  public void subscribe(MultiSubscriber<? super byte[]> downstream) {
    upstream().subscribe().withSubscriber(new Waiting(downstream));
  }

  private final class Waiting extends MultiOperatorProcessor<byte[], byte[]> {
    private final Runnable untold = shutdown.tell(this::endIfWaiting);
    private volatile boolean waiting;
    private volatile Future<?> end;

    Waiting(MultiSubscriber<? super byte[]> downstream) {
      super(downstream);
    }

    @Override
    public void request(long chunks) {
      if (!isDone()) {
        waiting = true;
        left.get().ifPresent(this::failIn);
        if (shutdown.isTime()) {
          endIfWaiting();
        }
      }
      super.request(chunks); // which may bring one at once
    }

    private void failIn(Duration time) {
      stop();
      end = loop.schedule(() -> fail(late.get()), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Else the next chunk is not taken. */
    private void endIfWaiting() {
      loop.execute(
          () -> {
            if (waiting) {
              fail(shutdown.ending());
            }
          });
    }

    private void stop() {
      Future<?> running = end;
      if (running != null) {
        running.cancel(false);
        end = null;
      }
    }

    /** On the loop on which chunks come, so never while one does. */
    private void fail(RuntimeException failure) {
      Flow.Subscription chunks = getUpstreamSubscription();
      if (!isDone()) {
        onFailure(failure);
        chunks.cancel();
      }
    }

    @Override
    public void onItem(byte[] chunk) {
      waiting = false;
      stop();
      super.onItem(chunk);
    }

    @Override
    public void onFailure(Throwable failure) {
      stop();
      untold.run();
      super.onFailure(failure);
    }

    @Override
    public void onCompletion() {
      stop();
      untold.run();
      super.onCompletion();
    }

    @Override
    public void cancel() {
      stop();
      untold.run();
      super.cancel();
    }
  }
}
