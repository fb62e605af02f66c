package dev.ringlet.session;

import dev.ringlet.config.RingletConfig;
import io.quarkus.netty.MainEventLoopGroup;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the Cassandra extension {@link DriverLoops} for Quarkus' own event loops. */
@Singleton
final class DriverLoopsProducer {
  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  @MainEventLoopGroup
  @SuppressWarnings("deprecation") // in favour of the same method of an internal class
  DriverLoops loops(Vertx vertx, RingletConfig config) {
    return new DriverLoops(
        vertx.nettyEventLoopGroup(),
        config.row().maxSize().asLongValue(),
        config.inFlight().maxBytes().asLongValue());
  }
}
