package dev.ringlet.feature;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.identity.IssuerServer;
import dev.ringlet.identity.Minted;
import dev.ringlet.local.FreePort;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.PackagedHeap;
import dev.ringlet.local.RawHttp;
import dev.ringlet.local.TestCassandra;
import dev.ringlet.local.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Credentials of all kinds at the packaged application, good ones and those of attackers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CredentialsIT {
  private static final String ROW = "/v1/my_keyspace/my_table/hello";
  private static final String KEY = "key of orders";
  private static final int PIPELINED = 50;
  private static final PublicJsonWebKey NEXT = Minted.ec("next");
  private static final int HTTPS = FreePort.find();
  private static final Path SECRETS = Path.of("target", "credentials").toAbsolutePath();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static IssuerServer issuer;
  private static TestCertificates certificates;
  private static Packaged ringlet;

  @BeforeAll
  static void start() throws Exception {
    issuer = new IssuerServer();
    certificates = TestCertificates.make(SECRETS);
    certificates.add("late", "CN=client-late", "-startdate", "-3d", "-validity", "1");
    certificates.add("nul", "CN=client\\00.evil");
    certificates.add("other", "CN=server", "-ext", "san=dns:localhost");
    certificates.writePem(SECRETS.resolve("tls"), "server", "ca");
    Path keys = Files.createDirectories(SECRETS.resolve("keys"));
    Files.writeString(keys.resolve("filed"), hash("key of filed") + "  -\nreader\n");
    ringlet = Packaged.start("credentials", "127.0.0.1:" + TestCassandra.port(), settings(keys));
    ringlet.awaitReady();
  }

  @AfterAll
  static void stop() {
    ringlet.close();
    issuer.close();
  }

  private static Map<String, String> settings(Path keys) {
    Map<String, String> settings = new HashMap<>();
    settings.put("RINGLET_AUTH_ANONYMOUS_ROLES", "");
    settings.put("RINGLET_AUTH_JWT_ISSUER", issuer.issuer());
    settings.put("RINGLET_AUTH_JWT_AUDIENCE", Minted.AUDIENCE);
    settings.put("RINGLET_AUTH_KEYS_ORDERS_HASH", hash(KEY));
    settings.put("RINGLET_AUTH_KEYS_ORDERS_ROLES", "writer");
    settings.put("RINGLET_AUTH_KEY_DIRECTORY", keys.toString());
    settings.put("RINGLET_AUTH_CERTIFICATES_CLIENTS_SUBJECT", "CN=client*");
    settings.put("RINGLET_AUTH_CERTIFICATES_CLIENTS_ROLES", "writer");
    settings.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(HTTPS));
    settings.put("QUARKUS_HTTP_TLS_CONFIGURATION_NAME", "server");
    String tls = "QUARKUS_TLS_SERVER_";
    settings.put(tls + "KEY_STORE_PEM__0__CERT", SECRETS.resolve("tls/tls.crt").toString());
    settings.put(tls + "KEY_STORE_PEM__0__KEY", SECRETS.resolve("tls/tls.key").toString());
    settings.put(tls + "TRUST_STORE_PEM_CERTS", SECRETS.resolve("tls/ca.crt").toString());
    settings.put(tls + "RELOAD_PERIOD", "1S");
    settings.put("RINGLET_ACCESS_LOG", "true");
    return settings;
  }

  private static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JwtClaims claims() {
    JwtClaims claims = Minted.claims("ann", "writer");
    claims.setIssuer(issuer.issuer());
    return claims;
  }

  private static HttpResponse<String> get(HttpClient client, URI uri, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String... headers) throws Exception {
    return get(CLIENT, ringlet.uri(ROW), headers);
  }

  private static HttpResponse<String> bearer(String token) throws Exception {
    return get("Authorization", "Bearer " + token);
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  private static void assertRefused(int status, String code, HttpResponse<String> response)
      throws Exception {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(code, json(response).get("code").asText());
    assertEquals(
        status == 401, response.headers().firstValue("WWW-Authenticate").isPresent(), code);
  }

  /**
   * Ready without the issuer, for those who need it not; the first tokens wait no longer than they
   * may.
   */
  @Test
  @Order(1)
  void startsWithoutTheIssuer() throws Exception {
    assertEquals(200, ringlet.health("ready"));
    assertEquals(200, get("X-API-Key", KEY).statusCode());
    HttpResponse<String> response =
        get("Authorization", "Bearer " + Minted.token(claims()), "Prefer", "wait=1");
    assertRefused(503, "not-ready-to-authenticate", response);
    assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
    issuer.publish(Minted.jwks(Minted.KEY));
    await().until(() -> bearer(Minted.token(claims())).statusCode() == 200);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Order(2)
  void letsInByOneGoodCredential(HttpClient.Version version) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    URI row = ringlet.uri(ROW);
    String token = Minted.token(claims());
    for (int i = 0; i < 3; i++) {
      assertEquals(200, get(client, row, "Authorization", "Bearer " + token).statusCode());
      assertEquals(200, get(client, row, "authorization", "bEaReR  " + token).statusCode());
      assertEquals(200, get(client, row, "x-api-KEY", KEY).statusCode());
      assertEquals(200, get(client, row, "X-API-Key", "key of filed").statusCode());
    }
    String again = Minted.token(claims());
    assertRefused(401, "unauthenticated", get(client, row));
    assertRefused(401, "unauthenticated", get(client, row, "X-API-Key", KEY + "x"));
    assertRefused(401, "unauthenticated", get(client, row, "X-API-Key", ""));
    assertRefused(401, "unauthenticated", get(client, row, "X_API_Key", KEY));
    assertRefused(401, "unauthenticated", get(client, row, "Authorization", "Basic YTpi"));
    assertRefused(401, "unauthenticated", get(client, row, "Authorization", "Bearer"));
    assertRefused(401, "unauthenticated", get(client, row, "Authorization", "Bearer " + KEY));
    assertRefused(401, "unauthenticated", get(client, row, "Authorization", ""));
    assertRefused(
        401,
        "unauthenticated",
        get(client, row, "Authorization", "Bearer %s, Bearer %s".formatted(token, again)));
    assertRefused(
        400,
        "invalid-header",
        get(client, row, "Authorization", "Bearer " + token, "Authorization", "Bearer " + again));
    assertRefused(400, "invalid-header", get(client, row, "X-API-Key", KEY, "x-api-key", KEY));
    assertRefused(
        400,
        "invalid-header",
        get(client, row, "X-API-Key", KEY, "Authorization", "Bearer " + token));
  }

  @Test
  @Order(3)
  void saysWhatIsWrongWithATokenAndNothingElse() throws Exception {
    JwtClaims late = claims();
    late.setExpirationTimeMinutesInTheFuture(-1);
    String token = Minted.token(late);
    HttpResponse<String> response = bearer(token);
    assertRefused(401, "unauthenticated", response);
    assertEquals(
        "Bearer realm=\"ringlet\", error=\"invalid_token\","
            + " error_description=\"The token has expired (exp).\","
            + " ApiKey realm=\"ringlet\", header=\"X-API-Key\"",
        response.headers().firstValue("WWW-Authenticate").orElseThrow());
    JwtClaims other = claims();
    other.setAudience("someone-else");
    response = bearer(Minted.token(other));
    assertEquals("The token is for another audience (aud).", json(response).get("detail").asText());
    assertFalse(ringlet.log().contains(token.substring(0, 40)));
    assertFalse(ringlet.log().contains(KEY));
    assertTrue(ringlet.log().contains("\"identity\":\"ann\""));
  }

  @Test
  @Order(4)
  void looksAtNoMoreOfAHeadThanThereMayBe() throws Exception {
    String long12 = "x".repeat(12_000);
    HttpResponse<String> response = bearer(long12);
    assertRefused(401, "unauthenticated", response);
    assertEquals("The token has more than 8192 bytes.", json(response).get("detail").asText());
    assertEquals(431, status("Authorization: Bearer " + "x".repeat(100_000)));
    assertEquals(401, status("X-API_Key: " + KEY));
    for (String line :
        List.of(
            "X-API-Key : " + KEY,
            "X-API-Key\t: " + KEY,
            "X-API-Key: " + KEY + "\0",
            "X-API-Key\0: " + KEY,
            " X-API-Key: " + KEY)) {
      assertEquals(400, status(line), line);
    }
    HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    assertEquals(200, get(http2, ringlet.uri(ROW), "X-API-Key", KEY).statusCode());
    try {
      String huge = "Bearer " + "x".repeat(100_000);
      assertEquals(431, get(http2, ringlet.uri(ROW), "Authorization", huge).statusCode());
    } catch (IOException reset) {
      assertEquals(200, get(http2, ringlet.uri(ROW), "X-API-Key", KEY).statusCode());
    }
  }

  private static int status(String line) throws IOException {
    try (RawHttp http = new RawHttp(ringlet.uri(ROW))) {
      http.send("GET " + ROW + " HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n");
      return http.answer().status();
    }
  }

  /** They are neither remembered nor asked about, and others are served meanwhile. */
  @Test
  @Order(5)
  void badTokensTakeNoMemory() throws Exception {
    String good = Minted.token(claims());
    String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
    bad(unsigned, 0, 1_000);
    int asked = issuer.asked();
    long before = PackagedHeap.used(ringlet.pid());
    bad(unsigned, 1_000, 11_000);
    long after = PackagedHeap.used(ringlet.pid());
    assertTrue(after - before < 1_000_000, () -> before + " and " + after); // tokens have 6 MB
    assertEquals(asked, issuer.asked());
    assertEquals(200, bearer(good).statusCode());
  }

  private static void bad(String unsigned, int from, int to) throws IOException {
    try (RawHttp http = new RawHttp(ringlet.uri(ROW))) {
      for (int i = from; i < to; i += PIPELINED) {
        StringBuilder requests = new StringBuilder();
        for (int j = i; j < i + PIPELINED; j++) {
          String token = unsigned + Minted.encoded("%0256d".formatted(j));
          requests.append("GET %s HTTP/1.1\r\nHost: x\r\n".formatted(ROW));
          requests.append("Authorization: Bearer %s\r\n\r\n".formatted(token));
        }
        http.send(requests.toString());
        for (int j = 0; j < PIPELINED; j++) {
          assertEquals(401, http.answer().status());
        }
      }
    }
  }

  @Test
  @Order(6)
  void followsAnIssuerThatChangesItsKeys() throws Exception {
    assertEquals(200, bearer(Minted.token(claims())).statusCode());
    issuer.publish(Minted.jwks(Minted.KEY, NEXT));
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      JwtClaims claims = claims();
      claims.setJwtId("id-" + i);
      String token = Minted.token(i % 2 == 0 ? Minted.KEY : NEXT, claims);
      answers.add(
          CLIENT
              .sendAsync(
                  HttpRequest.newBuilder(ringlet.uri(ROW))
                      .header("Authorization", "Bearer " + token)
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .thenApply(HttpResponse::statusCode));
    }
    answers.forEach(answer -> assertEquals(200, answer.join()));
    issuer.answer(exchange -> IssuerServer.send(exchange, 503, ""));
    JwtClaims claims = claims();
    claims.setJwtId("while it is away");
    assertEquals(200, bearer(Minted.token(NEXT, claims)).statusCode());
    assertRefused(
        401, "unauthenticated", bearer(Minted.token(Minted.ec("https://evil/keys"), claims)));
  }

  /** Shows its certificate even to who would not accept it, as an attacker would. */
  private static final class Insistent extends X509ExtendedKeyManager {
    private final String owner;
    private final KeyStore store;

    Insistent(String owner) {
      this.owner = owner;
      this.store = certificates.keyStore(owner, "ca");
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return owner;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return owner;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {owner};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      try {
        return Stream.of(store.getCertificateChain(owner)).toArray(X509Certificate[]::new);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      try {
        return (PrivateKey) store.getKey(owner, TestCertificates.PASSWORD.toCharArray());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      throw new UnsupportedOperationException(type);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException(type);
    }
  }

  private static HttpClient client(HttpClient.Version version, KeyManager... certificate)
      throws Exception {
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(certificates.keyStore("ca", "ca"));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(certificate, trusted.getTrustManagers(), null);
    return HttpClient.newBuilder().version(version).sslContext(tls).build();
  }

  private static HttpClient withCertificate(String owner, HttpClient.Version version)
      throws Exception {
    return client(version, new Insistent(owner));
  }

  private static HttpResponse<String> tls(HttpClient client, String... headers) throws Exception {
    return get(client, URI.create("https://localhost:" + HTTPS + ROW), headers);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  @Order(7)
  void letsInByACertificate(HttpClient.Version version) throws Exception {
    HttpClient client = withCertificate("client", version);
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = tls(client);
      assertEquals(200, response.statusCode(), response.body());
      assertEquals(version, response.version());
    }
    assertRefused(400, "invalid-header", tls(client, "X-API-Key", KEY));
    assertRefused(
        400, "invalid-header", tls(client, "Authorization", "Bearer " + Minted.token(claims())));
    HttpClient without = client(version);
    assertRefused(401, "unauthenticated", tls(without));
    assertEquals(200, tls(without, "X-API-Key", KEY).statusCode());
    assertRefused(401, "unauthenticated", tls(withCertificate("other", version)));
    assertRefused(401, "unauthenticated", tls(withCertificate("nul", version)));
    for (String owner : List.of("late", "stranger")) {
      HttpClient bad = withCertificate(owner, version);
      assertThrows(IOException.class, () -> tls(bad), owner);
    }
  }

  /** It may be read between its two files, and then does not fit its key until it is read again. */
  @Test
  @Order(8)
  void showsItsNewCertificate() throws Exception {
    X509Certificate first = certificates.certificate("server");
    assertEquals(first, shown());
    certificates.writePem(SECRETS.resolve("tls"), "other", "ca");
    await()
        .ignoreException(SSLHandshakeException.class)
        .until(() -> shown().equals(certificates.certificate("other")));
    assertEquals(200, tls(withCertificate("client", HttpClient.Version.HTTP_1_1)).statusCode());
  }

  /** What a header says of TLS is whoever sends it's word: the connection knows. */
  @Test
  @Order(9)
  void headersOfAProxyNeitherGiveNorTakeACertificate() throws Exception {
    int port = FreePort.find();
    Map<String, String> settings = settings(SECRETS.resolve("keys"));
    settings.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(port));
    settings.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
    try (Packaged behind =
        Packaged.start("credentials-forwarded", "127.0.0.1:" + TestCassandra.port(), settings)) {
      behind.awaitReady();
      URI tls = URI.create("https://localhost:" + port + ROW);
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpClient certified = withCertificate("client", version);
        HttpClient without = client(version);
        for (String said : List.of("http", "https")) {
          String[] header = {"X-Forwarded-Proto", said};
          assertEquals(200, get(certified, tls, header).statusCode(), said);
          assertRefused(401, "unauthenticated", get(without, tls, header));
          assertRefused(401, "unauthenticated", get(without, behind.uri(ROW), header));
        }
      }
    }
  }

  private static X509Certificate shown() throws Exception {
    HttpResponse<String> response = tls(withCertificate("client", HttpClient.Version.HTTP_1_1));
    return (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
  }
}
