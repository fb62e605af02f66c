package dev.ringlet.bench.mapper;

import com.datastax.oss.quarkus.runtime.api.session.QuarkusCqlSession;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@Singleton
public class ItemDaoProducer {
  @Startup
  @Produces
  @Singleton
  ItemDao itemDao(QuarkusCqlSession session) {
    return new ItemMapperBuilder(session).build().itemDao("bench");
  }
}
