package dev.ringlet.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.access.Action;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Permissions;
import dev.ringlet.access.PermittedKeyspace;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.admission.Call;
import dev.ringlet.admission.CallerRates;
import dev.ringlet.config.ApiPath;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.cql.Connection;
import dev.ringlet.error.ApiException;
import dev.ringlet.guard.Addressed;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.Accept;
import dev.ringlet.header.OptionsParser;
import dev.ringlet.header.ReadOptions;
import dev.ringlet.header.RowFormat;
import dev.ringlet.header.WriteOptions;
import dev.ringlet.openapi.Shown;
import dev.ringlet.openapi.ShownTable;
import dev.ringlet.plan.Actions;
import dev.ringlet.plan.BatchWrites;
import dev.ringlet.plan.RowWrites;
import dev.ringlet.protocol.ForwardedPrefix;
import dev.ringlet.request.Filter;
import dev.ringlet.request.OperationPath;
import dev.ringlet.request.QueryLimits;
import dev.ringlet.request.QueryParser;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.request.ResourcePath;
import dev.ringlet.request.RowOperation;
import dev.ringlet.request.RowsQuery;
import dev.ringlet.request.WriteQuery;
import dev.ringlet.row.Operation;
import dev.ringlet.schema.Schema;
import dev.ringlet.schema.Table;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * The first two stages, the same for every method: reads the path and finds in the cluster's schema
 * what it names. Each method fails with an {@link ApiException} if there is no such thing.
 */
@Singleton
final class Resolver {
  private static final List<String> READ_ONLY = List.of("GET", "HEAD", "OPTIONS");
  private static final List<String> READ_AND_BATCH = List.of("GET", "HEAD", "OPTIONS", "POST");

  private final Connection connection;
  private final Schema schema;
  private final OptionsParser options;
  private final ScanRules scanRules;
  private final CallerRates rates;
  private final QueryLimits limits;

  Resolver(
      Connection connection,
      Schema schema,
      OptionsParser options,
      ScanRules scanRules,
      CallerRates rates,
      RingletConfig config) {
    this.scanRules = scanRules;
    this.rates = rates;
    this.connection = connection;
    this.schema = schema;
    this.options = options;
    this.limits = QueryLimits.of(config);
  }

  /** The keyspaces that there are for the caller. */
  List<String> keyspaces(HttpServerRequest http) {
    QueryParser.requireNone(http.query());
    path(http);
    return schema.keyspaces(connection.metadata(), Call.of(http).permissions());
  }

  /** A keyspace, with as much of its tables as there is for the caller. */
  @CanIgnoreReturnValue
  PermittedKeyspace keyspace(HttpServerRequest http) {
    QueryParser.requireNone(http.query());
    String name = path(http).keyspace();
    Permissions permissions = Call.of(http).permissions();
    return new PermittedKeyspace(
        name,
        schema.tables(connection.metadata(), name, permissions).stream()
            .map(table -> PermittedTable.of(table, permissions.of(table), scanRules.allow(table)))
            .toList());
  }

  /** A keyspace, or all of them, as an OpenAPI document shows them to the caller. */
  Shown shown(HttpServerRequest http) {
    boolean allForms = QueryParser.allForms(http.query());
    ResourcePath path = path(http);
    Optional<String> keyspace =
        path.segments().size() > 1 ? Optional.of(path.keyspace()) : Optional.empty();
    Permissions permissions = Call.of(http).permissions();
    List<String> keyspaces =
        keyspace
            .map(List::of)
            .orElseGet(() -> schema.keyspaces(connection.metadata(), permissions));
    List<ShownTable> tables =
        keyspaces.stream()
            .flatMap(name -> schema.tables(connection.metadata(), name, permissions).stream())
            .map(table -> new ShownTable(table, permissions.of(table), scanRules.allow(table)))
            .toList();
    return new Shown(keyspace, tables, ForwardedPrefix.of(http), allForms);
  }

  /** A table, a partition, a slice or a row, to do something with. */
  Targets targets(HttpServerRequest http, Action action) {
    return targets(http, tablePath(http), action, List.of());
  }

  private Targets targets(
      HttpServerRequest http, ResourcePath path, Action action, List<Filter> filters) {
    Call call = Call.of(http);
    call.does(action);
    List<Permission> allowing =
        allowing(action, filters, permissions(call, call.permissions(), path));
    Targets targets = Targets.of(call.take(allowing, rates), path.keys());
    return call.watched()
        .map(
            watched ->
                targets.watched(
                    new Targets.Watch(
                        () ->
                            Targets.of(
                                allowing(action, filters, permissions(call, watched, path)),
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
   * What lets the caller do anything with the table of a path.
   *
   * @param of what the caller may
   */
  private List<Permission> permissions(Call call, Permissions of, ResourcePath path) {
    Optional<Table> table = schema.table(connection.metadata(), path.keyspace(), path.table());
    List<Permission> permissions = table.map(of::of).orElse(List.of());
    if (permissions.isEmpty()) {
      throw schema.unknown(connection.metadata(), path.keyspace(), path.table(), of);
    }
    call.exchange().about(path.keyspace(), path.table());
    return permissions;
  }

  /**
   * What a PUT, PATCH or DELETE is about, but for what its filters say.
   *
   * @param action what it does, unless its filters are a condition
   */
  Targets writeTargets(HttpServerRequest http, WriteQuery query, Action action) {
    return targets(http, tablePath(http), action, query.filters());
  }

  /** What POST is about, but for the rows. */
  RowWrites.Request posted(HttpServerRequest http) {
    RowsQuery query = RowsQuery.parse(http.query());
    options.check(query);
    ResourcePath path = tablePath(http);
    WriteOptions write = writeOptions(http);
    Action action =
        query.operation() == RowOperation.DELETE ? Action.delete(false) : Actions.write(write);
    return new RowWrites.Request(() -> targets(http, path, action, List.of()), query, write);
  }

  /** What a batch asks for, but for its operations. */
  WriteOptions batchOptions(HttpServerRequest http) {
    path(http);
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
    String query = path.query().orElse(null);
    if (operation.kind() == Operation.Kind.INSERT) {
      QueryParser.requireNone(query);
    }
    List<Filter> filters = QueryParser.filtersOfWrite(query, limits);
    Action action =
        operation.kind() == Operation.Kind.DELETE ? Actions.delete(own) : Actions.write(own);
    Targets targets = targets(http, path.resource(), action, filters);
    return new BatchWrites.Request(operation, targets, filters, own);
  }

  ReadQuery query(HttpServerRequest http) {
    return QueryParser.parse(http.query(), limits);
  }

  /** What a PUT, PATCH or DELETE says in its query. */
  WriteQuery writeQuery(HttpServerRequest http) {
    return QueryParser.write(http.query(), limits);
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
    return write;
  }

  /** The refusal of a method that what the path names does not take. */
  ApiException methodNotAllowed(HttpServerRequest http) {
    String method = http.method().name();
    ResourcePath path = path(http);
    if (path.isOpenApi()) {
      return Target.methodNotAllowed(methods(http), method);
    }
    return path.segments().size() < 2
        ? Target.methodNotAllowed(methods(http), method)
            .with("hint", "Keyspaces and tables are made, altered and dropped in CQL.")
        : any(http).methodNotAllowed(method);
  }

  /** Of a path that is not below /v1, where it would be if that was left out. */
  Optional<String> pathMeant(HttpServerRequest http) {
    String keyspace = http.path().split("/", 3)[1];
    if (keyspace.matches("(?i)v[0-9]+")) {
      return Optional.of("The only version is v1, in small letters.");
    }
    return connection.usable()
            && schema
                .keyspaces(connection.metadata(), Call.of(http).permissions())
                .contains(keyspace)
        ? Optional.of("Did you mean " + ApiPath.ROOT + "/" + keyspace + "/…?")
        : Optional.empty();
  }

  /** The methods that whatever the path names takes. */
  List<String> methods(HttpServerRequest http) {
    ResourcePath path = path(http);
    if (path.isOpenApi()) {
      Shown unused = shown(http);
      return READ_ONLY;
    }
    return switch (path.segments().size()) {
      case 0 -> mayWrite(http) ? READ_AND_BATCH : READ_ONLY;
      case 1 -> {
        keyspace(http);
        yield READ_ONLY;
      }
      default -> any(http).methods();
    };
  }

  /** Whether there is a table in which the caller may write. */
  private boolean mayWrite(HttpServerRequest http) {
    Permissions permissions = Call.of(http).permissions();
    return schema.keyspaces(connection.metadata(), permissions).stream()
        .flatMap(name -> schema.tables(connection.metadata(), name, permissions).stream())
        .map(table -> PermittedTable.of(table, permissions.of(table), false))
        .anyMatch(PermittedTable::isWritten);
  }

  /** What a path points at, whatever the caller may do there. */
  private Targets any(HttpServerRequest http) {
    Call call = Call.of(http);
    ResourcePath path = path(http);
    return Targets.of(permissions(call, call.permissions(), path), path.keys());
  }

  /** The router takes what a document does not take to be for a table of its name. */
  private static ResourcePath tablePath(HttpServerRequest http) {
    ResourcePath path = path(http);
    if (path.isOpenApi()) {
      throw Target.methodNotAllowed(READ_ONLY, http.method().name());
    }
    return path;
  }

  @CanIgnoreReturnValue
  private static ResourcePath path(HttpServerRequest http) {
    ResourcePath path = Call.of(http).path();
    OptionsParser.requireKnown(http.headers());
    return path;
  }
}
