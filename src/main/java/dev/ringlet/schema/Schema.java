package dev.ringlet.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import dev.ringlet.config.ApiPath;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Suggestion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The second stage: finds what a path names in the cluster's metadata, which the driver keeps up to
 * date. Tables are remembered for as long as it has the same view of the cluster, so that one which
 * others create, alter or drop is seen as the driver sees it.
 */
@Singleton
public final class Schema {
  /** The tables that were asked for since the driver has this view of the cluster. */
  private record Seen(Metadata metadata, Map<Name, Table> tables) {}

  private record Name(String keyspace, String table) {}

  private final Exposure exposure;
  private volatile Seen seen;

  @Inject
  Schema(RingletConfig config) {
    this(new Exposure(config.expose()));
  }

  Schema(Exposure exposure) {
    this.exposure = exposure;
  }

  /** The names of the exposed keyspaces, sorted. */
  public List<String> keyspaces(Metadata metadata) {
    return metadata.getKeyspaces().keySet().stream()
        .map(CqlIdentifier::asInternal)
        .filter(exposure::keyspace)
        .sorted()
        .toList();
  }

  /**
   * @throws ApiException {@link ErrorCode#UNKNOWN_KEYSPACE} if it is not there or not exposed
   */
  public Keyspace keyspace(Metadata metadata, String name) {
    KeyspaceMetadata keyspace = find(metadata, name);
    return new Keyspace(
        name,
        Stream.concat(keyspace.getTables().values().stream(), keyspace.getViews().values().stream())
            .filter(table -> exposure.table(name, table.getName().asInternal()))
            .map(table -> TableReader.read(table, Optional.empty(), List.of()))
            .sorted(Comparator.comparing(Table::name))
            .toList());
  }

  private KeyspaceMetadata find(Metadata metadata, String keyspace) {
    return Optional.of(keyspace)
        .filter(exposure::keyspace)
        .flatMap(exposed -> metadata.getKeyspace(CqlIdentifier.fromInternal(exposed)))
        .orElseThrow(
            () ->
                new ApiException(
                        ErrorCode.UNKNOWN_KEYSPACE, "There is no keyspace " + keyspace + ".")
                    .with("keyspace", keyspace)
                    .hint(Optional.of(keyspaceMeant(metadata, keyspace))));
  }

  /**
   * A table or materialized view.
   *
   * @throws ApiException {@link ErrorCode#UNKNOWN_KEYSPACE}, {@link ErrorCode#UNKNOWN_TABLE} if it
   *     is not there or not exposed
   */
  public Table table(Metadata metadata, String keyspace, String name) {
    Seen now = seen;
    if (now == null || now.metadata() != metadata) {
      now = new Seen(metadata, new ConcurrentHashMap<>());
      seen = now;
    }
    return now.tables()
        .computeIfAbsent(new Name(keyspace, name), wanted -> find(metadata, keyspace, name));
  }

  private Table find(Metadata metadata, String keyspaceName, String name) {
    KeyspaceMetadata keyspace = find(metadata, keyspaceName);
    return Optional.of(name)
        .filter(table -> exposure.table(keyspaceName, table))
        .map(CqlIdentifier::fromInternal)
        .flatMap(id -> relation(keyspace, id))
        .map(
            relation ->
                TableReader.read(
                    relation,
                    metadata.getTokenMap().map(TokenMap::getPartitionerName),
                    keyspace.getViewsOnTable(relation.getName()).values()))
        .orElseThrow(
            () ->
                new ApiException(
                        ErrorCode.UNKNOWN_TABLE,
                        "There is no table " + name + " in the keyspace " + keyspaceName + ".")
                    .with("table", name)
                    .hint(Optional.of(tableMeant(keyspace, name))));
  }

  private String keyspaceMeant(Metadata metadata, String name) {
    List<String> exposed = keyspaces(metadata);
    String[] parts = name.split("\\.", 2);
    return exposed.contains(parts[0])
        ? "Keyspace and table are two segments: " + path(parts)
        : Suggestion.question(Suggestion.nearest(name, exposed))
            .orElse("A path is %s; GET %s lists the keyspaces.".formatted(ApiPath.EXAMPLE, path()));
  }

  private String tableMeant(KeyspaceMetadata keyspace, String name) {
    List<String> exposed =
        Stream.concat(keyspace.getTables().keySet().stream(), keyspace.getViews().keySet().stream())
            .map(CqlIdentifier::asInternal)
            .filter(table -> exposure.table(keyspace.getName().asInternal(), table))
            .toList();
    return Suggestion.question(Suggestion.nearest(name, exposed))
        .orElse("GET " + path(keyspace.getName().asInternal()) + " lists its tables.");
  }

  private static String path(String... names) {
    return Stream.concat(Stream.of(ApiPath.ROOT), Stream.of(names))
        .collect(Collectors.joining("/"));
  }

  private static Optional<RelationMetadata> relation(KeyspaceMetadata keyspace, CqlIdentifier id) {
    return keyspace
        .getTable(id)
        .<RelationMetadata>map(table -> table)
        .or(() -> keyspace.getView(id));
  }
}
