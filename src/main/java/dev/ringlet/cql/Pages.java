package dev.ringlet.cql;

import dev.ringlet.config.Shutdown;
import dev.ringlet.plan.ReadPlan;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * The pages of a result, one after the other, as fast as they are asked for. Each is within the
 * stream's share of memory; where there is more, the next and larger one is on its way while one is
 * written. A row that is larger than the share waits until there is room for it. Cancelling ends
 * the query that is under way.
 */
public final class Pages {
  /** Of memory that is free, so many times as much as a page has in any case. */
  private static final int LARGE = 4;

  private final ReadPlan plan;
  private final PageFetcher fetcher;
  private final StreamMemory.Share share;
  private final Shutdown shutdown;

  /** The one that is written. */
  private volatile Page page;

  private volatile boolean begun;

  /** What is on its way before it is asked for; it comes to nothing if there is no room for it. */
  private volatile Optional<CompletableFuture<Optional<Page>>> ahead = Optional.empty();

  private Pages(ReadPlan plan, PageFetcher fetcher, StreamMemory.Share share, Shutdown shutdown) {
    this.plan = plan;
    this.fetcher = fetcher;
    this.share = share;
    this.shutdown = shutdown;
  }

  /** Reads the first one. */
  static Uni<Pages> begin(
      ReadPlan plan, PageFetcher fetcher, StreamMemory.Share share, Shutdown shutdown) {
    Pages pages = new Pages(plan, fetcher, share, shutdown);
    return pages
        .held(plan)
        .map(
            first -> {
              pages.page = first;
              return pages;
            });
  }

  /** The first page, which is there. */
  public Page first() {
    return page;
  }

  /** All pages, the first included. To be subscribed to once: then the second is fetched. */
  public Multi<Page> all() {
    return Multi.createBy()
        .repeating()
        .uni(this::next)
        .whilst(one -> one.next().isPresent())
        .onFailure()
        .transform(Failures::ofRead)
        .onTermination()
        .invoke(() -> ahead.ifPresent(Pages::end));
  }

  private static void end(CompletableFuture<?> fetching) {
    fetching.cancel(true);
  }

  private Uni<Page> next() {
    if (!begun) {
      begun = true;
      return Uni.createFrom().item(page).invoke(this::readAhead);
    }
    shutdown.check();
    // who cancels that ends the fetching, too
    Uni<Optional<Page>> there =
        Uni.createFrom()
            .completionStage(
                ahead.orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    ahead = Optional.empty();
    return there
        .chain(found -> found.map(Uni.createFrom()::item).orElseGet(this::fetched))
        .invoke(this::begin);
  }

  private void begin(Page next) {
    page = next;
    boolean unused = share.hold(beyond(next));
    readAhead();
  }

  /** The one that was written is no more. */
  private Uni<Page> fetched() {
    boolean unused = share.hold(0);
    return held(following());
  }

  /**
   * A page that has room. Of rows that are larger than the share, one is looked at, and read again
   * when there is room for it.
   */
  private Uni<Page> held(ReadPlan part) {
    return fetched(part, share.pageBytes())
        .chain(
            found ->
                share.hold(beyond(found))
                    ? Uni.createFrom().item(found)
                    : share
                        .await(beyond(found))
                        .ifNoItem()
                        .after(plan.options().deadline().toWait(System.nanoTime()))
                        .failWith(StreamMemory::full)
                        .chain(() -> fetched(part, share.pageBytes())));
  }

  private Uni<Page> fetched(ReadPlan part, long bytes) {
    return fetcher.part(part, bytes).map(PageFetcher.Part::page);
  }

  private ReadPlan following() {
    return plan.part(page.next(), plan.paging().size());
  }

  private void readAhead() {
    if (page.next().isPresent()) {
      ahead =
          LongStream.of(LARGE * share.pageBytes(), share.pageBytes())
              .filter(bytes -> share.holdOfPlenty(beyond(page) + bytes))
              .mapToObj(this::fetchedAhead)
              .findFirst();
    }
  }

  private CompletableFuture<Optional<Page>> fetchedAhead(long bytes) {
    return Uni.createFrom()
        .deferred(() -> fetched(following(), bytes))
        .map(next -> Optional.of(next).filter(this::hasRoom))
        .subscribeAsCompletionStage();
  }

  private boolean hasRoom(Page next) {
    return share.hold(beyond(page) + next.bytes());
  }

  private long beyond(Page one) {
    return Math.max(0, one.bytes() - share.pageBytes());
  }
}
