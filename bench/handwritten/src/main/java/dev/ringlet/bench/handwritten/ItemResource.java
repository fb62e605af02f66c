package dev.ringlet.bench.handwritten;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** What one writes for one table: the session, prepared statements, a record and Jackson. */
@Path("/items")
public final class ItemResource {
  private final Items items;

  ItemResource(Items items) {
    this.items = items;
  }

  @GET
  @Path("/{shelf}/{number}")
  public Uni<Item> get(String shelf, int number) {
    return items.find(shelf, number).onItem().ifNull().failWith(NotFoundException::new);
  }

  @GET
  @Path("/{shelf}")
  public Uni<List<Item>> getShelf(String shelf) {
    return items.shelf(shelf);
  }

  @PUT
  @Path("/{shelf}/{number}")
  public Uni<Void> put(String shelf, int number, Item item) {
    return items.insert(
        new Item(shelf, number, item.added(), item.amount(), item.id(), item.name(), item.price()));
  }

  @PATCH
  @Path("/{shelf}/{number}")
  public Uni<Void> patch(String shelf, int number, Item item) {
    return items.update(shelf, number, item);
  }

  @POST
  public Uni<RestResponse<Void>> post(Item item) {
    URI location = URI.create("/items/" + item.shelf() + "/" + item.number());
    return items.insert(item).map(done -> RestResponse.created(location));
  }

  @POST
  @Path("/many")
  public Uni<Written> postMany(List<Item> all) {
    return items.insertAll(all).map(done -> new Written(all.size()));
  }

  /** How many rows were. */
  public record Written(int written) {}
}
