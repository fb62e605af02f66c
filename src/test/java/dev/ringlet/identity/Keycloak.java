package dev.ringlet.identity;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.local.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Keycloak on this machine, with the realms of src/test/resources/keycloak. The Maven profile of
 * its name unpacks it.
 */
final class Keycloak implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "keycloak");
  private static final Path REALMS = Path.of("src", "test", "resources", "keycloak");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADMINISTRATOR = "admin";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Process process;
  private final String url;

  private Keycloak(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Where it will be, for who has to know before. */
  static int port() {
    return FreePort.find();
  }

  static String issuer(int port, String realm) {
    return "http://localhost:%d/realms/%s".formatted(port, realm);
  }

  /** Starts it without waiting: that takes the better part of a minute the first time. */
  static Keycloak start(int port) throws IOException {
    Path home = home();
    Path imported = Files.createDirectories(home.resolve("data/import"));
    try (Stream<Path> realms = Files.list(REALMS)) {
      for (Path realm : realms.toList()) {
        Files.writeString(imported.resolve(realm.getFileName()), Files.readString(realm));
      }
    }
    String url = "http://localhost:" + port;
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + url)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "keycloak.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx256m");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMINISTRATOR);
    Keycloak keycloak = new Keycloak(builder.start(), url);
    Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
    return keycloak;
  }

  private static Path home() throws IOException {
    try (Stream<Path> directories = Files.list(UNPACKED)) {
      return directories.filter(Files::isDirectory).findFirst().orElseThrow().toAbsolutePath();
    }
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> status(HttpRequest.newBuilder(uri("/realms/market"))) == 200);
  }

  private static int status(HttpRequest.Builder request) throws IOException {
    try {
      return send(request).statusCode();
    } catch (ConnectException e) {
      return 0; // not yet
    }
  }

  /** A client's own token: its service account's. */
  String ofClient(String realm, String client) throws IOException {
    return token(
        realm,
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            client,
            "client_secret",
            client + "-secret"));
  }

  /** A user's, at a client. */
  String ofUser(String realm, String client, String user) throws IOException {
    return token(
        realm,
        Map.of(
            "grant_type",
            "password",
            "client_id",
            client,
            "username",
            user,
            "password",
            user + "-password"));
  }

  private String token(String realm, Map<String, String> form) throws IOException {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("&"));
    return json(HttpRequest.newBuilder(uri("/realms/" + realm + "/protocol/openid-connect/token"))
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString(body)))
        .get("access_token")
        .textValue();
  }

  /** The ids of the keys that a realm publishes. */
  List<String> keys(String realm) throws IOException {
    List<String> ids = new ArrayList<>();
    json(HttpRequest.newBuilder(uri("/realms/" + realm + "/protocol/openid-connect/certs")))
        .get("keys")
        .forEach(key -> ids.add(key.get("kid").textValue()));
    return ids;
  }

  /**
   * Gives a realm another key, before all others.
   *
   * @param signs whether tokens are signed with it from now on, or it is only published
   * @return what Keycloak knows it by
   */
  @CanIgnoreReturnValue
  String addKey(String realm, int priority, boolean signs) throws IOException {
    HttpResponse<String> made =
        send(administering(realm, "/components").POST(key(realm, priority, signs)));
    return made.headers()
        .firstValue("Location")
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .orElseThrow(() -> new IllegalStateException(made.body()));
  }

  /** From now on, tokens are signed with a key that was only published. */
  void sign(String realm, String id, int priority) throws IOException {
    accept(send(administering(realm, "/components/" + id).PUT(key(realm, priority, true))));
  }

  /** Takes back all keys that tokens are signed with, but one. */
  void takeBackAllBut(String realm, String id) throws IOException {
    for (JsonNode component :
        json(administering(realm, "/components?type=org.keycloak.keys.KeyProvider"))) {
      String other = component.get("id").textValue();
      if (component.get("providerId").textValue().equals("rsa-generated") && !other.equals(id)) {
        accept(send(administering(realm, "/components/" + other).DELETE()));
      }
    }
  }

  private static HttpRequest.BodyPublisher key(String realm, int priority, boolean signs) {
    return HttpRequest.BodyPublishers.ofString(
        """
        {"name": "rsa-%2$d", "providerId": "rsa-generated", "parentId": "%1$s",
         "providerType": "org.keycloak.keys.KeyProvider",
         "config": {"priority": ["%2$d"], "enabled": ["true"], "active": ["%3$s"],
                    "algorithm": ["RS256"], "keySize": ["2048"]}}
        """
            .formatted(realm, priority, signs));
  }

  private HttpRequest.Builder administering(String realm, String path) throws IOException {
    String administrator =
        token(
            "master",
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMINISTRATOR,
                "password",
                ADMINISTRATOR));
    return HttpRequest.newBuilder(uri("/admin/realms/" + realm + path))
        .header("Authorization", "Bearer " + administrator)
        .header("Content-Type", "application/json");
  }

  private URI uri(String path) {
    return URI.create(url + path);
  }

  private static JsonNode json(HttpRequest.Builder request) throws IOException {
    return JSON.readTree(accept(send(request)).body());
  }

  @CanIgnoreReturnValue
  private static HttpResponse<String> accept(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response + ": " + response.body());
    }
    return response;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kilobytes of memory that it has, with the shell that started it. */
  long resident() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(one -> resident(one.pid()))
        .sum();
  }

  private static long resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
