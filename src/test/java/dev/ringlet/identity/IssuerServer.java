package dev.ringlet.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer on this machine: its discovery, and its key set, which can be whatever a test wants.
 */
public final class IssuerServer implements AutoCloseable {
  /** What it does when it is asked for its keys. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Answer keys = exchange -> send(exchange, 503, "");
  private volatile String discovery;

  public IssuerServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    discovery = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer(), place());
    server.createContext("/realm/.well-known/openid-configuration", e -> send(e, 200, discovery));
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          keys.to(exchange);
        });
    server.setExecutor(threads);
    server.start();
  }

  public String issuer() {
    return "http://127.0.0.1:%d/realm".formatted(server.getAddress().getPort());
  }

  /** Where its key set is. */
  public String place() {
    return "http://127.0.0.1:%d/keys".formatted(server.getAddress().getPort());
  }

  /** How often it was asked for its keys. */
  public int asked() {
    return asked.get();
  }

  public void publish(String jwks) {
    keys = exchange -> send(exchange, 200, jwks);
  }

  public void answer(Answer answer) {
    keys = answer;
  }

  public void discover(String document) {
    discovery = document;
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
