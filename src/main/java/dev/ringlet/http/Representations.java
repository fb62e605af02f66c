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
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.core.LazyResponse;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.ServerSerialisers;
import org.jboss.resteasy.reactive.server.core.serialization.EntityWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

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

  /**
   * Sends JSON as it is, its head being where it is sent from. RESTEasy would copy a {@code
   * Response}, and look for what writes its entity, for longer than it takes to read a row.
   */
  private static final EntityWriter WRITER = Representations::write;

  private static final CharSequence CONTENT_TYPE =
      io.vertx.core.http.HttpHeaders.createOptimized(HttpHeaders.CONTENT_TYPE);
  private static final CharSequence JSON =
      io.vertx.core.http.HttpHeaders.createOptimized(MediaType.APPLICATION_JSON);

  private final int compressFrom;

  Representations(RingletConfig config) {
    this.compressFrom = config.compression().minSize();
  }

  /** A document without a tag. */
  Response json(HttpServerRequest http, byte[] document) {
    boolean gzip = gzip(http, document.length);
    return known(http, NO_TAG, NO_TAG)
        ? notModified()
        : Response.ok(sized(http, document, gzip), MediaType.APPLICATION_JSON_TYPE).build();
  }

  /** The same of rows. */
  Object rows(ServerRequestContext context, byte[] document) {
    HttpServerRequest http = http(context);
    boolean gzip = gzip(http, document.length);
    return known(http, NO_TAG, NO_TAG) ? notModified() : document(context, document, gzip);
  }

  /**
   * One that has a tag.
   *
   * @param tag as {@link ETags#of} makes it
   */
  Object row(ServerRequestContext context, byte[] document, String tag, NumberForm numbers) {
    HttpServerRequest http = http(context);
    boolean gzip = gzip(http, document.length);
    String own = ETags.form(tag, numbers, gzip);
    boolean known = known(http, tag, own);
    http.response().putHeader(HttpHeaders.ETAG, own);
    return known ? notModified() : document(context, document, gzip);
  }

  private static HttpServerRequest http(ServerRequestContext context) {
    return ((ResteasyReactiveRequestContext) context).unwrap(HttpServerRequest.class);
  }

  /** Also what has taken the place of an answer meanwhile, as the problem of a defect. */
  private static void write(ResteasyReactiveRequestContext context, Object body) {
    LazyResponse response = context.getResponse();
    if (response.isCreated() && response.get().getStatus() != Response.Status.OK.getStatusCode()) {
      ServerSerialisers.encodeResponseHeaders(context);
    }
    context.serverResponse().end((byte[]) body);
  }

  private static Object document(ServerRequestContext context, byte[] document, boolean gzip) {
    HttpServerRequest http = http(context);
    byte[] body = sized(http, document, gzip);
    http.response().putHeader(CONTENT_TYPE, JSON);
    ((ResteasyReactiveRequestContext) context).setEntityWriter(WRITER);
    return body;
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
      return Response.ok(RowStream.of(document)).type(type).build();
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
        || ETags.matches(conditions.ifNoneMatch(), own);
  }

  private static Response notModified() {
    return Response.notModified().build();
  }

  private boolean gzip(HttpServerRequest http, int length) {
    return AcceptEncoding.gzip(
        http.headers().getAll(HttpHeaders.ACCEPT_ENCODING), length >= compressFrom);
  }

  /** HEAD has the length, too. */
  private static byte[] sized(HttpServerRequest http, byte[] document, boolean gzip) {
    byte[] body = gzip ? Gzip.all(document) : document;
    if (gzip) {
      http.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    http.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    return body;
  }
}
