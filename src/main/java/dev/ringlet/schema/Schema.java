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

  private record Name(String keyspace, String table) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Name name
          && table.equals(name.table)
          && keyspace.equals(name.keyspace);
    }

    @Override
    public int hashCode() {
      return 31 * keyspace.hashCode() + table.hashCode();
    }
  }

  private final Exposure exposure;
  private volatile Seen seen;

  @Inject
  Schema(RingletConfig config) {
    this(new Exposure(config.expose()));
  }

  Schema(Exposure exposure) {
    this.exposure = exposure;
  }

  /** The names of the keyspaces that there are for somebody, sorted. */
  public List<String> keyspaces(Metadata metadata, Visibility visibility) {
    return metadata.getKeyspaces().values().stream()
        .filter(keyspace -> isVisible(keyspace, visibility))
        .map(keyspace -> keyspace.getName().asInternal())
        .sorted()
        .toList();
  }

  /** One without tables, too, if somebody may see all that are in it. */
  private boolean isVisible(KeyspaceMetadata keyspace, Visibility visibility) {
    String name = keyspace.getName().asInternal();
    return exposure.keyspace(name)
        && (visibility.keyspace(name) || tables(keyspace, visibility).findAny().isPresent());
  }

  /** The names of tables and views. */
  private Stream<String> tables(KeyspaceMetadata keyspace, Visibility visibility) {
    String name = keyspace.getName().asInternal();
    return Stream.concat(
            keyspace.getTables().keySet().stream(), keyspace.getViews().keySet().stream())
        .map(CqlIdentifier::asInternal)
        .filter(table -> exposure.table(name, table) && visibility.table(name, table));
  }

  /**
   * The tables and views of a keyspace, sorted by name.
   *
   * @throws ApiException {@link ErrorCode#UNKNOWN_KEYSPACE} if it is not there for somebody
   */
  public List<Table> tables(Metadata metadata, String name, Visibility visibility) {
    return metadata
        .getKeyspace(CqlIdentifier.fromInternal(name))
        .filter(keyspace -> isVisible(keyspace, visibility))
        .map(keyspace -> tables(keyspace, visibility).sorted())
        .orElseThrow(() -> unknownKeyspace(metadata, name, visibility))
        .flatMap(table -> table(metadata, name, table).stream())
        .toList();
  }

  /** A table or materialized view, if it is there and exposed. */
  public Optional<Table> table(Metadata metadata, String keyspace, String name) {
    Seen now = seen;
    if (now == null || now.metadata() != metadata) {
      now = new Seen(metadata, new ConcurrentHashMap<>());
      seen = now;
    }
    return Optional.ofNullable(
        now.tables()
            .computeIfAbsent(new Name(keyspace, name), wanted -> find(metadata, keyspace, name)));
  }

  private Table find(Metadata metadata, String keyspaceName, String name) {
    return metadata
        .getKeyspace(CqlIdentifier.fromInternal(keyspaceName))
        .filter(keyspace -> exposure.table(keyspaceName, name))
        .flatMap(
            keyspace ->
                relation(keyspace, CqlIdentifier.fromInternal(name))
                    .map(
                        relation ->
                            TableReader.read(
                                relation,
                                metadata.getTokenMap().map(TokenMap::getPartitionerName),
                                keyspace.getViewsOnTable(relation.getName()).values())))
        .orElse(null);
  }

  /**
   * That there is no such table for somebody: {@link ErrorCode#UNKNOWN_KEYSPACE} or {@link
   * ErrorCode#UNKNOWN_TABLE}.
   */
  public ApiException unknown(
      Metadata metadata, String keyspaceName, String name, Visibility visibility) {
    return metadata
        .getKeyspace(CqlIdentifier.fromInternal(keyspaceName))
        .filter(keyspace -> isVisible(keyspace, visibility))
        .map(
            keyspace ->
                new ApiException(
                        ErrorCode.UNKNOWN_TABLE,
                        "There is no table " + name + " in the keyspace " + keyspaceName + ".")
                    .with("table", name)
                    .hint(Optional.of(tableMeant(keyspace, name, visibility))))
        .orElseGet(() -> unknownKeyspace(metadata, keyspaceName, visibility));
  }

  private ApiException unknownKeyspace(Metadata metadata, String name, Visibility visibility) {
    return new ApiException(ErrorCode.UNKNOWN_KEYSPACE, "There is no keyspace " + name + ".")
        .with("keyspace", name)
        .hint(Optional.of(keyspaceMeant(keyspaces(metadata, visibility), name)));
  }

  private static String keyspaceMeant(List<String> visible, String name) {
    String[] parts = name.split("\\.", 2);
    return visible.contains(parts[0])
        ? "Keyspace and table are two segments: " + path(parts)
        : Suggestion.question(Suggestion.nearest(name, visible))
            .orElse("A path is %s; GET %s lists the keyspaces.".formatted(ApiPath.EXAMPLE, path()));
  }

  private String tableMeant(KeyspaceMetadata keyspace, String name, Visibility visibility) {
    return Suggestion.question(Suggestion.nearest(name, tables(keyspace, visibility).toList()))
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
