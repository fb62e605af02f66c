package dev.ringlet.bench.mapper;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.RestResponse;

/** The way of the extension's quickstart: an entity, and a DAO that the mapper implements. */
@Path("/items")
public final class ItemResource {
  /** Rows of one request that are written at the same time, as Ringlet does by default. */
  private static final int CONCURRENCY = 128;

  private final ItemDao items;

  ItemResource(ItemDao items) {
    this.items = items;
  }

  @GET
  @Path("/{shelf}/{number}")
  public Uni<Item> get(String shelf, int number) {
    return uni(() -> items.find(shelf, number)).onItem().ifNull().failWith(NotFoundException::new);
  }

  @GET
  @Path("/{shelf}")
  public Uni<List<Item>> getShelf(String shelf) {
    return uni(() -> items.shelf(shelf))
        .map(rows -> StreamSupport.stream(rows.currentPage().spliterator(), false).toList());
  }

  @PUT
  @Path("/{shelf}/{number}")
  public Uni<Void> put(String shelf, int number, Item item) {
    item.setShelf(shelf);
    item.setNumber(number);
    return insert(item);
  }

  @PATCH
  @Path("/{shelf}/{number}")
  public Uni<Void> patch(String shelf, int number, Item item) {
    item.setShelf(shelf);
    item.setNumber(number);
    return uni(() -> items.update(item));
  }

  @POST
  public Uni<RestResponse<Void>> post(Item item) {
    URI location = URI.create("/items/" + item.getShelf() + "/" + item.getNumber());
    return insert(item).map(done -> RestResponse.created(location));
  }

  @POST
  @Path("/many")
  public Uni<Written> postMany(List<Item> all) {
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUni(this::insert)
        .merge(CONCURRENCY)
        .onItem()
        .ignoreAsUni()
        .map(done -> new Written(all.size()));
  }

  private Uni<Void> insert(Item item) {
    return uni(() -> items.insert(item));
  }

  private static <T> Uni<T> uni(Supplier<CompletionStage<T>> stage) {
    return Uni.createFrom().completionStage(stage);
  }

  /** How many rows were. */
  public record Written(int written) {}
}
