package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringlet.identity.Minted;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sets what docs/security.md says, step after step, lets in whom it says. */
class SecurityDocsIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)\\n```");
  private static final String ORDERS = "/v1/shop/orders";
  private static final String ISSUER = "RINGLET_AUTH_JWT_ISSUER";

  private static final Map<String, String> KEYS =
      Map.of("REPORTS_KEY", "key of the reports", "TILL_KEY", "key of the till");

  /** Those of Ringlet that are set in the end. */
  private static Map<String, String> variables() throws Exception {
    String guide =
        Files.readString(Path.of("docs/security.md")).replaceFirst("(?s)\n## API keys\n.*", "");
    String steps =
        BLOCK.matcher(guide).results().map(step -> step.group(1)).collect(Collectors.joining("\n"));
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-euc", steps.replaceAll("(?m)^java .*", "") + "\nenv");
    shell.environment().putAll(KEYS);
    Process process = shell.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output
        .lines()
        .filter(line -> line.startsWith("RINGLET_"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
  }

  /** With the issuer's key at hand, nobody is asked for it. */
  private static Map<String, String> settings(Path directory) throws Exception {
    Path key = directory.resolve("issuer.pem");
    Files.writeString(
        key,
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(
                Base64.getMimeEncoder().encodeToString(Minted.KEY.getPublicKey().getEncoded())));
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "RINGLET_AUTH_ANONYMOUS_ROLES", "",
                "RINGLET_AUTH_PERMISSIONS", "rules",
                "RINGLET_AUTH_JWT_KEY", key.toString()));
    settings.putAll(variables());
    return settings;
  }

  private static Map<String, String> token(String issuer) {
    JwtClaims claims = Minted.claims("dora", "none");
    claims.setIssuer(issuer);
    claims.setClaim("realm_access", Map.of("roles", List.of("customer")));
    return Map.of("Authorization", "Bearer " + Minted.token(claims));
  }

  private static Map<String, String> onlyNew(Map<String, String> headers) {
    Map<String, String> more = new HashMap<>(headers);
    more.put("If-None-Match", "*");
    return more;
  }

  @Test
  void theStepsLetInWhomTheySay(@TempDir Path directory) throws Exception {
    Map<String, String> settings = settings(directory);
    Map<String, String> reports = Map.of("X-API-Key", KEYS.get("REPORTS_KEY"));
    Map<String, String> till = Map.of("X-API-Key", KEYS.get("TILL_KEY"));
    Map<String, String> dora = token(settings.get(ISSUER));
    String order = "{\"customer\":\"dora\",\"number\":1,\"item\":\"pot\"}";
    try (Packaged ringlet =
        Packaged.start("security-docs", "127.0.0.1:" + TestCassandra.port(), settings)) {
      ringlet.awaitReady();
      assertEquals(401, ringlet.send("GET", ORDERS + "/dora", Map.of(), ""));
      assertEquals(403, ringlet.send("POST", ORDERS, reports, order));
      assertEquals(201, ringlet.send("POST", ORDERS, till, order));
      assertEquals(200, ringlet.send("GET", ORDERS + "/dora/1", reports, ""));
      assertEquals(404, ringlet.send("GET", "/v1/my_keyspace/my_table/hello", till, ""));
      assertEquals(200, ringlet.send("GET", ORDERS, dora, ""));
      assertEquals(403, ringlet.send("GET", ORDERS + "/alice", dora, ""));
      assertEquals(403, ringlet.send("PUT", ORDERS + "/dora/1", dora, "{\"item\":\"pan\"}"));
      String another = "{\"number\":2,\"item\":\"pan\"}";
      assertEquals(403, ringlet.send("POST", ORDERS, dora, another));
      assertEquals(201, ringlet.send("POST", ORDERS, onlyNew(dora), another));
      assertEquals(200, ringlet.send("GET", ORDERS + "/dora/2", dora, ""));
      assertEquals(401, ringlet.send("GET", ORDERS, token("https://id.example.com"), ""));
    }
  }
}
