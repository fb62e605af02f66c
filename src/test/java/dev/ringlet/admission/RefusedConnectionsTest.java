package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusedConnectionsTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Integer> passed = new ArrayList<>();

  RefusedConnectionsTest() {
    channel.freezeTime();
  }

  private void await(int from, int to) {
    IntStream.range(from, to)
        .forEach(i -> RefusedConnections.await(channel.eventLoop(), () -> passed.add(i)));
  }

  private void iteration() {
    channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private static List<Integer> numbers(int to) {
    return IntStream.range(0, to).boxed().toList();
  }

  @Test
  void someOfThoseWhoWaitPassWithEachIterationInTheirOrder() {
    await(0, RefusedConnections.PASSING + 2);
    assertEquals(List.of(), passed);
    iteration();
    assertEquals(numbers(RefusedConnections.PASSING), passed);
    await(RefusedConnections.PASSING + 2, RefusedConnections.PASSING + 3);
    iteration();
    assertEquals(numbers(RefusedConnections.PASSING + 3), passed);
  }

  @Test
  void whoComesLaterWaitsAsWell() {
    await(0, 1);
    iteration();
    iteration();
    assertEquals(numbers(1), passed);
    await(1, 2);
    assertEquals(numbers(1), passed);
    iteration();
    assertEquals(numbers(2), passed);
  }
}
