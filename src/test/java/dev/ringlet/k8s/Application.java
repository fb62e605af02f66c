package dev.ringlet.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.config.RingletConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the manifests must know of the application: where it listens, and what can be set on it.
 *
 * @param config its application.properties
 * @param variables names of environment variables that can be set, as patterns
 */
record Application(SmallRyeConfig config, List<Pattern> variables) {
  private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");
  private static final String CONFIG_MODEL =
      "META-INF/quarkus-config-doc/quarkus-config-model.json";

  /** The one in this project. */
  static Application here() {
    return with(Map.of());
  }

  /** The one in this project, with some properties changed. */
  static Application with(Map<String, String> changed) {
    try {
      return new Application(
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .withSources(
                  new PropertiesConfigSource(PROPERTIES.toUri().toURL()),
                  new PropertiesConfigSource(changed, "changed", Integer.MAX_VALUE))
              .build(),
          Stream.concat(ofQuarkus(), ofRinglet()).toList());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  int httpPort() {
    return config.getValue("quarkus.http.port", int.class);
  }

  int managementPort() {
    return value("quarkus.management.enabled", "false").equals("true")
        ? Integer.parseInt(value("quarkus.management.port", "9000"))
        : httpPort();
  }

  String health() {
    return root() + value("quarkus.smallrye-health.root-path", "health");
  }

  String metrics() {
    return root() + value("quarkus.micrometer.export.prometheus.path", "metrics");
  }

  /** Whether a delay has an effect. */
  boolean delays() {
    return value("quarkus.shutdown.delay-enabled", "false").equals("true");
  }

  private String root() {
    return value("quarkus.management.root-path", "/q") + "/";
  }

  /** What is in application.properties, or what Quarkus has without. */
  String value(String property, String standard) {
    return config.getOptionalValue(property, String.class).orElse(standard);
  }

  boolean knows(String variable) {
    return variables.stream().anyMatch(pattern -> pattern.matcher(variable).matches());
  }

  /** Each extension describes its properties. Those that are fixed at build time cannot be set. */
  private static Stream<Pattern> ofQuarkus() throws IOException {
    ObjectMapper json = new ObjectMapper();
    return Collections.list(Application.class.getClassLoader().getResources(CONFIG_MODEL)).stream()
        .map(model -> read(json, model))
        .flatMap(model -> model.findParents("phase").stream())
        .filter(property -> property.path("phase").asText().equals("RUN_TIME"))
        .flatMap(property -> property.findValuesAsText("property").stream())
        .map(Application::variable);
  }

  private static Stream<Pattern> ofRinglet() {
    return ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(RingletConfig.class))
        .keySet()
        .stream()
        .map(Application::variable);
  }

  private static JsonNode read(ObjectMapper json, URL model) {
    try (InputStream content = model.openStream()) {
      return json.readTree(content);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /**
   * What a user names is in quotes, which are underscores too: with fewer, the variable is ignored.
   * What is named in a map of Ringlet's needs none. The only TLS configuration that Ringlet looks
   * for is cassandra.
   */
  private static Pattern variable(String property) {
    return Pattern.compile(
        property
            .replace("\"tls-bucket-name\"", "cassandra")
            .toUpperCase(Locale.ROOT)
            .replaceAll("\"[^\"]+\"", "_~_")
            .replace('*', '~')
            .replaceAll("[^A-Z0-9~]", "_")
            .replace("~", "[A-Z0-9]+"));
  }
}
