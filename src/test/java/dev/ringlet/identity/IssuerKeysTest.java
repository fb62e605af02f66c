package dev.ringlet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.ringlet.config.AuthConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.RsaKeyUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys of an issuer: found, kept when it is away, and never more than there is memory for. */
class IssuerKeysTest {
  private static final PublicJsonWebKey NEXT = Minted.ec("next");

  private final Vertx vertx = Vertx.vertx();
  private final IssuerServer issuer = new IssuerServer();
  private final AtomicInteger takenBack = new AtomicInteger();

  @TempDir private Path files;

  @AfterEach
  void end() {
    issuer.close();
    assertNotNull(vertx.close());
  }

  private IssuerKeys keys(String setting, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put("ringlet.auth.jwt.issuer", issuer.issuer());
    settings.put("ringlet.auth.jwt." + setting, value);
    AuthConfig.Jwt config = Minted.config(settings).auth().jwt();
    KeySource source = KeySource.of(config, vertx, new Documents(vertx, Optional.empty()));
    return new IssuerKeys(vertx, source, takenBack::incrementAndGet);
  }

  private IssuerKeys started() {
    IssuerKeys keys = keys("jwks", issuer.place());
    keys.start();
    return keys;
  }

  private static KeySet known(IssuerKeys keys) {
    return keys.first().await().atMost(Duration.ofSeconds(30));
  }

  private static void assertKeys(IssuerKeys keys, PublicJsonWebKey... expected) throws Exception {
    KeySet wanted = KeySet.ofJwks(Minted.jwks(expected));
    KeySet there = known(keys);
    assertTrue(there.hasAllOf(wanted) && wanted.hasAllOf(there));
  }

  @Test
  void areWhereTheIssuerSays() throws Exception {
    issuer.publish(Minted.jwks(Minted.KEY, NEXT));
    IssuerKeys keys = keys("issuer", issuer.issuer());
    assertTrue(keys.known().isEmpty());
    keys.start();
    assertKeys(keys, Minted.KEY, NEXT);
    assertEquals(1, issuer.asked());
  }

  /** The issuer that is asked may be another than it says, or have keys where none are safe. */
  @Test
  void areNotTakenFromAnIssuerThatIsAnother() {
    issuer.publish(Minted.jwks(Minted.KEY));
    for (String said :
        List.of(
            "{\"issuer\":\"%s/\",\"jwks_uri\":\"%s\"}".formatted(issuer.issuer(), issuer.place()),
            "{\"jwks_uri\":\"%s\"}".formatted(issuer.place()),
            "{\"issuer\":\"%s\"}".formatted(issuer.issuer()),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"file:///etc/passwd\"}".formatted(issuer.issuer()),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"/etc/passwd\"}".formatted(issuer.issuer()),
            "{\"issuer\":\"%s\",\"jwks_uri\":[\"%s\"]}".formatted(issuer.issuer(), issuer.place()),
            "[]",
            "{")) {
      issuer.discover(said);
      IssuerKeys keys = keys("issuer", issuer.issuer());
      assertThrows(IllegalStateException.class, () -> fetchedOnce(keys), said);
      assertTrue(keys.known().isEmpty(), said);
    }
    assertEquals(0, issuer.asked());
  }

  /** As a token with an unknown key makes it; it fails if the fetching does. */
  private static KeySet fetchedOnce(IssuerKeys keys) {
    try {
      return keys.again().orElseThrow().await().atMost(Duration.ofSeconds(30));
    } catch (RuntimeException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> broken() {
    String good = Minted.jwks(NEXT);
    return Stream.of(
        Arguments.of("gone", answer(e -> IssuerServer.send(e, 404, good))),
        Arguments.of("out of order", answer(e -> IssuerServer.send(e, 503, good))),
        Arguments.of("created", answer(e -> IssuerServer.send(e, 201, good))),
        Arguments.of("elsewhere", answer(IssuerKeysTest::redirect)),
        Arguments.of("no JSON", answer(e -> IssuerServer.send(e, 200, "<html>"))),
        Arguments.of("a list", answer(e -> IssuerServer.send(e, 200, "[]"))),
        Arguments.of("half of it", answer(e -> IssuerServer.send(e, 200, good.substring(9)))),
        Arguments.of("empty", answer(e -> IssuerServer.send(e, 200, "{\"keys\":[]}"))),
        Arguments.of(
            "keys that are a text", answer(e -> IssuerServer.send(e, 200, "{\"keys\":\"\"}"))),
        Arguments.of(
            "secrets",
            answer(
                e -> IssuerServer.send(e, 200, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"))),
        Arguments.of("cut off", answer(IssuerKeysTest::cut)),
        Arguments.of("huge", answer(e -> IssuerServer.send(e, 200, good + " ".repeat(300_000)))),
        Arguments.of("endless", answer(IssuerKeysTest::endless)));
  }

  private static IssuerServer.Answer answer(IssuerServer.Answer answer) {
    return answer;
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/keys?again");
    IssuerServer.send(exchange, 302, "");
  }

  private static void cut(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 10_000);
    exchange.getResponseBody().write(new byte[100]);
    exchange.getResponseBody().flush();
    exchange.getHttpContext().getServer().stop(0);
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 100_000; i++) {
        out.write(new byte[10_000]);
      }
      throw new AssertionError("a gigabyte was read");
    }
  }

  /** Whatever it answers then: those that are known are still good. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void stayWhenTheIssuerHasNoneThatCanBeUsed(String what, IssuerServer.Answer answer)
      throws Exception {
    issuer.publish(Minted.jwks(Minted.KEY));
    IssuerKeys keys = started();
    assertKeys(keys, Minted.KEY);
    issuer.answer(answer);
    assertThrows(IllegalStateException.class, () -> fetchedOnce(keys), what);
    assertEquals(2, issuer.asked());
    assertKeys(keys, Minted.KEY);
    assertEquals(0, takenBack.get());
  }

  /** It takes no longer than five seconds, however slowly something comes. */
  @Test
  void areNotWaitedForWithoutEnd() {
    CountDownLatch over = new CountDownLatch(1);
    issuer.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(over);
        });
    IssuerKeys keys = keys("jwks", issuer.place());
    assertThrows(IllegalStateException.class, () -> fetchedOnce(keys));
    over.countDown();
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void areThereAsSoonAsTheIssuerIs() throws Exception {
    IssuerKeys keys = started();
    Awaitility.await().until(() -> issuer.asked() >= 1);
    assertTrue(keys.known().isEmpty());
    issuer.publish(Minted.jwks(Minted.KEY));
    assertKeys(keys, Minted.KEY);
  }

  @Test
  void areFetchedNoMoreWhenTheApplicationEnds() {
    IssuerKeys keys = started();
    Awaitility.await().until(() -> issuer.asked() >= 2);
    keys.end();
    int asked = issuer.asked();
    Awaitility.await().during(Duration.ofSeconds(3)).until(() -> issuer.asked() == asked);
  }

  /** However many tokens there are that have a key which nobody knows. */
  @Test
  void areAskedForOnceForAllUnknownOnes() throws Exception {
    issuer.publish(Minted.jwks(Minted.KEY));
    IssuerKeys keys = started();
    assertKeys(keys, Minted.KEY);
    CountDownLatch go = new CountDownLatch(1);
    issuer.answer(
        exchange -> {
          await(go);
          IssuerServer.send(exchange, 200, Minted.jwks(Minted.KEY, NEXT));
        });
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      assertNotNull(keys.again().orElseThrow().subscribe().with(set -> served.incrementAndGet()));
    }
    go.countDown();
    Awaitility.await().until(() -> served.get() == 100);
    assertEquals(2, issuer.asked());
    assertKeys(keys, Minted.KEY, NEXT);
    assertFalse(keys.again().isPresent(), "within thirty seconds");
    assertEquals(0, takenBack.get());
  }

  @Test
  void sayWhenOneIsTakenBack() throws Exception {
    issuer.publish(Minted.jwks(Minted.KEY, NEXT));
    IssuerKeys keys = started();
    assertKeys(keys, Minted.KEY, NEXT);
    issuer.publish(Minted.jwks(NEXT));
    assertNotNull(fetchedOnce(keys));
    assertKeys(keys, NEXT);
    assertEquals(1, takenBack.get());
  }

  @Test
  void canBeInAFile() throws Exception {
    Path set = Files.writeString(files.resolve("keys.json"), Minted.jwks(Minted.KEY));
    IssuerKeys keys = keys("jwks", set.toString());
    keys.start();
    assertKeys(keys, Minted.KEY);
    Files.writeString(set, Minted.jwks(NEXT));
    assertNotNull(fetchedOnce(keys));
    assertKeys(keys, NEXT);
    Files.writeString(set, " ".repeat(300_000));
    assertKeys(keys, NEXT);
    assertEquals(0, issuer.asked());
  }

  @Test
  void canBeOneInAFile() throws Exception {
    Path pem =
        Files.writeString(
            files.resolve("key.pem"), RsaKeyUtil.pemEncode(Minted.KEY.getPublicKey()) + "\n");
    IssuerKeys keys = keys("key", pem.toString());
    keys.start();
    KeySet one = KeySet.ofKey(Minted.KEY.getPublicKey());
    assertTrue(known(keys).hasAllOf(one) && one.hasAllOf(known(keys)));
    assertEquals(0, issuer.asked());
  }
}
