package dev.ringlet.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes of a body when its request was answered long ago. */
@QuarkusTest
@QuarkusTestResource(CassandraResource.class)
class LateBodiesTest {
  /** As many as there is room for at once. */
  private static final int BODIES = 15;

  private static final int ROUNDS = 2;
  private static final int LENGTH = 1_000_000;

  private final Vertx vertx = Vertx.vertx();

  /** It does not take answers, so that their streams stay. */
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false)
              .setInitialSettings(new Http2Settings().setInitialWindowSize(1)));

  @BeforeAll
  static void connect() {
    Cassandra.awaitConnected();
  }

  @AfterEach
  void close() {
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void isNotKept() {
    Buffer late = Buffer.buffer(new byte[LENGTH - 1]);
    long before = usedHeap();
    for (int round = 0; round < ROUNDS; round++) {
      for (HttpClientRequest request : tooSlow()) {
        join(request.write(late));
      }
    }
    long kept = usedHeap() - before;
    assertTrue(kept < (long) ROUNDS * BODIES * LENGTH / 3, kept + " bytes");
  }

  /** Their answers are there, though only the first byte of each was taken. */
  private List<HttpClientRequest> tooSlow() {
    List<HttpClientRequest> requests = new ArrayList<>();
    List<Future<HttpClientResponse>> answers = new ArrayList<>();
    URI uri = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    for (int i = 0; i < BODIES; i++) {
      HttpClientRequest request =
          join(
              client.request(
                  HttpMethod.PUT, uri.getPort(), uri.getHost(), "/v1/my_keyspace/my_table/late"));
      request
          .putHeader("Content-Type", "application/json")
          .putHeader("Content-Length", Integer.toString(LENGTH))
          .putHeader("Prefer", "wait=1");
      answers.add(request.response().onSuccess(HttpClientResponse::pause));
      join(request.sendHead());
      requests.add(request);
    }
    answers.forEach(answer -> assertEquals(408, join(answer).statusCode()));
    return requests;
  }

  /** Of this JVM, in which the application runs too, unless it is the packaged one. */
  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
