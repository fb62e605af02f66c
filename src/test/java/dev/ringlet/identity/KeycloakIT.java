package dev.ringlet.identity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A real Keycloak issues the tokens: of clients, and of a user whose role is within others. Ringlet
 * is there first. The keys change while requests run; none is wrongly refused, and none wrongly let
 * in. It runs with {@code -Pkeycloak}.
 */
@Tag("keycloak")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {
  private static final Logger LOG = Logger.getLogger(KeycloakIT.class);
  private static final String SHOP = "shop";
  private static final String TABLE = "/v1/my_keyspace/my_table";
  private static final String HELLO = TABLE + "/hello";
  private static final int ENOUGH = 500;

  private static Keycloak keycloak;
  private static Packaged ringlet;
  private static TokenLoad load;

  @BeforeAll
  static void start() throws Exception {
    int port = Keycloak.port();
    ringlet =
        Packaged.start("keycloak-ringlet", "127.0.0.1:" + TestCassandra.port(), settings(port));
    ringlet.awaitReady();
    assertEquals(503, status(foreign(port, "one"), Map.of("Prefer", "wait=1")));
    long since = System.nanoTime();
    keycloak = Keycloak.start(port);
    keycloak.awaitReady();
    LOG.infof("Keycloak is ready after %d ms, with %d kB", millis(since), keycloak.resident());
    String first = keycloak.ofClient(SHOP, "till");
    await().until(() -> status(first, Map.of()) == 200); // it tries on every two seconds
    load = new TokenLoad(ringlet, HELLO);
  }

  @AfterAll
  static void stop() {
    if (load != null) {
      load.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
    ringlet.close();
  }

  private static Map<String, String> settings(int port) {
    return Map.ofEntries(
        Map.entry("RINGLET_AUTH_ANONYMOUS_ROLES", ""),
        Map.entry("RINGLET_AUTH_PERMISSIONS", "rules"),
        Map.entry("RINGLET_AUTH_JWT_ISSUER", Keycloak.issuer(port, SHOP)),
        Map.entry("RINGLET_AUTH_JWT_AUDIENCE", Minted.AUDIENCE),
        Map.entry("RINGLET_AUTH_JWT_ROLE_CLAIM", "/realm_access/roles"),
        Map.entry("RINGLET_RULES_TILLS_ROLES", "writer"),
        Map.entry("RINGLET_RULES_TILLS_TABLES", "my_keyspace.*"),
        Map.entry("RINGLET_RULES_TILLS_MAY", "read,write"),
        Map.entry("RINGLET_RULES_OWN_ROLES", "customer"),
        Map.entry("RINGLET_RULES_OWN_TABLES", "my_keyspace.my_table"),
        Map.entry("RINGLET_RULES_OWN_MAY", "read,write"),
        Map.entry("RINGLET_RULES_OWN_ROWS", "key=eq.{preferred_username}"));
  }

  private static int status(String token, Map<String, String> headers) {
    return send("GET", HELLO, token, headers, "");
  }

  private static int send(
      String method, String path, String token, Map<String, String> more, String body) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + token);
    return ringlet.send(method, path, headers, body);
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }

  /** As good as one of Keycloak's, by somebody else, who says that it is by this key. */
  private static String foreign(int port, String kid) {
    return foreign(Keycloak.issuer(port, SHOP), kid);
  }

  private static String foreign(String issuer, String kid) {
    RsaJsonWebKey key = Minted.rsa(kid);
    JwtClaims claims = Minted.claims("mallory", "none");
    claims.setIssuer(issuer);
    claims.setClaim("realm_access", Map.of("roles", List.of("writer")));
    return Minted.token(key, claims);
  }

  private static JsonNode part(String token, int number) throws Exception {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]);
    return new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
  }

  private static String key(String token) throws Exception {
    return part(token, 0).get("kid").textValue();
  }

  /** The head and the claims of one with the signature of another. */
  private static String mixed(String one, String other) {
    return one.substring(0, one.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
  }

  @Test
  @Order(1)
  void clientsAndUsersAreKnownByTheirTokens() throws Exception {
    String till = keycloak.ofClient(SHOP, "till");
    String alice = keycloak.ofUser(SHOP, "storefront", "alice");
    assertEquals(200, status(till, Map.of()));
    assertEquals(204, send("PUT", TABLE + "/till", till, Map.of(), "{\"value\":\"1\"}"));
    assertEquals(403, send("DELETE", TABLE + "/till", till, Map.of(), ""));
    assertTrue(part(alice, 1).at("/realm_access/roles").toString().contains("customer"), alice);
    assertEquals(204, send("PUT", TABLE + "/alice", alice, Map.of(), "{\"value\":\"2\"}"));
    assertEquals(200, send("GET", TABLE, alice, Map.of(), ""));
    assertEquals(403, send("GET", TABLE + "/till", alice, Map.of(), ""));
  }

  @Test
  @Order(2)
  void aNewKeyRefusesNobody() throws Exception {
    String old = keycloak.ofClient(SHOP, "till");
    String other = keycloak.ofClient(SHOP, "till");
    load.good(old);
    load.bad(keycloak.ofClient(SHOP, "elsewhere")); // not for Ringlet
    load.bad(mixed(old, other));
    load.bad(foreign(part(old, 1).get("iss").textValue(), key(old)));
    load.awaitMore(ENOUGH);
    keycloak.addKey(SHOP, 200, true);
    String next = keycloak.ofClient(SHOP, "till");
    assertNotEquals(key(old), key(next));
    assertEquals(200, status(next, Map.of()));
    load.good(next);
    load.bad(foreign(part(old, 1).get("iss").textValue(), key(next)));
    load.awaitMore(ENOUGH);
    LOG.infof("A new key: %s", load);
    assertEquals(List.of(), load.wrong());
  }

  /** Who invents keys makes Ringlet look again, every 30 seconds, and gains nothing by it. */
  @Test
  @Order(3)
  void aKeyThatIsTakenBackLetsNobodyIn() throws Exception {
    String old = keycloak.ofClient(SHOP, "till");
    load.good(old);
    load.bad(keycloak.ofClient("market", "till"));
    load.bad(foreign(part(old, 1).get("iss").textValue(), "another"));
    String published = keycloak.addKey(SHOP, 300, false);
    assertEquals(key(old), key(keycloak.ofClient(SHOP, "till")));
    load.awaitMore(ENOUGH);
    assertEquals(List.of(), load.wrong());
    load.forget();
    long since = System.nanoTime();
    keycloak.sign(SHOP, published, 300);
    keycloak.takeBackAllBut(SHOP, published);
    assertFalse(keycloak.keys(SHOP).contains(key(old)));
    await().atMost(Duration.ofSeconds(40)).until(() -> status(old, Map.of()) == 401);
    LOG.infof("Tokens of a key that was taken back are refused after %d ms", millis(since));
    load.bad(old);
    String next = keycloak.ofClient(SHOP, "till");
    assertNotEquals(key(old), key(next));
    load.good(next);
    load.awaitMore(ENOUGH);
    LOG.infof("A key that was taken back: %s; Ringlet has %d kB", load, ringlet.resident());
    assertEquals(List.of(), load.wrong());
  }
}
