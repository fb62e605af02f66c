package dev.ringlet.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringlet.access.Caller;
import dev.ringlet.config.AuthConfig;
import dev.ringlet.config.TestConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final String ORDERS = "qY3vS0mVbq0m1o9bq0p6T0dKQ0b8k3hYw1v5yQmZr2s=";

  @TempDir private Path files;

  static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ApiKeys keys(Map<String, String> settings) {
    AuthConfig auth = TestConfig.of(settings).auth();
    return new ApiKeys(auth, new Refusals(List.of("Bearer", "ApiKey")));
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("ringlet.auth.keys.orders.hash", hash(ORDERS));
    settings.put("ringlet.auth.keys.orders.roles", "writer,reader");
    settings.put("ringlet.auth.keys.\"bill.ing\".hash", hash("b\u00e4nk"));
    settings.put("ringlet.auth.keys.\"bill.ing\".roles", "reader");
    return settings;
  }

  private static Caller caller(ApiKeys keys, String key) {
    return keys.of(key).await().atMost(Duration.ofSeconds(1));
  }

  @Test
  void areKnownByTheirHashes() {
    ApiKeys keys = keys(settings());
    Caller orders = caller(keys, ORDERS);
    assertEquals("orders", orders.name());
    assertEquals(List.of("writer", "reader"), orders.roles());
    assertEquals(List.of("orders"), orders.claims().texts("sub"));
    String bytes =
        new String("b\u00e4nk".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertEquals("bill.ing", caller(keys, bytes).name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "orders", "a", " qY3v", "QY3VS0MVBQ0M1O9BQ0P6T0DKQ0B8K3HYW1V5YQMZR2S="})
  void areOthersIfAnythingIsOther(String key) {
    refused(keys(settings()), key);
    refused(keys(settings()), ORDERS + key + "x");
    refused(keys(settings()), hash(ORDERS));
  }

  private static void refused(ApiKeys keys, String key) {
    ApiException e = assertThrows(ApiException.class, () -> caller(keys, key));
    assertEquals(ErrorCode.UNAUTHENTICATED, e.code());
    assertEquals("There is no such API key.", e.detail());
  }

  /** What an attacker could measure is what was compared, which is the same for all. */
  @Test
  void areComparedWholly() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(new byte[0]);
    ApiKey key = new ApiKey("a", HexFormat.of().formatHex(digest), List.of("b"));
    for (int i = 0; i < digest.length; i++) {
      byte[] other = digest.clone();
      other[i]++;
      assertEquals(false, key.is(other), "at " + i);
    }
    assertEquals(true, key.is(digest));
  }

  private KeyDirectory directory() {
    KeyDirectory directory = new KeyDirectory(files.toString());
    assertEquals(null, directory.read());
    return directory;
  }

  @Test
  void areInADirectoryAsASecretIsMounted() throws IOException {
    Path mounted = Files.createDirectory(files.resolve("..2026_11_28"));
    Files.writeString(mounted.resolve("orders"), hash(ORDERS) + "  -\nwriter, reader\n");
    Files.createSymbolicLink(files.resolve("..data"), mounted);
    Files.createSymbolicLink(files.resolve("orders"), files.resolve("..data/orders"));
    ApiKeys keys = keys(Map.of("ringlet.auth.key-directory", files.toString()));
    Vertx vertx = Vertx.vertx();
    keys.start(vertx);
    assertEquals("orders", caller(keys, ORDERS).name());
    assertEquals(List.of("writer", "reader"), caller(keys, ORDERS).roles());
    Files.delete(files.resolve("orders"));
    Files.writeString(
        files.resolve("new"), hash("new").toUpperCase(java.util.Locale.ROOT) + "\r\nr\r\n");
    Awaitility.await().ignoreExceptions().until(() -> caller(keys, "new").name().equals("new"));
    refused(keys, ORDERS);
    Awaitility.await().until(() -> vertx.close().isComplete());
  }

  @Test
  void areLeftOutIfTheyAreNotUnderstood() throws IOException {
    String good = hash(ORDERS);
    Map<String, String> contents = new HashMap<>();
    contents.put("empty", "");
    contents.put("empty-key", hash("") + "\nwriter\n");
    contents.put("no-roles", good + "\n");
    contents.put("blank-roles", good + "\n , \n");
    contents.put("plain", ORDERS + "\nwriter\n");
    contents.put("short", good.substring(1) + "\nwriter\n");
    contents.put("long", good + "0\nwriter\n");
    contents.put("named", good + "  file\nwriter\n");
    contents.put("large", good + "\nwriter\n" + "x".repeat(20_000));
    contents.put(".hidden", good + "\nwriter\n");
    for (Map.Entry<String, String> file : contents.entrySet()) {
      Files.writeString(files.resolve(file.getKey()), file.getValue());
    }
    Files.write(files.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.createDirectory(files.resolve("directory"));
    Files.createSymbolicLink(files.resolve("dangling"), files.resolve("nothing"));
    KeyDirectory directory = directory();
    assertEquals(0, directory.keys().size());
    Files.writeString(files.resolve("good"), good + "\nwriter");
    assertEquals(null, directory.read());
    assertEquals(1, directory.keys().size());
  }

  @Test
  void stayIfTheDirectoryIsGone() throws IOException {
    Path inside = Files.createDirectory(files.resolve("keys"));
    Files.writeString(inside.resolve("orders"), hash(ORDERS) + "\nwriter");
    KeyDirectory directory = new KeyDirectory(inside.toString());
    assertEquals(null, directory.read());
    Files.move(inside, files.resolve("elsewhere"));
    assertEquals(null, directory.read());
    assertEquals(1, directory.keys().size());
  }
}
