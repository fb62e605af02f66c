package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import dev.ringlet.plan.ReadPlan;
import dev.ringlet.session.RowObjects;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Reads rows so that what comes at once is limited in bytes. Cassandra counts pages in rows alone,
 * so each statement's rows are weighed, and no more of them asked for than probably are within the
 * limit. What is beyond it all the same is asked for again, in a smaller part.
 */
final class PageFetcher {
  /**
   * Of a row of a statement that is new, if it has few columns: a hundred are asked for at once.
   */
  private static final long UNKNOWN = 10_000;

  /** Statements whose hashes are the same share a place, which costs them a step more at most. */
  private static final int PLACES = 1024;

  /** How fast rows that have become smaller are learnt. */
  private static final int SLOWLY = 8;

  /** By how much a part that was too long for an answer is made smaller. */
  private static final int SMALLER = 4;

  /**
   * Groups that are asked for at least: of their rows Cassandra reads as many at a time. If it were
   * as few as the groups of a small page, it would take very long.
   */
  private static final int GROUPS = 1000;

  private final Function<ReadPlan, Uni<AsyncResultSet>> select;
  private final long maxPage;
  private final AtomicLongArray rowBytes = new AtomicLongArray(PLACES);

  /**
   * @param maxPage bytes of the rows of a page
   */
  PageFetcher(Function<ReadPlan, Uni<AsyncResultSet>> select, long maxPage) {
    this.select = select;
    this.maxPage = maxPage;
  }

  /**
   * @param rows that were asked for
   */
  record Part(Page page, int rows) {
    /** Whether there may be more within the same limits: Cassandra itself ends some pages early. */
    private boolean goesOn() {
      return page.next().isPresent() && page.size() == rows;
    }
  }

  /**
   * As many rows as the plan wants, or as are within the limit of a page.
   *
   * @param kept takes how many bytes of memory have been taken, as soon as they are, and may fail
   */
  Uni<Page> page(ReadPlan plan, LongConsumer kept) {
    return plan.rule().single() || !plan.paging().inPages() ? whole(plan, kept) : paged(plan, kept);
  }

  private Uni<Page> whole(ReadPlan plan, LongConsumer kept) {
    return select
        .apply(plan)
        .map(
            result -> {
              Page page = Page.of(result, plan.projection());
              kept.accept(page.bytes());
              return page;
            });
  }

  private Uni<Page> paged(ReadPlan plan, LongConsumer kept) {
    return part(plan, maxPage)
        .invoke(part -> kept.accept(part.page().bytes()))
        .chain(part -> filled(plan, part.page(), part.goesOn(), kept));
  }

  private Uni<Page> filled(ReadPlan plan, Page page, boolean goesOn, LongConsumer kept) {
    long bytes = maxPage - page.bytes();
    int rows = plan.paging().size() - page.size();
    if (!goesOn || rows <= 0 || bytes < page.bytes() / page.size()) {
      return Uni.createFrom().item(page);
    }
    return part(plan.part(page.next(), rows), bytes)
        .chain(
            part ->
                part.page().bytes() > bytes
                    ? Uni.createFrom().item(page) // it is of the next page
                    : more(plan, page, part, kept));
  }

  private Uni<Page> more(ReadPlan plan, Page page, Part part, LongConsumer kept) {
    kept.accept(part.page().bytes());
    return filled(plan, page.with(part.page()), part.goesOn(), kept);
  }

  /**
   * So many rows as are probably within that many bytes, but one at least and no more than the plan
   * wants. Fails as the driver does if Cassandra's answer is too long with one row alone.
   */
  Uni<Part> part(ReadPlan plan, long bytes) {
    int most =
        plan.paging().pages() == ReadPlan.Pages.GROUPS
            ? Math.max(GROUPS, plan.paging().size())
            : plan.paging().size();
    int rows =
        plan.paging().inPages() ? (int) Math.max(1, Math.min(most, bytes / rowBytes(plan))) : most;
    return part(plan, rows, bytes);
  }

  private Uni<Part> part(ReadPlan plan, int rows, long bytes) {
    return fetched(plan, rows)
        .onFailure(
            failure ->
                rows > 1 && plan.paging().inPages() && failure instanceof FrameTooLongException)
        .recoverWithUni(() -> part(plan, Math.max(1, rows / SMALLER), bytes))
        .chain(part -> within(plan, part, bytes));
  }

  private Uni<Part> fetched(ReadPlan plan, int rows) {
    return select
        .apply(plan.part(plan.paging().place(), rows))
        .map(result -> new Part(Page.of(result, plan.projection()), rows))
        .invoke(part -> weigh(plan, part.page()));
  }

  private Uni<Part> within(ReadPlan plan, Part part, long bytes) {
    Page page = part.page();
    int most = plan.paging().size();
    if (page.size() > most && part.rows() > most) {
      return part(plan, most, bytes);
    }
    // of distinct groups there may be more than were wanted, however few that was: no fewer come
    boolean heeded = page.size() <= part.rows();
    return page.bytes() <= bytes || page.size() <= 1 || !heeded || !plan.paging().inPages()
        ? Uni.createFrom().item(part)
        : part(plan, Math.max(1, (int) (page.size() * bytes / page.bytes()) - 1), bytes);
  }

  private long rowBytes(ReadPlan plan) {
    long known = rowBytes.get(place(plan));
    return Math.max(known == 0 ? UNKNOWN : known, RowObjects.bytes(1, plan.columns()));
  }

  private void weigh(ReadPlan plan, Page page) {
    if (page.size() > 0) {
      long now = page.bytes() / page.size();
      long before = rowBytes.get(place(plan));
      rowBytes.set(place(plan), Math.max(now, before - (before - now) / SLOWLY));
    }
  }

  private static int place(ReadPlan plan) {
    return Math.floorMod(plan.cql().hashCode(), PLACES);
  }
}
