package dev.ringlet.http;

import dev.ringlet.access.Action;
import dev.ringlet.access.Permission;
import dev.ringlet.admission.Call;
import dev.ringlet.admission.CallerRates;
import dev.ringlet.admission.HeadParts;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.Accept;
import dev.ringlet.header.OptionsParser;
import dev.ringlet.header.ReadOptions;
import dev.ringlet.header.RowFormat;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.plan.Actions;
import dev.ringlet.plan.BatchWrites;
import dev.ringlet.plan.PostRequest;
import dev.ringlet.request.Filter;
import dev.ringlet.request.LoneParameter;
import dev.ringlet.request.OperationPath;
import dev.ringlet.request.QueryLimits;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.request.ResourcePath;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.RowsQuery;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.Operation;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The first two stages, the same for every method: reads the path, query and headers, and finds
 * what they are about. Each method fails with an {@link ApiException} if there is no such thing.
 */
@Singleton
final class Resolver {
  private final Catalog catalog;
  private final OptionsParser options;
  private final CallerRates rates;
  private final QueryLimits limits;

  Resolver(Catalog catalog, OptionsParser options, CallerRates rates, RingletConfig config) {
    this.catalog = catalog;
    this.options = options;
    this.rates = rates;
    this.limits = QueryLimits.of(config);
  }

  /** A table, a partition, a slice or a row, to do something with. */
  Targets targets(HttpServerRequest http, Action action) {
    return targets(http, Catalog.tablePath(http), action, List.of());
  }

  private Targets targets(
      HttpServerRequest http, ResourcePath path, Action action, List<Filter> filters) {
    Call call = Call.of(http);
    call.does(action);
    List<Permission> allowing =
        allowing(action, filters, catalog.permissions(call, call.permissions(), path));
    call.requireRate(allowing, rates);
    Targets targets =
        Targets.of(allowing, path.keys()).counted(permission -> call.uses(permission, rates));
    return call.watched()
        .map(
            watched ->
                targets.watched(
                    new Targets.Watch(
                        () ->
                            Targets.of(
                                allowing(action, filters, catalog.permissions(call, watched, path)),
                                path.keys()),
                        denied -> call.exchange().denied(denied.code().code()))))
        .orElse(targets);
  }

  /** A write that filters ask something of the row for has to be permitted to read. */
  private static List<Permission> allowing(
      Action action, List<Filter> filters, List<Permission> permissions) {
    boolean compares = Addressed.hasConditions(permissions.get(0).table(), filters);
    return Permission.allowing(compares ? action.comparing() : action, permissions);
  }

  /**
   * What a PUT, PATCH or DELETE is about, but for what its filters say.
   *
   * @param action what it does, unless its filters are a condition
   */
  Targets writeTargets(HttpServerRequest http, WriteQuery query, Action action) {
    return targets(http, Catalog.tablePath(http), action, query.filters());
  }

  /**
   * What is found now, and found again when the schema has changed by the time it is asked for: a
   * body may take as long as it likes.
   */
  Supplier<Targets> found(Supplier<Targets> targets) {
    Object schema = catalog.schema();
    Targets first = targets.get();
    return () -> catalog.schema() == schema ? first : targets.get();
  }

  /** What POST is about, but for the rows. */
  PostRequest posted(HttpServerRequest http, WriteOptions write) {
    RowsQuery query = RowsQuery.parse(queryText(http));
    options.check(query);
    ResourcePath path = Catalog.tablePath(http);
    Action action =
        query.operation() == RowOperation.DELETE ? Action.delete(false) : Actions.write(write);
    return new PostRequest(() -> targets(http, path, action, List.of()), query, write);
  }

  /** What a batch asks for, but for its operations. */
  WriteOptions batchOptions(HttpServerRequest http) {
    Catalog.path(http);
    Call call = Call.of(http);
    WriteOptions batch = options.ofBatch(http.headers()::getAll, call.arrived());
    call.exchange().parsed(batch.preferences().timed());
    return batch;
  }

  /** One operation of a batch. */
  BatchWrites.Request operation(HttpServerRequest http, Operation operation, WriteOptions batch) {
    OperationPath path = OperationPath.of(operation.path());
    WriteOptions own =
        options.ofOperation(batch, operation.ifMatch(), operation.ifNoneMatch(), operation.ttl());
    Call.of(http).inFlight().keepOfQuery(HeadParts.ofQuery(path.query()));
    String query = path.query().orElse(null);
    if (operation.kind() == Operation.Kind.INSERT) {
      LoneParameter.requireNone(query);
    }
    List<Filter> filters = QueryParser.filtersOfWrite(query, limits);
    Action action =
        operation.kind() == Operation.Kind.DELETE ? Actions.delete(own) : Actions.write(own);
    Targets targets = targets(http, path.resource(), action, filters);
    return new BatchWrites.Request(operation, targets, filters, own);
  }

  ReadQuery query(HttpServerRequest http) {
    return QueryParser.parse(queryText(http), limits);
  }

  /** What a PUT, PATCH or DELETE says in its query. */
  WriteQuery writeQuery(HttpServerRequest http) {
    return QueryParser.write(queryText(http), limits);
  }

  /** When there is room for what is made of it. */
  private static String queryText(HttpServerRequest http) {
    String query = http.query();
    Call.of(http).inFlight().keepOfQuery(HeadParts.ofQuery(Optional.ofNullable(query)));
    return query;
  }

  /** What rows are to be read as, by its media type. */
  String format(HttpServerRequest http) {
    return Accept.choose(http.headers().getAll(HttpHeaders.ACCEPT), RowFormat.ROWS);
  }

  ReadOptions readOptions(HttpServerRequest http) {
    Call call = Call.of(http);
    ReadOptions read = options.ofRead(http.headers()::getAll, call.arrived());
    call.exchange().parsed(read.timed());
    return read;
  }

  /** The body counts for its deadline. */
  WriteOptions writeOptions(HttpServerRequest http) {
    Call call = Call.of(http);
    WriteOptions write = options.ofWrite(http.headers()::getAll, call.arrived());
    call.exchange().parsed(write.preferences().timed());
    call.inFlight().keepOfHead(HeadParts.ofList(write.condition().tags()));
    return write;
  }
}
