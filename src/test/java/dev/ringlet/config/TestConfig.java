package dev.ringlet.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The real configuration with some properties set. */
public final class TestConfig {
  private TestConfig() {}

  public static RingletConfig of(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(RingletConfig.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(RingletConfig.class);
  }

  public static RingletConfig defaults() {
    return of(Map.of());
  }
}
