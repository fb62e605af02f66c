package dev.ringlet.http;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.ringlet.admission.Call;
import dev.ringlet.config.CsvForm;
import dev.ringlet.config.Headers;
import dev.ringlet.cql.Executor;
import dev.ringlet.cql.Page;
import dev.ringlet.cql.Pages;
import dev.ringlet.encode.CsvEncoder;
import dev.ringlet.encode.ETags;
import dev.ringlet.encode.ExplanationEncoder;
import dev.ringlet.encode.JsonBytes;
import dev.ringlet.encode.Problem;
import dev.ringlet.encode.RowEncoder;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.Defect;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.KeyHints;
import dev.ringlet.header.Accept;
import dev.ringlet.header.RowFormat;
import dev.ringlet.observe.Exchange;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.request.PageTokens;
import dev.ringlet.value.NumberForm;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * The last stage of reading: rows as a page, a row, an explanation or a stream, with the headers
 * that go with them.
 */
@Singleton
final class ReadResponses {
  private final Executor executor;
  private final PageTokens tokens;
  private final Links links;
  private final Representations representations;

  ReadResponses(
      Executor executor, PageTokens tokens, Links links, Representations representations) {
    this.links = links;
    this.executor = executor;
    this.tokens = tokens;
    this.representations = representations;
  }

  /**
   * A single row as an object, anything wider as an array with a link to what follows.
   *
   * @return what a resource may return
   * @throws ApiException {@link ErrorCode#ROW_NOT_FOUND}
   */
  Object page(HttpServerRequest http, ServerRequestContext context, ReadPlan plan, Page page) {
    Call call = Call.of(http);
    call.answered();
    call.exchange().rowsRead(page.size());
    if (plan.rule().single()) {
      return row(http, context, plan, page);
    }
    Optional<String> next =
        page.next()
            .filter(place -> plan.paging().inPages())
            .map(place -> links.next(http, tokens.issue(plan.identity(), place)));
    Object answer = representations.rows(context, RowEncoder.rows(page, numbers(plan)));
    next.ifPresent(
        link -> http.response().putHeader(HttpHeaders.LINK, "<" + link + ">; rel=\"next\""));
    headers(http, plan);
    return answer;
  }

  /** What would run; nothing does. */
  Response explanation(HttpServerRequest http, ReadPlan plan) {
    return representations.json(
        http,
        ExplanationEncoder.of(
            plan, executor.consistencyOf(plan).name(), Call.of(http).inFlight()::keepBesides));
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
    return stream(http, plan, lines, RowFormat.NDJSON, plan.options().applied());
  }

  /**
   * CSV in the form that the client wants. A failure after the first byte breaks the connection.
   */
  Response csv(HttpServerRequest http, ReadPlan plan, Pages pages) {
    CsvForm form = Accept.csv(http.headers().getAll(HttpHeaders.ACCEPT));
    CsvEncoder encoder = new CsvEncoder(form);
    Multi<byte[]> header = Multi.createFrom().item(encoder.header(pages.first()));
    Multi<byte[]> rows = counted(http, pages).map(encoder::rows);
    Multi<byte[]> lines = Multi.createBy().concatenating().streams(header, rows);
    return stream(http, plan, lines, RowFormat.csv(form), plan.options().appliedToCsv());
  }

  private static Multi<Page> counted(HttpServerRequest http, Pages pages) {
    Call call = Call.of(http);
    Exchange exchange = call.exchange();
    exchange.answered();
    return pages
        .all()
        .invoke(call::answeredOne)
        .onItem()
        .transformToIterable(Page::portions)
        .invoke(portion -> exchange.rowsRead(portion.size()))
        .onFailure(ApiException.class)
        .invoke(failure -> call.failed((ApiException) failure));
  }

  private Object row(
      HttpServerRequest http, ServerRequestContext context, ReadPlan plan, Page page) {
    Iterator<Row> rows = page.rows().iterator();
    if (!rows.hasNext()) {
      throw new ApiException(ErrorCode.ROW_NOT_FOUND, "There is no row with this primary key.")
          .hint(KeyHints.of(plan.table(), plan.values()));
    }
    Row row = rows.next();
    byte[] document = RowEncoder.row(page, row, numbers(plan));
    Object answer =
        plan.projection().isWhole()
            ? representations.row(context, document, ETags.of(page.columns(), row), numbers(plan))
            : representations.rows(context, document);
    headers(http, plan);
    return answer;
  }

  private Response stream(
      HttpServerRequest http,
      ReadPlan plan,
      Multi<byte[]> lines,
      String type,
      List<String> applied) {
    RowStream rows = RowStream.of(Call.of(http), lines);
    Response answer = representations.stream(http, rows, type);
    headers(http, plan, applied);
    return answer;
  }

  private static void headers(HttpServerRequest http, ReadPlan plan) {
    headers(http, plan, plan.options().applied());
  }

  private static void headers(HttpServerRequest http, ReadPlan plan, List<String> applied) {
    plan.options()
        .consistency()
        .ifPresent(level -> http.response().putHeader(Headers.CONSISTENCY, level));
    if (!applied.isEmpty()) {
      http.response().putHeader(Headers.PREFERENCE_APPLIED, String.join(", ", applied));
    }
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
}
