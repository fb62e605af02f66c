package dev.ringlet.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Where the driver runs. The extension gives it one group for two purposes, and warns that it may
 * wait for itself where that is small. Here the connections with Cassandra are of the event loops
 * that have those with clients, so that a request need not wake another thread; and what the driver
 * does besides, such as following the cluster's schema, has threads of its own, as without Quarkus.
 */
final class DriverLoops extends DefaultEventLoopGroup {
  /** Fewer, and the extension warns. */
  private static final int ADMIN_THREADS = 4;

  private final EventLoopGroup connections;
  private volatile Promise<Void> end = newSession();
  private final long longestAnswer;
  private final UnansweredLimit unanswered;

  /**
   * @param connections whose life is not ours
   * @param longestAnswer of Cassandra, in bytes
   * @param mostUnanswered bytes of requests, where a node answers nothing
   */
  DriverLoops(EventLoopGroup connections, long longestAnswer, long mostUnanswered) {
    super(ADMIN_THREADS, new DefaultThreadFactory("cassandra-admin", true));
    this.connections = connections;
    this.longestAnswer = longestAnswer;
    this.unanswered = new UnansweredLimit(mostUnanswered);
  }

  @Override
  public ChannelFuture register(Channel channel) {
    AnswerLimit.limit(channel, longestAnswer);
    unanswered.limit(channel);
    return connections.register(channel);
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    return connections.register(promise);
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    return connections.register(channel, promise);
  }

  /**
   * What the session that is built next waits for before it ends its timer. To end it takes a tick,
   * for which no event loop may wait.
   */
  Promise<Void> newSession() {
    end = GlobalEventExecutor.INSTANCE.newPromise();
    return end;
  }

  /** The loops outlive all sessions; to the driver it is as if each had some of its own. */
  @Override
  public Future<?> terminationFuture() {
    return end;
  }
}
