package dev.ringlet.session;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Why no session could be opened, in a line: each node that was asked, and what became of it. */
final class Unreachable {
  /** The driver does not say which of both. */
  private static final String REFUSED = "the connection was refused or closed";

  private Unreachable() {}

  static String why(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof AllNodesFailedException all
        ? all.getAllErrors().entrySet().stream()
            .map(Unreachable::of)
            .sorted()
            .collect(Collectors.joining("; "))
        : cause.toString();
  }

  private static String of(Map.Entry<Node, List<Throwable>> asked) {
    List<Throwable> errors = asked.getValue();
    return name(asked.getKey()) + ": " + reason(errors.get(errors.size() - 1));
  }

  /** Host and port of a node. */
  static String name(Node node) {
    return node.getEndPoint().toString().replace("/<unresolved>", "");
  }

  /** The driver wraps what happened into where it was. */
  private static String reason(Throwable error) {
    Throwable cause =
        error instanceof ConnectionInitException && error.getCause() != null
            ? error.getCause()
            : error;
    return cause instanceof ClosedChannelException ? REFUSED : String.valueOf(cause.getMessage());
  }
}
