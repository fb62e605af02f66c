package dev.ringlet.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The real configuration with some properties set. */
public final class TestConfig {
  private TestConfig() {}

  public static RingletConfig of(Map<String, String> properties) {
    return all(properties).getConfigMapping(RingletConfig.class);
  }

  /** What is not Ringlet's as well. */
  static SmallRyeConfig all(Map<String, String> properties) {
    return all(new PropertiesConfigSource(properties, "test", 100));
  }

  /** The same of other sources. */
  public static SmallRyeConfig all(ConfigSource... sources) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(RingletConfig.class)
        .withDefaultValue("quarkus.http.idle-timeout", "75S")
        .withProfile("prod")
        .withSources(sources)
        .build();
  }

  public static RingletConfig defaults() {
    return of(Map.of());
  }
}
