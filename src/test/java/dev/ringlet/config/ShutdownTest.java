package dev.ringlet.config;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private static final Logger LOG = Logger.getLogger(Shutdown.class.getName());

  private final AtomicInteger told = new AtomicInteger();

  @Test
  void streamsThatWaitAreToldWhenItIsTimeForThemToEnd() {
    Shutdown shutdown = new Shutdown(Duration.ZERO, Duration.ofMillis(2));
    Runnable first = shutdown.tell(told::incrementAndGet);
    Runnable ended = shutdown.tell(() -> told.addAndGet(100));
    ended.run();
    assertFalse(shutdown.isTime());
    assertDoesNotThrow(shutdown::check);
    shutdown.begin(new ShutdownDelayInitiatedEvent());
    await().until(() -> told.get() > 0);
    assertEquals(1, told.get());
    ApiException e = assertThrows(ApiException.class, shutdown::check);
    assertEquals(ErrorCode.SHUTTING_DOWN, e.code());
    first.run();
  }

  @Test
  void oneThatCannotBeToldIsLoggedAndTheOthersAreTold() {
    List<String> logged = new CopyOnWriteArrayList<>();
    LOG.setFilter(line -> !logged.add(line.getThrown().getMessage()));
    try {
      Shutdown shutdown = new Shutdown(Duration.ZERO, Duration.ofMillis(2));
      List<Runnable> streams = Stream.generate(() -> shutdown.tell(this::fail)).limit(3).toList();
      shutdown.begin(new ShutdownDelayInitiatedEvent());
      await().until(() -> logged.size() == streams.size());
      assertEquals(Set.of("1", "2", "3"), Set.copyOf(logged));
    } finally {
      LOG.setFilter(null);
    }
  }

  private void fail() {
    throw new IllegalStateException("" + told.incrementAndGet());
  }

  @Test
  void theyGoOnUntilThen() {
    Shutdown shutdown = new Shutdown(Duration.ofHours(1), Duration.ofHours(1));
    Runnable stream = shutdown.tell(told::incrementAndGet);
    shutdown.begin(new ShutdownDelayInitiatedEvent());
    assertFalse(shutdown.isTime());
    assertDoesNotThrow(shutdown::check);
    assertEquals(0, told.get());
    stream.run();
  }
}
