package dev.ringlet.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Permissions;
import dev.ringlet.access.PermittedKeyspace;
import dev.ringlet.access.PermittedTable;
import dev.ringlet.admission.Call;
import dev.ringlet.config.ApiPath;
import dev.ringlet.cql.Connection;
import dev.ringlet.error.ApiException;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.Targets;
import dev.ringlet.header.CassandraHeaders;
import dev.ringlet.openapi.Shown;
import dev.ringlet.openapi.ShownTable;
import dev.ringlet.protocol.ForwardedPrefix;
import dev.ringlet.request.LoneParameter;
import dev.ringlet.request.ResourcePath;
import dev.ringlet.schema.Schema;
import dev.ringlet.schema.Table;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * What there is in the cluster's schema for the caller: keyspaces, tables, and the methods of their
 * paths. Each method fails with an {@link ApiException} if there is no such thing.
 */
@Singleton
final class Catalog {
  private static final List<String> READ_ONLY = List.of("GET", "HEAD", "OPTIONS");
  private static final List<String> READ_AND_BATCH = List.of("GET", "HEAD", "OPTIONS", "POST");

  private final Connection connection;
  private final Schema schema;
  private final ScanRules scanRules;

  Catalog(Connection connection, Schema schema, ScanRules scanRules) {
    this.connection = connection;
    this.schema = schema;
    this.scanRules = scanRules;
  }

  /** The keyspaces that there are for the caller. */
  List<String> keyspaces(HttpServerRequest http) {
    LoneParameter.requireNone(http.query());
    path(http);
    return schema.keyspaces(connection.metadata(), Call.of(http).permissions());
  }

  /** A keyspace, with as much of its tables as there is for the caller. */
  PermittedKeyspace keyspace(HttpServerRequest http) {
    LoneParameter.requireNone(http.query());
    return named(http);
  }

  @CanIgnoreReturnValue
  private PermittedKeyspace named(HttpServerRequest http) {
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
    boolean allForms = LoneParameter.allForms(http.query());
    return shown(http, path(http), allForms);
  }

  private Shown shown(HttpServerRequest http, ResourcePath path, boolean allForms) {
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

  /**
   * What lets the caller do anything with the table of a path.
   *
   * @param of what the caller may
   */
  List<Permission> permissions(Call call, Permissions of, ResourcePath path) {
    Optional<Table> table = schema.table(connection.metadata(), path.keyspace(), path.table());
    List<Permission> permissions = table.map(of::of).orElse(List.of());
    if (permissions.isEmpty()) {
      throw schema.unknown(connection.metadata(), path.keyspace(), path.table(), of);
    }
    call.exchange().about(path.keyspace(), path.table());
    return permissions;
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

  /** The methods that whatever the path names takes, with any query. */
  List<String> methods(HttpServerRequest http) {
    ResourcePath path = path(http);
    if (path.isOpenApi()) {
      Shown unused = shown(http, path, false);
      return READ_ONLY;
    }
    return switch (path.segments().size()) {
      case 0 -> mayWrite(http) ? READ_AND_BATCH : READ_ONLY;
      case 1 -> {
        named(http);
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
  static ResourcePath tablePath(HttpServerRequest http) {
    ResourcePath path = path(http);
    if (path.isOpenApi()) {
      throw Target.methodNotAllowed(READ_ONLY, http.method().name());
    }
    return path;
  }

  @CanIgnoreReturnValue
  static ResourcePath path(HttpServerRequest http) {
    ResourcePath path = Call.of(http).path();
    CassandraHeaders.requireKnown(http.headers());
    return path;
  }

  /** The schema as it is known now: another object when it has changed. */
  Object schema() {
    return connection.metadata();
  }
}
