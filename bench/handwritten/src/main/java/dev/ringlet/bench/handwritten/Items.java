package dev.ringlet.bench.handwritten;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table: a statement for each thing that is done with it, prepared at startup. */
@Startup
@Singleton
public class Items {
  private static final String COLUMNS = "shelf, number, added, amount, id, name, price";

  /** Rows of one request that are written at the same time, as Ringlet does by default. */
  private static final int CONCURRENCY = 128;

  private final QuarkusCqlSession session;
  private final PreparedStatement selectOne;
  private final PreparedStatement selectShelf;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  Items(QuarkusCqlSession session) {
    this.session = session;
    selectOne =
        session.prepare("SELECT " + COLUMNS + " FROM bench.items WHERE shelf = ? AND number = ?");
    selectShelf =
        session.prepare("SELECT " + COLUMNS + " FROM bench.items WHERE shelf = ? LIMIT 100");
    insert =
        session.prepare("INSERT INTO bench.items (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)");
    update =
        session.prepare(
            "UPDATE bench.items SET added = ?, amount = ?, id = ?, name = ?, price = ?"
                + " WHERE shelf = ? AND number = ?");
  }

  /** The item, or null. */
  Uni<Item> find(String shelf, int number) {
    return execute(selectOne.bind(shelf, number)).map(rows -> item(rows.one()));
  }

  Uni<List<Item>> shelf(String shelf) {
    return execute(selectShelf.bind(shelf))
        .map(
            rows ->
                StreamSupport.stream(rows.currentPage().spliterator(), false)
                    .map(Items::item)
                    .toList());
  }

  Uni<Void> insert(Item item) {
    return execute(
            insert.bind(
                item.shelf(),
                item.number(),
                item.added(),
                item.amount(),
                item.id(),
                item.name(),
                item.price()))
        .replaceWithVoid();
  }

  Uni<Void> insertAll(List<Item> items) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUni(this::insert)
        .merge(CONCURRENCY)
        .onItem()
        .ignoreAsUni();
  }

  /** Writes what is not null. */
  Uni<Void> update(String shelf, int number, Item item) {
    BoundStatementBuilder bound = update.boundStatementBuilder();
    if (item.added() != null) {
      bound = bound.set("added", item.added(), Instant.class);
    }
    if (item.amount() != null) {
      bound = bound.setInt("amount", item.amount());
    }
    if (item.id() != null) {
      bound = bound.setUuid("id", item.id());
    }
    if (item.name() != null) {
      bound = bound.setString("name", item.name());
    }
    if (item.price() != null) {
      bound = bound.setDouble("price", item.price());
    }
    return execute(bound.setString("shelf", shelf).setInt("number", number).build())
        .replaceWithVoid();
  }

  private Uni<AsyncResultSet> execute(BoundStatement statement) {
    return Uni.createFrom().completionStage(() -> session.executeAsync(statement));
  }

  private static Item item(Row row) {
    return row == null
        ? null
        : new Item(
            row.getString(0),
            row.getInt(1),
            row.getInstant(2),
            row.get(3, Integer.class),
            row.get(4, UUID.class),
            row.getString(5),
            row.get(6, Double.class));
  }
}
