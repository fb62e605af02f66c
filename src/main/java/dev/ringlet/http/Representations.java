package dev.ringlet.http;

import dev.ringlet.config.RingletConfig;
import dev.ringlet.encode.ETags;
import dev.ringlet.encode.Gzip;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.header.AcceptEncoding;
import dev.ringlet.header.ReadConditions;
import dev.ringlet.openapi.Rendered;
import dev.ringlet.value.NumberForm;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What reads are answered with: by the client's conditions (RFC 9110, section 13.2.2), and as gzip
 * to those that take it.
 *
 * <p>Headers are put where they are sent from: those of a {@code Response} are copied twice. That
 * is done when nothing fails any more, as what has been put there would also be of a problem.
 */
@Singleton
final class Representations {
  private static final String GZIP = "gzip";
  private static final String NO_TAG = "";

  private final int compressFrom;

  Representations(RingletConfig config) {
    this.compressFrom = config.compression().minSize();
  }

  /** A document without a tag. */
  Response json(HttpServerRequest http, byte[] document) {
    boolean gzip = gzip(http, document.length);
    return known(http, NO_TAG, NO_TAG) ? notModified() : sized(http, document, gzip);
  }

  /**
   * One that has a tag.
   *
   * @param tag as {@link ETags#of} makes it
   */
  Response json(HttpServerRequest http, byte[] document, String tag, NumberForm numbers) {
    boolean gzip = gzip(http, document.length);
    String own = ETags.form(tag, numbers, gzip);
    boolean known = known(http, tag, own);
    http.response().putHeader(HttpHeaders.ETAG, own);
    return known ? notModified() : sized(http, document, gzip);
  }

  /** One that is kept, which is sent piece by piece if it is not to be compressed. */
  Response document(HttpServerRequest http, Rendered document) {
    boolean gzip = AcceptEncoding.gzip(http.headers().getAll(HttpHeaders.ACCEPT_ENCODING), true);
    String own = ETags.form(document.tag(), NumberForm.STRING, gzip);
    boolean known = known(http, document.tag(), own);
    http.response().putHeader(HttpHeaders.ETAG, own);
    if (known) {
      return notModified();
    }
    String type = document.format().mediaType();
    if (!gzip) {
      return Response.ok(new RowStream(Multi.createFrom().iterable(document::pieces)))
          .type(type)
          .build();
    }
    http.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    http.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(document.gzip().length));
    return Response.ok(document.gzip(), type).build();
  }

  Response stream(HttpServerRequest http, RowStream rows, String type) {
    boolean gzip = AcceptEncoding.gzip(http.headers().getAll(HttpHeaders.ACCEPT_ENCODING), true);
    if (known(http, NO_TAG, NO_TAG)) {
      return notModified();
    }
    if (gzip) {
      http.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    return Response.ok(gzip ? rows.gzipped() : rows).type(type).build();
  }

  /**
   * Whether the client has it already.
   *
   * @param own of this form
   * @throws ApiException {@link ErrorCode#CONDITION_FAILED} if it is not what the client wants
   */
  private static boolean known(HttpServerRequest http, String tag, String own) {
    ReadConditions conditions = ReadConditions.of(http.headers()::getAll);
    if (!conditions.ifMatch().isEmpty()
        && !conditions.ifMatch().equals(ReadConditions.ANY)
        && !ETags.isOneOf(conditions.ifMatch(), tag)) {
      ApiException failed =
          new ApiException(ErrorCode.CONDITION_FAILED, "What is read has none of these ETags.")
              .with("header", HttpHeaders.IF_MATCH);
      throw own.isEmpty() ? failed : failed.with("etag", own);
    }
    return conditions.ifNoneMatch().equals(ReadConditions.ANY)
        || ETags.matches(conditions.ifNoneMatch(), tag);
  }

  private static Response notModified() {
    return Response.notModified().build();
  }

  private boolean gzip(HttpServerRequest http, int length) {
    return AcceptEncoding.gzip(
        http.headers().getAll(HttpHeaders.ACCEPT_ENCODING), length >= compressFrom);
  }

  /** HEAD has the length, too. */
  private static Response sized(HttpServerRequest http, byte[] document, boolean gzip) {
    byte[] body = gzip ? Gzip.all(document) : document;
    if (gzip) {
      http.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    http.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
  }
}
