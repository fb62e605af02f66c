package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.body.JsonSource;
import dev.ringlet.body.JsonText;
import dev.ringlet.config.ApiPath;
import dev.ringlet.config.CsvForm;
import dev.ringlet.header.RowFormat;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.row.RowBody;
import dev.ringlet.write.BodyRow;
import dev.ringlet.write.Bulk;
import dev.ringlet.write.Replanned;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The rows of a table. */
@Path(ApiPath.TABLE)
@NonBlocking
public class TableResource extends WriteResource {
  private final Bulk bulk;
  private final RowWrites rowWrites;
  private final RowSource source;
  private final EventRows events;

  TableResource(Bulk bulk, RowWrites rowWrites, RowSource source, EventRows events) {
    this.bulk = bulk;
    this.rowWrites = rowWrites;
    this.source = source;
    this.events = events;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> post(@Context HttpServerRequest http) {
    return whole(http, (request, body) -> posted(http, request, body));
  }

  @POST
  @Consumes(RowFormat.EVENT)
  public Uni<Response> postEvent(@Context HttpServerRequest http) {
    return whole(http, (request, body) -> one(http, events.structured(request, body)));
  }

  @POST
  @Consumes(RowFormat.EVENTS)
  public Uni<Response> postEvents(@Context HttpServerRequest http) {
    return asked(http, true)
        .chain(
            request ->
                bodies
                    .whole(http, request.options().deadline())
                    .chain(
                        body ->
                            Replanned.known(request.options().deadline(), request::forEach)
                                .chain(each -> each(http, each, events.batch(each, body)))));
  }

  @POST
  @Consumes(RowFormat.NDJSON)
  public Uni<Response> postLines(@Context HttpServerRequest http) {
    return asked(http, true)
        .map(request -> stream(http, request, () -> source.lines(http, request.forEach())));
  }

  @POST
  @Consumes(RowFormat.CSV)
  public Uni<Response> postCsv(@Context HttpServerRequest http) {
    return asked(http, false)
        .map(
            request -> {
              CsvForm form = BodyTypes.csv(http, request.query());
              return stream(http, request, () -> source.csv(http, request.forEach(), form));
            });
  }

  /**
   * @param content makes of a body what is done with it, again for each schema that it meets
   */
  private Uni<Response> whole(
      HttpServerRequest http,
      BiFunction<PostRequest, byte[], Function<PostRequest, Uni<Response>>> content) {
    return asked(http, true)
        .chain(
            request ->
                bodies
                    .whole(http, request.options().deadline())
                    .chain(
                        body ->
                            Replanned.of(
                                request.options().deadline(),
                                request,
                                () -> resolver.posted(http, request.options()),
                                content.apply(request, body))));
  }

  /**
   * Nothing of a body is read before it is known what its rows may be.
   *
   * @param named whether it names their columns itself
   */
  private Uni<PostRequest> asked(HttpServerRequest http, boolean named) {
    WriteOptions options = resolver.writeOptions(http);
    return Replanned.known(options.deadline(), () -> resolver.posted(http, options))
        .invoke(request -> BodyTypes.requireNoColumns(request.query(), named));
  }

  /** One row, which may be the data of an event, or an array of rows. */
  private Function<PostRequest, Uni<Response>> posted(
      HttpServerRequest http, PostRequest request, byte[] body) {
    if (EventRows.isEvent(http)) {
      return one(http, events.binary(request, body));
    }
    if (!JsonText.isArray(body)) {
      return one(http, rows.row(request.names(), JsonSource.of(body), 1));
    }
    List<Supplier<RowBody>> each = rows.array(request.names(), body);
    if (request.options().preferences().atomic()) {
      List<RowBody> all = each.stream().map(Supplier::get).toList();
      return now -> together(http, now, all, body.length);
    }
    return now -> array(http, now, each);
  }

  private Uni<Response> array(
      HttpServerRequest http, PostRequest request, List<Supplier<RowBody>> rows) {
    return request.query().explain()
        ? explained(() -> explanations.each(Call.of(http), request.forEach(), rows))
        : bulk.array(Call.of(http), request, rows)
            .map(summary -> Responses.outcomes(request.options(), summary));
  }

  private Uni<Response> together(
      HttpServerRequest http, PostRequest request, List<RowBody> rows, int bytes) {
    return request.query().explain()
        ? explained(() -> explanations.together(Call.of(http), request, rows, bytes))
        : bulk.together(Call.of(http), request, rows, bytes)
            .map(summary -> Responses.outcomes(request.options(), summary));
  }

  /**
   * The rows of a batch of events. If the table was altered each is planned again for itself, but
   * never all of them: when the answer is that one failed, others have been written.
   */
  private Uni<Response> each(
      HttpServerRequest http, PostRequest request, List<Supplier<RowBody>> rows) {
    return request.query().explain()
        ? explained(() -> explanations.events(Call.of(http), request, rows))
        : bulk.events(Call.of(http), request, rows)
            .map(written -> Responses.each(request.options()));
  }

  private Function<PostRequest, Uni<Response>> one(HttpServerRequest http, RowBody row) {
    return now -> one(http, now, rowWrites.one(now, row));
  }

  private Uni<Response> one(HttpServerRequest http, PostRequest request, WritePlan plan) {
    if (request.query().explain()) {
      return explained(http, plan);
    }
    Call call = Call.of(http);
    return switch (request.operation()) {
      case INSERT -> writer.write(call, plan).map(row -> Responses.created(http, plan, row));
      case MERGE -> writer.write(call, plan).map(row -> Responses.written(plan, row));
      case DELETE -> writer.delete(call, plan).map(gone -> Responses.deleted(plan));
    };
  }

  private Response stream(
      HttpServerRequest http, PostRequest request, Supplier<Multi<BodyRow>> rows) {
    EventRows.requireNone(http);
    BodyTypes.requireNotExplained(request.query());
    Call call = Call.of(http);
    RowStream lines = RowStream.of(call, bulk.stream(call, request, rows));
    return Responses.outcomes(request.options(), lines);
  }
}
