package dev.ringlet.identity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringlet.access.Caller;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.Deadline;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are remembered, and tokens that wait for keys. */
class BearerTokensTest {
  private static final PublicJsonWebKey NEXT = Minted.ec("next");

  /** Plenty. */
  private static final int ROOM = 1000;

  private final Vertx vertx = Vertx.vertx();
  private final IssuerServer issuer = new IssuerServer();

  @AfterEach
  void end() {
    issuer.close();
    assertNotNull(vertx.close());
  }

  private BearerTokens started(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("ringlet.auth.jwt.jwks", issuer.place());
    BearerTokens tokens =
        BearerTokens.of(
                Minted.config(settings).auth().jwt(),
                new Refusals(List.of("Bearer")),
                vertx,
                new TlsOfCallersTest.Registry(Map.of()))
            .orElseThrow();
    tokens.start();
    return tokens;
  }

  private Uni<Caller> asked(BearerTokens tokens, String token, Duration patience) {
    return asked(tokens, token, patience, ROOM);
  }

  /**
   * @param room how many requests may be under way
   */
  private Uni<Caller> asked(BearerTokens tokens, String token, Duration patience, int room) {
    long now = System.nanoTime();
    return Uni.createFrom()
        .deferred(
            () ->
                tokens.of(
                    token, () -> Deadline.of(patience, now), room, vertx.getOrCreateContext()));
  }

  private Caller caller(BearerTokens tokens, String token) {
    return asked(tokens, token, Duration.ofSeconds(20)).await().atMost(Duration.ofMinutes(1));
  }

  private ErrorCode refusal(BearerTokens tokens, String token, Duration patience) {
    Uni<Caller> asked = asked(tokens, token, patience);
    return assertThrows(ApiException.class, () -> asked.await().atMost(Duration.ofMinutes(1)))
        .code();
  }

  private static JwtClaims claims() {
    return Minted.claims("ann", "customer");
  }

  @Test
  void areVerifiedOnce() {
    issuer.publish(Minted.jwks(Minted.KEY));
    BearerTokens tokens = started(Map.of());
    String token = Minted.token(claims());
    Caller first = caller(tokens, token);
    assertEquals("ann", first.name());
    assertSame(first, caller(tokens, token));
    assertNotSame(first, caller(tokens, Minted.token(Minted.claims("ann", "other"))));
  }

  @Test
  void areForgottenWhenTheyExpire() {
    issuer.publish(Minted.jwks(Minted.KEY));
    BearerTokens tokens = started(Map.of());
    JwtClaims soon = claims();
    soon.setExpirationTime(NumericDate.fromMilliseconds(System.currentTimeMillis() + 5000));
    String token = Minted.token(soon);
    assertEquals("ann", caller(tokens, token).name());
    await()
        .until(
            () -> {
              try {
                return caller(tokens, token) == null;
              } catch (ApiException e) {
                return e.detail().contains("expired");
              }
            });
  }

  @Test
  void areForgottenWhenTheirKeyIsTakenBack() {
    issuer.publish(Minted.jwks(Minted.KEY, NEXT));
    BearerTokens tokens = started(Map.of());
    String token = Minted.token(claims());
    assertEquals("ann", caller(tokens, token).name());
    issuer.publish(Minted.jwks(NEXT));
    assertEquals(
        ErrorCode.UNAUTHENTICATED,
        refusal(tokens, Minted.token(Minted.ec("unknown"), claims()), Duration.ofSeconds(20)));
    assertEquals(ErrorCode.UNAUTHENTICATED, refusal(tokens, token, Duration.ofSeconds(20)));
    assertEquals("ann", caller(tokens, Minted.token(NEXT, claims())).name());
  }

  /** A key that is new is fetched for the first token that has it; requests do not notice. */
  @Test
  void areGoodByANewKeyAtOnce() {
    issuer.publish(Minted.jwks(Minted.KEY));
    BearerTokens tokens = started(Map.of());
    assertEquals("ann", caller(tokens, Minted.token(claims())).name());
    issuer.publish(Minted.jwks(NEXT));
    assertEquals("ann", caller(tokens, Minted.token(NEXT, claims())).name());
    assertEquals(2, issuer.asked());
  }

  @Test
  void stayGoodWhileTheIssuerIsAway() {
    issuer.publish(Minted.jwks(Minted.KEY));
    BearerTokens tokens = started(Map.of());
    assertEquals("ann", caller(tokens, Minted.token(claims())).name());
    issuer.close();
    assertEquals("bob", caller(tokens, Minted.token(Minted.claims("bob", "a"))).name());
    assertEquals(
        ErrorCode.UNAUTHENTICATED,
        refusal(tokens, Minted.token(NEXT, claims()), Duration.ofSeconds(20)));
  }

  /** Each has another signature: none is remembered, and none makes the issuer work. */
  @Test
  void takeNoMemoryWhenTheyAreBad() {
    issuer.publish(Minted.jwks(Minted.KEY));
    BearerTokens tokens = started(Map.of());
    String good = Minted.token(claims());
    assertEquals("ann", caller(tokens, good).name());
    String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
    for (int i = 0; i < 1_000; i++) {
      String bad = unsigned + Minted.encoded("%0256d".formatted(i));
      assertThrows(ApiException.class, () -> directly(tokens, bad));
    }
    assertEquals(1, tokens.remembered());
    assertEquals(1, issuer.asked());
  }

  private void directly(BearerTokens tokens, String token) {
    assertNotNull(
        tokens.of(
            token,
            () -> Deadline.of(Duration.ofSeconds(1), System.nanoTime()),
            ROOM,
            vertx.getOrCreateContext()));
  }

  @Test
  void areForgottenWhenThereAreTooMany() {
    issuer.publish(Minted.jwks(Minted.KEY));
    BearerTokens tokens = started(Map.of("ringlet.auth.jwt.max-remembered", "10"));
    for (int i = 0; i < 100; i++) {
      assertEquals("c" + i, caller(tokens, Minted.token(Minted.claims("c" + i, "a"))).name());
    }
    assertTrue(tokens.remembered() <= 10, () -> tokens.remembered() + " are remembered");
  }

  @Test
  void areNotEvenReadWhenTheyAreTooLong() {
    BearerTokens tokens = started(Map.of("ringlet.auth.jwt.max-size", "1K"));
    ApiException e = assertThrows(ApiException.class, () -> directly(tokens, "x".repeat(1025)));
    assertEquals("The token has more than 1024 bytes.", e.detail());
  }

  @Test
  void waitForTheFirstKeys() {
    CountDownLatch go = new CountDownLatch(1);
    issuer.answer(
        exchange -> {
          IssuerKeysTest.await(go);
          IssuerServer.send(exchange, 200, Minted.jwks(Minted.KEY));
        });
    BearerTokens tokens = started(Map.of());
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      String token = Minted.token(Minted.claims("c" + i, "a"));
      assertNotNull(
          asked(tokens, token, Duration.ofSeconds(20))
              .subscribe()
              .with(caller -> served.incrementAndGet()));
    }
    go.countDown();
    await().until(() -> served.get() == 50);
    assertEquals(1, issuer.asked());
  }

  @Test
  void waitNoLongerThanTheirRequestMay() {
    BearerTokens tokens = started(Map.of()); // the issuer is out of order
    assertEquals(
        ErrorCode.NOT_READY_TO_AUTHENTICATE,
        refusal(tokens, Minted.token(claims()), Duration.ofMillis(50)));
  }

  /** What is no signed token is none by any key. */
  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.b.", "..", "a.b.c.d", "a.b.c d", "e30.e30.", "a.b.ç"})
  void doNotWaitWhenTheyAreNotSigned(String token) {
    BearerTokens tokens = started(Map.of()); // the issuer is out of order
    ApiException e = assertThrows(ApiException.class, () -> directly(tokens, token));
    assertEquals("The token is no signed JWT.", e.detail());
  }

  /** There is room for others that need no keys: half of it at least. */
  @ParameterizedTest
  @CsvSource({"1000, 64", "128, 64", "127, 63", "9, 4", "8, 4", "2, 1", "1, 1"})
  void waitInSmallNumbers(int room, int waiting) {
    BearerTokens tokens = started(Map.of());
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      assertNotNull(
          asked(tokens, Minted.token(claims()), Duration.ofMinutes(1), room)
              .subscribe()
              .with(caller -> {}, failure -> failed.incrementAndGet()));
    }
    await().until(() -> failed.get() == 100 - waiting);
    issuer.publish(Minted.jwks(Minted.KEY));
    assertEquals("ann", await().until(() -> known(tokens), Optional::isPresent).get());
  }

  private Optional<String> known(BearerTokens tokens) {
    try {
      return Optional.of(caller(tokens, Minted.token(claims())).name());
    } catch (ApiException stillTooMany) {
      return Optional.empty();
    }
  }
}
