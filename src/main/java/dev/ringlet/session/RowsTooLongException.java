package dev.ringlet.session;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import java.net.SocketAddress;

/**
 * An answer that is too long by rows of several columns. Of an LWT it says that it was not applied:
 * Cassandra answers with these then, and else with one column, which says that it was.
 */
public final class RowsTooLongException extends FrameTooLongException {
  private static final long serialVersionUID = 1;

  RowsTooLongException(SocketAddress node, String message) {
    super(node, message);
  }
}
