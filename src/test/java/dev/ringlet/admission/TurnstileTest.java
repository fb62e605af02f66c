package dev.ringlet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Integer> passed = new ArrayList<>();

  TurnstileTest() {
    channel.freezeTime();
  }

  private void await(int from, int to) {
    IntStream.range(from, to)
        .forEach(i -> Turnstile.await(channel.eventLoop(), () -> passed.add(i)));
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
    await(0, Turnstile.PASSING + 2);
    assertEquals(List.of(), passed);
    iteration();
    assertEquals(numbers(Turnstile.PASSING), passed);
    await(Turnstile.PASSING + 2, Turnstile.PASSING + 3);
    iteration();
    assertEquals(numbers(Turnstile.PASSING + 3), passed);
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
