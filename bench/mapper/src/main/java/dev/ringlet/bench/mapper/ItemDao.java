package dev.ringlet.bench.mapper;

import com.datastax.oss.driver.api.core.MappedAsyncPagingIterable;
import com.datastax.oss.driver.api.mapper.annotations.Dao;
import com.datastax.oss.driver.api.mapper.annotations.Insert;
import com.datastax.oss.driver.api.mapper.annotations.Select;
import com.datastax.oss.driver.api.mapper.annotations.Update;
import com.datastax.oss.driver.api.mapper.entity.saving.NullSavingStrategy;
import java.util.concurrent.CompletionStage;

@Dao
public interface ItemDao {
  @Select
  CompletionStage<Item> find(String shelf, Integer number);

  @Select(customWhereClause = "shelf = :shelf", limit = "100")
  CompletionStage<MappedAsyncPagingIterable<Item>> shelf(String shelf);

  @Insert(nullSavingStrategy = NullSavingStrategy.SET_TO_NULL)
  CompletionStage<Void> insert(Item item);

  @Update(nullSavingStrategy = NullSavingStrategy.DO_NOT_SET)
  CompletionStage<Void> update(Item item);
}
