package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import dev.ringlet.plan.Projection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The pages of a result, one after the other, as fast as they are asked for and one ahead: while a
 * page is written, the next is on its way. More than these two are never in memory. Cancelling ends
 * the query that is under way.
 */
public final class Pages {
  private final AsyncResultSet result;
  private final Projection projection;
  private final Function<ByteBuffer, Uni<AsyncResultSet>> from;
  private final Ending ending;
  private final Page first;
  private volatile boolean cancelled;
  private volatile ByteBuffer place;
  private volatile CompletionStage<AsyncResultSet> next = CompletableFuture.completedStage(null);

  private Pages(
      AsyncResultSet first,
      Projection projection,
      Function<ByteBuffer, Uni<AsyncResultSet>> from,
      Ending ending) {
    this.result = first;
    this.projection = projection;
    this.from = from;
    this.ending = ending;
    this.first = Page.of(first, projection);
  }

  /**
   * @param from the page at a place, of a statement that is prepared anew
   */
  static Pages of(
      AsyncResultSet first,
      Projection projection,
      Function<ByteBuffer, Uni<AsyncResultSet>> from,
      Ending ending) {
    return new Pages(first, projection, from, ending);
  }

  /** The first page, which is there. */
  public Page first() {
    return first;
  }

  /** All pages, the first included. To be subscribed to once: then the second is fetched. */
  public Multi<Page> all() {
    Multi<Page> others =
        Multi.createBy()
            .repeating()
            .uni(this::fetched)
            .whilst(page -> page.next().isPresent())
            .onFailure()
            .transform(Failures::ofRead);
    Multi<Page> one = Multi.createFrom().item(first).onSubscription().invoke(this::begin);
    Multi<Page> all =
        first.next().isPresent() ? Multi.createBy().concatenating().streams(one, others) : one;
    return all.onCancellation().invoke(this::cancel);
  }

  private void cancel() {
    cancelled = true;
    next.toCompletableFuture().cancel(true);
  }

  private void begin() {
    follow(result);
  }

  /** Starts the fetching of the next page, unless nobody wants it any more. */
  private void follow(AsyncResultSet page) {
    place = page.getExecutionInfo().getPagingState();
    next = after(page);
    if (cancelled) {
      next.toCompletableFuture().cancel(true);
    }
  }

  private Uni<Page> fetched() {
    ending.check();
    return Uni.createFrom()
        .completionStage(() -> next)
        .onFailure()
        .transform(Failures::ofDriver)
        .onFailure(NotPreparedException.class)
        .recoverWithUni(() -> from.apply(place))
        .onItem()
        .invoke(this::follow)
        .map(page -> Page.of(page, projection));
  }

  private static CompletionStage<AsyncResultSet> after(AsyncResultSet result) {
    return result.hasMorePages() ? result.fetchNextPage() : CompletableFuture.completedStage(null);
  }
}
