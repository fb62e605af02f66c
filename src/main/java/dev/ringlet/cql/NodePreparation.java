package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.internal.core.channel.DriverChannel;
import com.datastax.oss.driver.internal.core.channel.ResponseCallback;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import com.datastax.oss.driver.internal.core.cql.Conversions;
import com.datastax.oss.driver.internal.core.cql.DefaultPrepareRequest;
import com.datastax.oss.driver.internal.core.session.DefaultSession;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.request.Prepare;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.result.Prepared;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * What one node says of a text. The driver would not tell: it shows the answer of the first node
 * alone, and what the others say, also when it prepares a text again by itself, it never looks at.
 */
final class NodePreparation implements ResponseCallback {
  private final DriverChannel channel;
  private final Node node;
  private final String cql;
  private final InternalDriverContext context;
  private final CompletableFuture<PreparedStatement> result = new CompletableFuture<>();

  private NodePreparation(
      DriverChannel channel, Node node, String cql, InternalDriverContext context) {
    this.channel = channel;
    this.node = node;
    this.cql = cql;
    this.context = context;
  }

  /**
   * @param cql as the statement will be known here
   * @param text as the node is given it
   */
  static CompletableFuture<PreparedStatement> of(
      DefaultSession session, Node node, String cql, String text) {
    DriverChannel channel = session.getChannel(node, session.getName());
    if (channel == null) {
      return CompletableFuture.failedFuture(new NodeUnavailableException(node));
    }
    NodePreparation preparation =
        new NodePreparation(channel, node, cql, (InternalDriverContext) session.getContext());
    var unused =
        channel
            .write(new Prepare(text), false, Frame.NO_PAYLOAD, preparation)
            .addListener(sent -> preparation.sent(sent.cause()));
    boolean unusedToo =
        preparation.result.whenComplete((done, failure) -> preparation.ended(failure)).isDone();
    return preparation.result;
  }

  /** What is waited for no longer must not keep the connection from being closed in order. */
  private void ended(Throwable failure) {
    if (failure instanceof TimeoutException) {
      channel.cancel(this);
    }
  }

  /**
   * @param failure null if it was sent
   */
  private void sent(Throwable failure) {
    if (failure != null) {
      onFailure(failure);
    }
  }

  @Override
  public void onResponse(Frame frame) {
    try {
      result.complete(prepared(frame.message));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    result.completeExceptionally(failure);
  }

  private PreparedStatement prepared(Message message) {
    if (message instanceof Prepared prepared) {
      return Conversions.toPreparedStatement(prepared, new DefaultPrepareRequest(cql), context);
    }
    if (message instanceof Error error && error.code != ProtocolConstants.ErrorCode.UNPREPARED) {
      throw Conversions.toThrowable(node, error, context);
    }
    throw new UnreadableAnswerException(
        new IllegalStateException("Unexpected answer to PREPARE: " + message));
  }
}
