package dev.ringlet.plan;

import dev.ringlet.config.Headers;
import dev.ringlet.config.RingletConfig;
import dev.ringlet.error.ApiException;
import dev.ringlet.error.ErrorCode;
import dev.ringlet.guard.Access;
import dev.ringlet.guard.GroupBy;
import dev.ringlet.guard.Guard;
import dev.ringlet.guard.Ordering;
import dev.ringlet.guard.Restriction;
import dev.ringlet.guard.Restrictions;
import dev.ringlet.guard.ScanRules;
import dev.ringlet.guard.Target;
import dev.ringlet.guard.TokenRange;
import dev.ringlet.header.ReadOptions;
import dev.ringlet.request.Grouping;
import dev.ringlet.request.PageTokens;
import dev.ringlet.request.ReadQuery;
import dev.ringlet.request.Selector;
import dev.ringlet.row.Fragment;
import dev.ringlet.row.Value;
import dev.ringlet.schema.Table;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans what GET reads. */
@Singleton
public final class Reads {
  private static final Set<String> ONE_REPLICA = Set.of("ONE", "LOCAL_ONE");

  private final Guard guard;
  private final PageTokens tokens;
  private final int defaultLimit;
  private final int maxLimit;
  private final int streamPage;
  private final long maxAdded;
  private final int maxIn;

  public Reads(RingletConfig config, ScanRules scanRules, PageTokens tokens) {
    this.guard = new Guard(scanRules);
    this.tokens = tokens;
    this.defaultLimit = config.pageSize().standard();
    this.maxLimit = config.pageSize().max();
    this.streamPage = config.stream().pageSize();
    this.maxIn = config.in().max();
    this.maxAdded = config.select().maxBytes().asLongValue();
  }

  /**
   * One page: a row, a partition, a slice of one, or what filters find.
   *
   * @throws ApiException any of the 400s, {@link ErrorCode#FORBIDDEN} for a scan
   */
  public ReadPlan page(Target target, ReadQuery query, ReadOptions options) {
    ReadPlan plan = plan(target, query, options, false);
    return query.after().map(token -> plan.at(tokens.read(plan.identity(), token))).orElse(plan);
  }

  /**
   * All rows, page after page.
   *
   * @throws ApiException as {@link #page}
   */
  public ReadPlan stream(Target target, ReadQuery query, ReadOptions options) {
    if (query.after().isPresent() || query.explain()) {
      String name = query.explain() ? "explain" : "after";
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER, name + " is for answers in application/json.")
          .with("parameter", name);
    }
    return plan(target, query, options.forEach(), true);
  }

  /**
   * The row that is written, as it is stored.
   *
   * @param level a serial one sees every LWT that may have been done
   */
  public ReadPlan written(WritePlan plan, Optional<String> level) {
    return plan(plan.target(), ReadQuery.ALL, plan.options().read(level), false);
  }

  private ReadPlan plan(Target target, ReadQuery query, ReadOptions options, boolean stream) {
    return isByKey(target, query) && !(stream && query.limit().isPresent())
        ? byKey(target, options, stream ? streamPage : pageSize(query))
        : anyPlan(target, query, options, stream);
  }

  /** Whether what the path says is all that there is to say, as for most requests. */
  private static boolean isByKey(Target target, ReadQuery query) {
    return !target.isTable()
        && query.filters().isEmpty()
        && query.isPlain()
        && target.permission().rows().size() <= target.key().size();
  }

  private static ReadPlan byKey(Target target, ReadOptions options, int pageSize) {
    Table table = target.table();
    boolean single = target.isRow();
    return new ReadPlan(
        new Fragment(table.cql().select(target.key().size()), target.key()),
        Projection.all(table.cql().columns()),
        new ReadPlan.Paging(single ? 1 : pageSize, Optional.empty(), ReadPlan.Pages.ROWS, table),
        new ReadPlan.Rule(single ? Access.PRIMARY_KEY : Access.PARTITION_KEY, single, false),
        options);
  }

  private ReadPlan anyPlan(Target target, ReadQuery query, ReadOptions options, boolean stream) {
    Table table = target.table();
    List<Restriction> restrictions = Restrictions.of(target, query.filters());
    Restrictions.requireFew(restrictions, maxIn);
    Ordering ordering = Ordering.of(table, restrictions, query.order());
    ordering.nearest().ifPresent(column -> requireOneReplica(options));
    GroupBy groupBy = GroupBy.of(table, restrictions, query.grouping().columns());
    Access access = guard.access(target, restrictions, ordering, groupBy, query);
    if (ordering.merges()) {
      requireRows(query);
      requireLimit(query);
    }
    boolean whole = ordering.nearest().isPresent() || ordering.merges();
    boolean one = query.isAggregate();
    int pageSize = one || (stream && !ordering.merges()) ? streamPage : pageSize(query);
    boolean limited = whole || (stream && query.limit().isPresent());

    List<Selector> select = selected(table, query);
    Projection projection =
        select.isEmpty()
            ? Projection.all(table.cql().columns())
            : Projection.of(new Selection(table, ordering), select, maxAdded);
    Fragment fetched = projection.fetched();
    Fragment statement =
        Fragment.concat(
            Statements.select(
                table,
                query.grouping().distinct() ? fetched.after("DISTINCT ") : fetched,
                relations(table, restrictions, query)),
            isGrouped(query) ? groupBy.clause() : Fragment.NONE,
            ordering.clause(),
            perPartition(query.grouping()),
            limited ? limit(query) : Fragment.NONE,
            access.filtering() ? Fragment.of(" ALLOW FILTERING") : Fragment.NONE);
    boolean single =
        target.isRow() && query.filters().isEmpty() && !one && !query.grouping().isBy();
    return new ReadPlan(
        statement,
        projection,
        new ReadPlan.Paging(single ? 1 : pageSize, Optional.empty(), pages(query, ordering), table),
        new ReadPlan.Rule(access.rule(), single, ordering.nearest().isPresent()),
        options);
  }

  private static ReadPlan.Pages pages(ReadQuery query, Ordering ordering) {
    if (ordering.merges()) {
      return ReadPlan.Pages.UNPAGED;
    } else if (query.isAggregate() || ordering.nearest().isPresent()) {
      return ReadPlan.Pages.ONE;
    }
    return isGrouped(query) ? ReadPlan.Pages.GROUPS : ReadPlan.Pages.ROWS;
  }

  /**
   * A group of distinct partitions is one of them: without aggregates, nothing is to be made of it.
   * Cassandra 5.0.9 does not heed the page size where it is asked for both.
   */
  private static boolean isGrouped(ReadQuery query) {
    return query.grouping().isBy()
        && (!query.grouping().distinct()
            || query.select().stream().anyMatch(selector -> selector.expression().isAggregate()));
  }

  /** Distinct are, if nothing is said, all columns that can be. */
  private static List<Selector> selected(Table table, ReadQuery query) {
    return query.grouping().distinct() && query.select().isEmpty()
        ? table.columns().stream()
            .filter(column -> column.isPartitionKey() || column.isStatic())
            .map(column -> Selector.of(column.name()))
            .toList()
        : query.select();
  }

  private static List<Fragment> relations(
      Table table, List<Restriction> restrictions, ReadQuery query) {
    List<Fragment> relations = new ArrayList<>(restrictions.size() + 1);
    restrictions.forEach(restriction -> relations.add(restriction.fragment()));
    query.split().ifPresent(split -> relations.add(TokenRange.of(table, split)));
    return relations;
  }

  private static Fragment perPartition(Grouping grouping) {
    return grouping
        .perPartition()
        .map(limit -> Fragment.of(" PER PARTITION LIMIT ?", Value.ofInt("per_partition", limit)))
        .orElse(Fragment.NONE);
  }

  /** Cassandra does not page what it puts in order itself, and makes groups page by page only. */
  private static void requireRows(ReadQuery query) {
    if (query.isAggregate() || isGrouped(query)) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "Rows of several partitions are put in order within one page, and Cassandra makes"
                  + " aggregates and groups in pages: they have no order with in on the partition"
                  + " key.")
          .with("parameter", "order");
    }
  }

  /** Cassandra does not page what it puts in order itself, and nothing is cut unasked. */
  private static void requireLimit(ReadQuery query) {
    if (query.limit().isEmpty()) {
      throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "Rows of several partitions are put in order within one page: give it a limit.")
          .with("parameter", "limit");
    }
  }

  private Fragment limit(ReadQuery query) {
    return Fragment.of(" LIMIT ?", Value.ofInt("limit", query.limit().orElse(defaultLimit)));
  }

  private int pageSize(ReadQuery query) {
    int limit = query.limit().orElse(defaultLimit);
    if (limit > maxLimit) {
      throw new ApiException(
              ErrorCode.LIMIT_EXCEEDED, "A page has %d rows at most.".formatted(maxLimit))
          .with("parameter", "limit")
          .with("limit", "ringlet.page-size.max")
          .with(
              "hint",
              "The header Link leads to the next page; Accept: application/x-ndjson has no"
                  + " maximum.");
    }
    return limit;
  }

  /** Cassandra would silently lower any other level to one replica. */
  private static void requireOneReplica(ReadOptions options) {
    if (!ONE_REPLICA.containsAll(options.consistency().stream().toList())) {
      throw new ApiException(
              ErrorCode.INVALID_HEADER,
              "Cassandra does a vector search at one replica: Cassandra-Consistency is ONE or"
                  + " LOCAL_ONE there.")
          .with("header", Headers.CONSISTENCY);
    }
  }
}
