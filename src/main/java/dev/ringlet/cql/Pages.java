package dev.ringlet.cql;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The pages of a result, one after the other, as fast as they are asked for and one ahead: while a
 * page is written, the next is on its way. More than these two are never in memory. Cancelling ends
 * the query that is under way.
 */
public final class Pages {
  private final Page first;
  private CompletionStage<AsyncResultSet> next;

  private Pages(AsyncResultSet first) {
    this.first = Page.of(first);
    this.next = after(first);
  }

  static Pages of(AsyncResultSet first) {
    return new Pages(first);
  }

  /** The first page, which is there. */
  public Page first() {
    return first;
  }

  /** All pages, the first included. To be subscribed to once. */
  public Multi<Page> all() {
    Multi<Page> others =
        Multi.createBy()
            .repeating()
            .uni(this::fetched)
            .whilst(page -> page.next().isPresent())
            .onFailure()
            .transform(Failures::ofRead)
            .onCancellation()
            .invoke(() -> next.toCompletableFuture().cancel(true));
    Multi<Page> one = Multi.createFrom().item(first);
    return first.next().isPresent() ? Multi.createBy().concatenating().streams(one, others) : one;
  }

  private Uni<Page> fetched() {
    return Uni.createFrom()
        .completionStage(() -> next)
        .onItem()
        .invoke(result -> next = after(result))
        .map(Page::of);
  }

  private static CompletionStage<AsyncResultSet> after(AsyncResultSet result) {
    return result.hasMorePages() ? result.fetchNextPage() : CompletableFuture.completedStage(null);
  }
}
