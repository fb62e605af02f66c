package dev.ringlet.http;

import dev.ringlet.admission.Call;
import dev.ringlet.config.ApiPath;
import dev.ringlet.header.RowFormat;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.plan.WritePlan;
import dev.ringlet.request.RowOperation;
import dev.ringlet.row.JsonRow;
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
import java.util.function.Supplier;

/** The rows of a table. */
@Path(ApiPath.TABLE)
@NonBlocking
public class TableResource extends WriteResource {
  private final Bulk bulk;
  private final RowSource source;

  TableResource(Bulk bulk, RowSource source) {
    this.bulk = bulk;
    this.source = source;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Response> post(@Context HttpServerRequest http) {
    RowWrites.Request request = resolver.posted(http);
    return bodies
        .whole(http, request.options().deadline())
        .chain(
            body ->
                Replanned.of(request, () -> resolver.posted(http), now -> posted(http, now, body)));
  }

  @POST
  @Consumes(RowFormat.NDJSON)
  public Response postLines(@Context HttpServerRequest http) {
    RowWrites.Request request = resolver.posted(http);
    return stream(http, request, () -> source.lines(http, request.forEach()));
  }

  @POST
  @Consumes(RowFormat.CSV)
  public Response postCsv(@Context HttpServerRequest http) {
    RowWrites.Request request = resolver.posted(http);
    return stream(http, request, () -> source.csv(http, request.forEach()));
  }

  /** One row, or an array of them. */
  private Uni<Response> posted(HttpServerRequest http, RowWrites.Request request, byte[] body) {
    Call call = Call.of(http);
    if (JsonRow.isArray(body)) {
      return bulk.array(call, request, body)
          .map(summary -> Responses.outcomes(request.options(), summary));
    }
    WritePlan plan = source.one(request, body);
    return request.operation() == RowOperation.INSERT
        ? writer.write(call, plan).map(row -> Responses.created(http, plan, row))
        : writer.delete(call, plan).map(gone -> Responses.deleted(plan));
  }

  private Response stream(
      HttpServerRequest http, RowWrites.Request request, Supplier<Multi<BodyRow>> rows) {
    Multi<byte[]> lines = bulk.stream(Call.of(http), request, rows);
    return Responses.outcomes(request.options(), new RowStream(lines));
  }
}
