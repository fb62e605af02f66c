package dev.ringlet.bench.mapper;

import com.datastax.oss.driver.api.mapper.annotations.DaoFactory;
import com.datastax.oss.driver.api.mapper.annotations.DaoKeyspace;
import com.datastax.oss.driver.api.mapper.annotations.Mapper;

@Mapper
public interface ItemMapper {
  @DaoFactory
  ItemDao itemDao(@DaoKeyspace String keyspace);
}
