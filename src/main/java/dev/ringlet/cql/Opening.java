package dev.ringlet.cql;

import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A session that is being opened. The driver waits for its nodes if they are away, but at the
 * addresses that the contact points had when it began.
 *
 * @param addresses of the contact points then
 */
record Opening(CompletableFuture<QuarkusCqlSession> session, Set<String> addresses) {

  void giveUp() {
    boolean unused = session.cancel(true);
  }
}
