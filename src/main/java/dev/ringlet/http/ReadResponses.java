package dev.ringlet.http;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.admission.Call;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.cql.Executor;
import dev.ringlet.cql.Page;
import dev.ringlet.cql.Pages;
import dev.ringlet.encode.CsvEncoder;
import dev.ringlet.encode.ETags;
import dev.ringlet.encode.ExplanationEncoder;
import dev.ringlet.encode.Gzip;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.encode.Problem;
import dev.ringlet.encode.RowEncoder;
import dev.ringlet.encode.RowFormat;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.KeyHints;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.request.PageTokens;
import dev.ringlet.value.NumberForm;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last stage of reading: rows as a page, a row, an explanation or a stream, with the headers
 * that go with them.
 */
@Singleton
final class ReadResponses {
  private static final String GZIP = "gzip";
  private static final String VARY = "Accept, Accept-Encoding, Prefer, Cassandra-Consistency";

  private final Executor executor;
  private final PageTokens tokens;
  private final String cacheControl;
  private final int compressFrom;

  ReadResponses(Executor executor, PageTokens tokens, RingletConfig config) {
    this.executor = executor;
    this.tokens = tokens;
    this.cacheControl = config.cacheControl();
    this.compressFrom = config.compression().minSize();
  }

  /**
   * A single row as an object, anything wider as an array with a link to what follows.
   *
   * <p>Most headers are put where they are sent from: those of a {@code Response} are copied twice.
   * That is done last, as what has been put there would also be of a problem.
   *
   * @throws ApiException {@link ErrorCode#ROW_NOT_FOUND}
   */
  Response page(HttpServerRequest http, ReadPlan plan, Page page) {
    Call call = Call.of(http);
    call.answered();
    call.exchange().rowsRead(page.size());
    if (plan.rule().single()) {
      return row(http, plan, page);
    }
    byte[] document = RowEncoder.rows(page, numbers(plan));
    if (plan.paging().pages() && page.next().isPresent()) {
      String token = tokens.issue(plan.identity(), page.next().get());
      http.response().putHeader(HttpHeaders.LINK, "<" + after(http, token) + ">; rel=\"next\"");
    }
    return json(http, plan, document);
  }

  /** What would run; nothing does. */
  Response explanation(HttpServerRequest http, ReadPlan plan) {
    return sized(http, ExplanationEncoder.of(plan, executor.consistencyOf(plan).name()));
  }

  /**
   * A JSON object a line. A failure after the first byte is a last line with the problem, and the
   * connection breaks.
   */
  Response lines(HttpServerRequest http, ReadPlan plan, Pages pages) {
    Multi<byte[]> lines =
        counted(http, pages)
            .map(page -> RowEncoder.lines(page, numbers(plan)))
            .onFailure()
            .recoverWithMulti(failure -> brokenOff(Defect.known(failure)));
    return stream(http, plan, new RowStream(lines), RowFormat.NDJSON);
  }

  /** CSV with a header line. A failure after the first byte breaks the connection. */
  Response csv(HttpServerRequest http, ReadPlan plan, Pages pages) {
    Multi<byte[]> header = Multi.createFrom().item(CsvEncoder.header(pages.first()));
    Multi<byte[]> rows = counted(http, pages).map(CsvEncoder::rows);
    RowStream lines = new RowStream(Multi.createBy().concatenating().streams(header, rows));
    return stream(http, plan, lines, RowFormat.CSV_WITH_HEADER);
  }

  private static Multi<Page> counted(HttpServerRequest http, Pages pages) {
    Call call = Call.of(http);
    Exchange exchange = call.exchange();
    exchange.answered();
    return pages
        .all()
        .onItem()
        .transformToIterable(Page::portions)
        .invoke(portion -> exchange.rowsRead(portion.size()))
        .onFailure(ApiException.class)
        .invoke(failure -> call.failed((ApiException) failure));
  }

  private Response row(HttpServerRequest http, ReadPlan plan, Page page) {
    Iterator<Row> rows = page.rows().iterator();
    if (!rows.hasNext()) {
      throw new ApiException(ErrorCode.ROW_NOT_FOUND, "There is no row with this primary key.")
          .hint(KeyHints.of(plan.values()));
    }
    Row row = rows.next();
    byte[] document = RowEncoder.row(page, row, numbers(plan));
    if (!plan.projection().isWhole()) {
      return json(http, plan, document);
    }
    String tag = ETags.of(page.columns(), row);
    String own = ETags.form(tag, numbers(plan), compressed(http, document));
    boolean known = ETags.matches(http.headers().getAll(HttpHeaders.IF_NONE_MATCH), tag);
    Response answer = known ? notModified(http, plan) : json(http, plan, document);
    http.response().putHeader(HttpHeaders.ETAG, own);
    return answer;
  }

  private Response notModified(HttpServerRequest http, ReadPlan plan) {
    headers(plan, http.response()::putHeader);
    return Response.notModified().build();
  }

  private Response json(HttpServerRequest http, ReadPlan plan, byte[] document) {
    boolean gzip = compressed(http, document);
    byte[] body = gzip ? Gzip.all(document) : document;
    headers(plan, http.response()::putHeader);
    if (gzip) {
      http.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    return sized(http, body);
  }

  /** HEAD has the length, too. */
  private static Response sized(HttpServerRequest http, byte[] body) {
    http.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
  }

  private Response stream(HttpServerRequest http, ReadPlan plan, RowStream rows, String type) {
    boolean gzip = gzipAccepted(http);
    Response.ResponseBuilder response = Response.ok(gzip ? rows.gzipped() : rows).type(type);
    headers(plan, response::header);
    return (gzip ? response.header(HttpHeaders.CONTENT_ENCODING, GZIP) : response).build();
  }

  private void headers(ReadPlan plan, BiConsumer<String, String> response) {
    response.accept(HttpHeaders.VARY, VARY);
    response.accept(HttpHeaders.CACHE_CONTROL, cacheControl);
    plan.options()
        .consistency()
        .ifPresent(level -> response.accept("Cassandra-Consistency", level));
    if (!plan.options().applied().isEmpty()) {
      response.accept("Preference-Applied", String.join(", ", plan.options().applied()));
    }
  }

  private boolean compressed(HttpServerRequest http, byte[] document) {
    return document.length >= compressFrom && gzipAccepted(http);
  }

  private static boolean gzipAccepted(HttpServerRequest http) {
    return Gzip.accepted(http.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
  }

  private static Multi<byte[]> brokenOff(ApiException e) {
    byte[] line =
        JsonBytes.write(
            json -> {
              json.writeStartObject();
              json.writeFieldName("error");
              Problem.write(e, json);
              json.writeEndObject();
              json.writeRaw('\n');
            });
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item(line), Multi.createFrom().failure(e));
  }

  private static NumberForm numbers(ReadPlan plan) {
    return NumberForm.of(plan.options().numbersAsJson());
  }

  /** The same URL with another {@code after}. */
  private static String after(HttpServerRequest http, String token) {
    String query = http.query() == null ? "" : http.query();
    Stream<String> others =
        Arrays.stream(query.split("&", -1))
            .filter(
                parameter -> !parameter.isEmpty() && !parameter.split("=", 2)[0].equals("after"));
    return http.path()
        + "?"
        + Stream.concat(others, Stream.of("after=" + token)).collect(Collectors.joining("&"));
  }
}
