package dev.ringlet.session;

import dev.ringlet.config.RingletConfig;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Those settings of the driver that follow from others. The extension has no property for them, and
 * application.conf cannot depend on anything; but the driver looks at the system properties too,
 * when a session is built.
 */
@Singleton
final class DriverSettings {
  private static final String DRIVER = "datastax-java-driver.";
  private static final String ADVANCED = DRIVER + "advanced.";
  private static final String SESSION_NAME = DRIVER + "basic.session-name";
  private static final String BALANCING = DRIVER + "basic.load-balancing-policy.class";
  private static final String ENGINE_FACTORY = ADVANCED + "ssl-engine-factory.class";
  private static final String LONGEST_FRAME = ADVANCED + "protocol.max-frame-length";
  private static final String KEYSPACES = ADVANCED + "metadata.schema.refreshed-keyspaces.";

  private final Tls tls;
  private final RingletConfig config;

  DriverSettings(Tls tls, RingletConfig config) {
    this.tls = tls;
    this.config = config;
  }

  <T> T applyTo(String sessionName, Supplier<T> building) {
    Map<String, String> settings = settings();
    settings.put(SESSION_NAME, sessionName);
    settings.forEach(System::setProperty);
    try {
      return building.get();
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put(BALANCING, SilentNodesLast.class.getName());
    config.driver().forEach((path, value) -> settings.put(DRIVER + path, value));
    settings.put(LONGEST_FRAME, Long.toString(config.row().maxSize().asLongValue()));
    if (tls.isConfigured()) {
      settings.put(ENGINE_FACTORY, TlsEngineFactory.class.getName());
    }
    List<String> keyspaces = exposedKeyspaces();
    for (int i = 0; i < keyspaces.size(); i++) {
      settings.put(KEYSPACES + i, keyspaces.get(i));
    }
    return settings;
  }

  /** The driver need not read the tables of others; none for all of them. */
  private List<String> exposedKeyspaces() {
    return config.expose().orElse(List.of()).stream()
        .map(entry -> entry.split("\\.", 2)[0])
        .distinct()
        .toList();
  }
}
