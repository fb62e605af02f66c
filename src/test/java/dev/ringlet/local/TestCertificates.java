package dev.ringlet.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Certificates made with the JDK's keytool: of an authority {@code ca}, of a {@code server} and a
 * {@code client} that it signed, and of a {@code stranger}. The server's is for {@code localhost},
 * and not for 127.0.0.1.
 */
public final class TestCertificates {
  public static final String PASSWORD = "changeit";

  private final Path directory;
  private final KeyStore all;

  private TestCertificates(Path directory, KeyStore all) {
    this.directory = directory;
    this.all = all;
  }

  /** Makes them in an empty directory. */
  public static TestCertificates make(Path directory) {
    try {
      TestCassandra.deleteTree(directory);
      Files.createDirectories(directory);
      Path store = directory.resolve("all.p12");
      generate(store, "ca", "-ext", "bc:c");
      generate(store, "server", "-signer", "ca", "-ext", "san=dns:localhost");
      generate(store, "client", "-signer", "ca");
      generate(store, "stranger", "-ext", "bc:c");
      return of(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One more that the authority signed.
   *
   * @param subject a distinguished name
   * @param options further ones of {@code keytool -genkeypair}
   */
  public void add(String alias, String subject, String... options) {
    Path store = directory.resolve("all.p12");
    try {
      List<String> signed = new ArrayList<>(List.of("-signer", "ca", "-dname", subject));
      signed.addAll(List.of(options));
      generate(store, alias, signed.toArray(String[]::new));
      try (InputStream in = Files.newInputStream(store)) {
        all.load(in, PASSWORD.toCharArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public X509Certificate certificate(String alias) {
    try {
      return (X509Certificate) all.getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those that were made there. */
  public static TestCertificates of(Path directory) {
    try (InputStream in = Files.newInputStream(directory.resolve("all.p12"))) {
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(in, PASSWORD.toCharArray());
      return new TestCertificates(directory, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new store of a key and its certificates, and of an authority to trust. */
  public Path store(String owner, String trusted) {
    Path file = directory.resolve(owner + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = keyStore(owner, trusted);
      store.store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same in memory. */
  public KeyStore keyStore(String owner, String trusted) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(owner, key(owner), PASSWORD.toCharArray(), all.getCertificateChain(owner));
      store.setCertificateEntry("trusted", all.getCertificate(trusted));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes {@code ca.crt}, {@code tls.crt} and {@code tls.key}, as a Secret of Kubernetes has them.
   */
  public void writePem(Path secret, String owner, String trusted) {
    try {
      Files.createDirectories(secret);
      write(
          secret, "ca.crt", pem("CERTIFICATE", List.of(all.getCertificate(trusted).getEncoded())));
      List<byte[]> chain = new ArrayList<>();
      for (Certificate certificate : all.getCertificateChain(owner)) {
        chain.add(certificate.getEncoded());
      }
      write(secret, "tls.crt", pem("CERTIFICATE", chain));
      write(secret, "tls.key", pem("PRIVATE KEY", List.of(key(owner).getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Key key(String owner) throws GeneralSecurityException {
    return all.getKey(owner, PASSWORD.toCharArray());
  }

  private static void write(Path secret, String name, String text) throws IOException {
    Files.writeString(secret.resolve(name), text);
  }

  private static String pem(String what, List<byte[]> items) {
    StringBuilder text = new StringBuilder();
    for (byte[] item : items) {
      String lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(item);
      text.append("-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what));
    }
    return text.toString();
  }

  private static void generate(Path store, String alias, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-alias", alias, "-validity", "30"));
    if (!List.of(options).contains("-dname")) {
      command.addAll(List.of("-dname", "CN=" + alias));
    }
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(Arrays.asList(options));
    try {
      Process keytool = new ProcessBuilder(command).inheritIO().start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
