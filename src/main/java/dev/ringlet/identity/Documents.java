package dev.ringlet.identity;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what an issuer says, from a URL or a file, and no more than there is memory for. No
 * redirect is followed, no event loop waits.
 */
final class Documents {
  private static final int LARGEST = 256 << 10;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int ALL_MILLIS = 5_000;
  private static final int OK = 200;

  private final Vertx vertx;
  private final Optional<TlsConfiguration> tls;

  /**
   * @param tls absent: what the JVM trusts
   */
  Documents(Vertx vertx, Optional<TlsConfiguration> tls) {
    this.vertx = vertx;
    this.tls = tls;
  }

  static boolean isUrl(String place) {
    return place.startsWith("https://") || place.startsWith("http://");
  }

  /** The text that is there. It fails if there is none, or too much, or if it takes too long. */
  Future<String> read(String place) {
    return isUrl(place) ? get(place) : vertx.executeBlocking(() -> file(Path.of(place)), false);
  }

  /** What a file has. */
  static String file(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("more than %d bytes in %s".formatted(LARGEST, path));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** By a client of its own, which has the certificates as they are now, and ends with it. */
  private Future<String> get(String url) {
    HttpClient client = vertx.createHttpClient(options());
    RequestOptions request =
        new RequestOptions()
            .setAbsoluteURI(url)
            .setFollowRedirects(false)
            .putHeader(HttpHeaders.ACCEPT, "application/json");
    Promise<String> text = Promise.promise();
    long timer =
        vertx.setTimer(
            ALL_MILLIS,
            late -> text.tryFail("no answer of %s in %d ms".formatted(url, ALL_MILLIS)));
    client
        .request(request)
        .compose(HttpClientRequest::send)
        .compose(answer -> body(url, answer))
        .onSuccess(body -> text.tryComplete(body.toString(StandardCharsets.UTF_8)))
        .onFailure(text::tryFail);
    return text.future()
        .eventually(
            () -> {
              boolean unused = vertx.cancelTimer(timer);
              return client.close();
            });
  }

  private HttpClientOptions options() {
    HttpClientOptions options =
        new HttpClientOptions().setKeepAlive(false).setConnectTimeout(CONNECT_MILLIS);
    tls.ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
    return options;
  }

  private static Future<Buffer> body(String url, HttpClientResponse answer) {
    if (answer.statusCode() != OK) {
      return Future.failedFuture("status %d of %s".formatted(answer.statusCode(), url));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    answer.handler(
        part -> {
          if (read.length() + part.length() > LARGEST) {
            answer.pause();
            whole.tryFail("more than %d bytes of %s".formatted(LARGEST, url));
          } else {
            read.appendBuffer(part);
          }
        });
    answer.exceptionHandler(whole::tryFail);
    answer.endHandler(end -> whole.tryComplete(read));
    return whole.future();
  }
}
