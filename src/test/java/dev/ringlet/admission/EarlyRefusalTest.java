package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.config.TestConfig;
import dev.ringlet.observe.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Where nothing may be under way. */
class EarlyRefusalTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();

  EarlyRefusalTest() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Map<String, String> none =
        Map.of(
            "ringlet.in-flight.initial", "0",
            "ringlet.in-flight.min", "0",
            "ringlet.in-flight.max", "0");
    Capacity capacity = new Capacity(TestConfig.of(none), registry, new Refusals(registry));
    channel.pipeline().addLast(new EarlyRefusal(capacity, 10));
    channel.freezeTime();
    answer();
  }

  private void receive(HttpMethod method) {
    channel.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/v1/fake/t/x"));
  }

  private void answer() {
    channel.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND));
    channel.releaseOutbound();
  }

  private void iteration() {
    channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private boolean isRead() {
    return channel.config().isAutoRead();
  }

  @Test
  void whoWasRefusedIsReadAgainWhenItsTurnHasCome() {
    receive(HttpMethod.GET);
    FullHttpResponse refusal = channel.readOutbound();
    assertEquals(HttpResponseStatus.SERVICE_UNAVAILABLE, refusal.status());
    assertFalse(isRead());
    iteration();
    assertTrue(isRead());
  }

  @Test
  void whatWasReadWithItAndReachesTheServerIsReadAsTheServerSays() {
    receive(HttpMethod.GET);
    receive(HttpMethod.HEAD);
    assertTrue(isRead());
    channel.config().setAutoRead(false);
    iteration();
    assertFalse(isRead());
  }

  @Test
  void aConnectionHasOnePlaceInTheRow() {
    for (int i = 0; i <= RefusedConnections.PASSING; i++) {
      receive(HttpMethod.GET);
      receive(HttpMethod.HEAD);
      answer();
    }
    receive(HttpMethod.GET);
    AtomicBoolean passed = new AtomicBoolean();
    RefusedConnections.await(channel.eventLoop(), () -> passed.set(true));
    iteration();
    assertTrue(isRead());
    assertTrue(passed.get());
  }
}
