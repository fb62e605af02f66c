package dev.ringlet.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** The file of {@code ringlet.auth.jwt.key}: a public key in PEM, or a secret. */
public final class TokenKey {
  private static final int LARGEST = 64 << 10;

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");

  /** By their names in Java. */
  private static final List<String> TYPES = List.of("RSA", "EC", "EdDSA");

  private TokenKey() {}

  /**
   * @throws IOException if it cannot be read, or has something else in PEM
   */
  public static Key read(String file) throws IOException {
    Path path = Path.of(file);
    if (Files.size(path) > LARGEST) {
      throw new IOException("it is too large");
    }
    byte[] bytes = Files.readAllBytes(path);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN ") ? publicKey(text) : secret(bytes);
  }

  /** What an editor adds at the end is no part of it. */
  private static Key secret(byte[] bytes) throws IOException {
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    if (length == 0) {
      throw new IOException("it is empty");
    }
    return new SecretKeySpec(Arrays.copyOf(bytes, length), "HMAC");
  }

  private static Key publicKey(String text) throws IOException {
    Matcher pem = PEM.matcher(text);
    if (!pem.matches() || !pem.group(1).equals("PUBLIC KEY")) {
      throw new IOException("its PEM is not one PUBLIC KEY");
    }
    X509EncodedKeySpec encoded =
        new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2)));
    for (String type : TYPES) {
      try {
        return KeyFactory.getInstance(type).generatePublic(encoded);
      } catch (GeneralSecurityException e) {
        // one of another type, perhaps
      }
    }
    throw new IOException("its key is none of " + String.join(", ", TYPES));
  }
}
