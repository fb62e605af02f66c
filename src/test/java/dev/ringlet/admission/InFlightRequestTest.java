package dev.ringlet.admission;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InFlightRequestTest {
  private static final String CQL = "SELECT v FROM k.t WHERE p = ?";
  private static final int BYTES = 1 << 20;

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Capacity capacity =
      new Capacity(
          TestConfig.of(
              Map.of(
                  "ringlet.in-flight.initial", "2",
                  "ringlet.in-flight.min", "1",
                  "ringlet.in-flight.max", "2",
                  "ringlet.in-flight.max-bytes", Integer.toString(BYTES))),
          registry,
          new Refusals(registry));
  private final InFlightRequest first = capacity.begin().orElseThrow();
  private final InFlightRequest second = capacity.begin().orElseThrow();

  private double gauge(String name) {
    return registry.get("ringlet.requests." + name).gauge().value();
  }

  @Test
  void theLimitFallsByOneThatIsDropped() {
    first.dropped();
    assertEquals(1, gauge("limit"));
  }

  @Test
  void theLimitFallsByNoneThatIsIgnored() {
    first.ignored();
    first.dropped();
    first.answered(CQL, TimeUnit.HOURS.toNanos(1));
    first.end();
    assertEquals(2, gauge("limit"));
  }

  @Test
  void theLimitRisesWithAnswers() {
    first.dropped();
    second.end();
    assertTrue(capacity.begin().isEmpty(), "the limit is reached");
    first.answered(CQL, 1);
    first.end();
    awaitRise(next -> next.answered(CQL, 1));
    assertEquals(0, gauge("in.flight"));
  }

  /** As of writes on conditions, while nothing else is asked. */
  @Test
  void theLimitRisesWithAnswersToWhatIsIgnored() {
    first.dropped();
    first.end();
    second.end();
    awaitRise(
        next -> {
          next.ignored();
          next.answered(CQL, TimeUnit.HOURS.toNanos(1));
        });
  }

  /** By one request after the other, each of which reaches the limit. */
  private void awaitRise(Consumer<InFlightRequest> fares) {
    await()
        .until(
            () -> {
              InFlightRequest next = capacity.begin().orElseThrow();
              assertTrue(capacity.begin().isEmpty(), "the limit is reached");
              fares.accept(next);
              next.end();
              return gauge("limit") == 2;
            });
  }

  @Test
  void itHasOnePlaceToGiveUp() {
    first.giveUpPlace();
    assertEquals(1, gauge("in.flight"));
    first.end();
    assertEquals(1, gauge("in.flight"));
  }

  @Test
  void whatIsMadeOfABodyIsRefusedForGoodWhereThereIsNeverRoom() {
    first.keep(BYTES / 2);
    first.keepAtLeast(BYTES);
    ApiException full = assertThrows(ApiException.class, () -> second.keepAtLeast(BYTES));
    assertEquals(ErrorCode.OVERLOADED, full.code());
    ApiException never = assertThrows(ApiException.class, () -> first.keepBesides(1));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, never.code());
    assertEquals("ringlet.in-flight.max-bytes", never.members().get("limit"));
  }

  /** Of the longest of several; and nothing that is made of the body counts for it. */
  @Test
  void whatIsMadeOfItsHeadIsKeptBesides() {
    first.keepOfHead(BYTES / 8);
    first.keepOfQuery(BYTES / 4);
    first.keepOfQuery(BYTES / 8);
    first.keepOfQuery(BYTES / 2);
    first.keepAtLeast(BYTES / 4);
    assertDoesNotThrow(() -> second.keep(BYTES / 8));
    ApiException full = assertThrows(ApiException.class, () -> first.keepBesides(BYTES / 16));
    assertEquals(ErrorCode.OVERLOADED, full.code());
    ApiException more = assertThrows(ApiException.class, () -> first.keepBesides(BYTES / 4));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, more.code(), "with what is made of its head");
    first.giveUpQuery();
    assertDoesNotThrow(() -> second.keep(BYTES / 2));
    assertThrows(ApiException.class, () -> first.keepOfQuery(KeptBytes.SMALL));
    ApiException never = assertThrows(ApiException.class, () -> first.keepOfQuery(BYTES));
    assertEquals(ErrorCode.LIMIT_EXCEEDED, never.code());
    first.end();
    second.end();
    assertDoesNotThrow(() -> capacity.begin().orElseThrow().keep(BYTES));
  }

  @Test
  void whatItKeepsIsForgottenAtItsEnd() {
    first.keep(BYTES);
    ApiException full = assertThrows(ApiException.class, () -> second.keep(BYTES));
    assertEquals(ErrorCode.OVERLOADED, full.code());
    first.end();
    assertDoesNotThrow(() -> second.keep(BYTES));
    second.end();
    second.keep(BYTES);
    assertDoesNotThrow(() -> capacity.begin().orElseThrow().keep(BYTES), "nothing after its end");
  }

  @Test
  void thoseThatMayLastForHoursHaveHalfOfTheRoom() {
    first.keepForLong(BYTES / 2);
    assertEquals(1, gauge("in.flight"));
    ApiException full = assertThrows(ApiException.class, () -> second.keepForLong(1));
    assertEquals(ErrorCode.OVERLOADED, full.code());
    assertEquals("ringlet.in-flight.max-bytes", full.members().get("limit"));
    assertDoesNotThrow(() -> second.keep(BYTES / 2));
    first.end();
    second.end();
    assertEquals(0, gauge("in.flight"));
  }

  @Test
  void itSaysWhenItEnds() {
    AtomicInteger ends = new AtomicInteger();
    first.atEnd(ends::incrementAndGet);
    assertEquals(0, ends.get());
    first.end();
    assertEquals(1, ends.get());
    first.atEnd(ends::incrementAndGet);
    assertEquals(2, ends.get(), "it had ended");
  }
}
