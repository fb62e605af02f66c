package dev.ringlet.schema;

import dev.ringlet.config.ApiPath;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.error.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table or materialized view, as much of it as there is for a caller. All later stages ask this
 * one for columns: what it does not have, does not exist for them. They ask with every request, so
 * what takes time to find out is found out once.
 */
public final class Table {

  /**
   * What stays the same however few of its columns one sees.
   *
   * @param cqlName {@code keyspace.table} as CQL writes it
   * @param id empty if the driver does not know it
   * @param defaultTimeToLive seconds, or 0
   * @param isCounter whether its value columns are counters, as then they all are
   */
  record Facts(
      String keyspace,
      String name,
      String cqlName,
      String id,
      String shape,
      String comment,
      int defaultTimeToLive,
      Optional<String> partitioner,
      boolean isView,
      boolean isCounter) {}

  /** Its indexes, those of them that are each on one column, and what may be too long for them. */
  record Limits(List<IndexDefinition> indexes, List<Index> onColumns, List<KeyLimit> keys) {
    Limits narrowedTo(Predicate<Column> visible) {
      List<Index> left = onColumns.stream().filter(index -> visible.test(index.column())).toList();
      List<String> names = left.stream().map(Index::name).toList();
      return new Limits(
          left.stream().map(Index::definition).toList(),
          left,
          keys.stream().map(limit -> limit.namingOnly(names)).toList());
    }
  }

  private final Facts facts;
  private final Limits limits;
  private final List<Column> columns;
  private final List<Column> hidden;
  private final List<Column> partitionKey;
  private final List<Column> clusteringColumns;
  private final List<Column> primaryKey;
  private final List<Column> valueColumns;
  private final boolean isStatic;
  private final Map<String, Column> byName = new HashMap<>();
  private final TableCql cql;
  private final Map<String, List<IndexRule>> indexRules;

  /**
   * @param columns the primary key first
   */
  Table(Facts facts, List<Column> columns, Limits limits) {
    this(facts, columns, limits, List.of());
  }

  private Table(Facts facts, List<Column> columns, Limits limits, List<Column> hidden) {
    this.facts = facts;
    this.columns = columns;
    this.hidden = hidden;
    this.limits = limits;
    partitionKey = only(Column::isPartitionKey);
    clusteringColumns = only(Column::isClustering);
    primaryKey = only(Column::isKey);
    valueColumns = only(column -> !column.isKey());
    isStatic = !valueColumns.isEmpty() && valueColumns.stream().allMatch(Column::isStatic);
    columns.forEach(column -> byName.put(column.name(), column));
    cql = TableCql.of(facts.cqlName(), columns, primaryKey);
    indexRules =
        limits.onColumns().stream()
            .collect(
                Collectors.groupingBy(
                    index -> index.column().name(),
                    Collectors.mapping(IndexRule::of, Collectors.toUnmodifiableList())));
  }

  private List<Column> only(Predicate<Column> which) {
    return columns.stream().filter(which).toList();
  }

  /**
   * The same table with fewer columns: without those that are not visible there are no indexes on
   * them either. The primary key stays, since rows are named by it.
   */
  public Table narrowedTo(Predicate<Column> visible) {
    Predicate<Column> stays = column -> column.isKey() || visible.test(column);
    List<Column> gone = Stream.concat(hidden.stream(), only(stays.negate()).stream()).toList();
    return gone.isEmpty() ? this : new Table(facts, only(stays), limits.narrowedTo(stays), gone);
  }

  /** Whether there are such columns that it was narrowed by. */
  public boolean hides(Predicate<Column> which) {
    return !hidden.isEmpty() && hidden.stream().anyMatch(which);
  }

  public String keyspace() {
    return facts.keyspace();
  }

  public String name() {
    return facts.name();
  }

  /** {@code keyspace.table} as CQL writes it. */
  public String cqlName() {
    return facts.cqlName();
  }

  /** Another one when it was dropped and made again; empty of a view. */
  public String id() {
    return facts.id();
  }

  /**
   * What bytes mean to the table, as a text: the same for as long as they mean the same, to columns
   * that it was narrowed by, too.
   */
  public String shape() {
    return facts.shape();
  }

  /** What its owner says of it, or nothing. */
  public String comment() {
    return facts.comment();
  }

  /** The TTL in seconds of what is written without one, or 0: of a view always, as it copies. */
  public int defaultTimeToLive() {
    return facts.defaultTimeToLive();
  }

  /** The class that gives rows their tokens, if the driver knows it. */
  public Optional<String> partitioner() {
    return facts.partitioner();
  }

  /** Whether it is a materialized view, which is written through its base table only. */
  public boolean isView() {
    return facts.isView();
  }

  /** Whether its value columns are counters, as then they all are. */
  public boolean isCounter() {
    return facts.isCounter();
  }

  /** What is written of it most often. */
  public TableCql cql() {
    return cql;
  }

  /** All columns: the primary key first, the others by name. */
  public List<Column> columns() {
    return columns;
  }

  /** The column of that name, case-sensitive, if there is one. */
  public Optional<Column> column(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The column of that name, case-sensitive.
   *
   * @throws ApiException {@link ErrorCode#UNKNOWN_COLUMN}, with the name that was probably meant
   */
  public Column require(String name) {
    return require(name, ColumnHints::inQuery);
  }

  /**
   * @param hints what is said of a name that is no column
   * @throws ApiException as the other
   */
  public Column require(String name, BiFunction<List<String>, String, Optional<String>> hints) {
    Column column = byName.get(name);
    if (column == null) {
      String shown = Shown.of(name);
      throw new ApiException(
              ErrorCode.UNKNOWN_COLUMN, "The table %s has no column %s.".formatted(name(), shown))
          .with("column", shown)
          .hint(hints.apply(Column.names(columns), name));
    }
    return column;
  }

  /** How a path is written that has values of these columns. */
  public String path(List<Column> key) {
    return key.stream()
        .map(column -> "/{" + column.name() + "}")
        .collect(Collectors.joining("", ApiPath.ROOT + "/" + keyspace() + "/" + name(), ""));
  }

  /** In key order. */
  public List<Column> partitionKey() {
    return partitionKey;
  }

  /** In key order. */
  public List<Column> clusteringColumns() {
    return clusteringColumns;
  }

  /** The partition key's columns, then the clustering columns. */
  public List<Column> primaryKey() {
    return primaryKey;
  }

  /** The columns that are not in the primary key: static ones and those of rows. */
  public List<Column> valueColumns() {
    return valueColumns;
  }

  public boolean hasStaticColumns() {
    return valueColumns.stream().anyMatch(Column::isStatic);
  }

  /** Whether it has columns besides its key, and all of them are static. */
  public boolean isStatic() {
    return isStatic;
  }

  /** Secondary indexes; a view has none. */
  public List<IndexDefinition> indexes() {
    return limits.indexes();
  }

  /** The secondary indexes that are each on one column. */
  public List<Index> columnIndexes() {
    return limits.onColumns();
  }

  public boolean hasIndexRules() {
    return !indexRules.isEmpty();
  }

  /** What the indexes of a column take of its values. */
  public List<IndexRule> indexRules(String column) {
    return indexRules.getOrDefault(column, List.of());
  }

  /** What may be too long together. */
  public List<KeyLimit> keyLimits() {
    return limits.keys();
  }
}
