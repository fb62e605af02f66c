package dev.ringlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is loaded by name must be registered, or a native binary does not have it. Only the driver
 * does that: it reads two files and makes the classes that they name (ArchitectureTest sees to it
 * that nothing of ours does).
 */
class NativeTest {
  private static final String REGISTERED =
      "META-INF/native-image/com.datastax.oss/java-driver-core/";

  /** Where the driver looks for a class that is named without its package. */
  private static final List<String> PACKAGES =
      List.of(
          "",
          "com.datastax.oss.driver.internal.core.addresstranslation.",
          "com.datastax.oss.driver.internal.core.auth.",
          "com.datastax.oss.driver.internal.core.connection.",
          "com.datastax.oss.driver.internal.core.loadbalancing.",
          "com.datastax.oss.driver.internal.core.metadata.",
          "com.datastax.oss.driver.internal.core.metadata.schema.",
          "com.datastax.oss.driver.internal.core.metrics.",
          "com.datastax.oss.driver.internal.core.retry.",
          "com.datastax.oss.driver.internal.core.session.throttling.",
          "com.datastax.oss.driver.internal.core.specex.",
          "com.datastax.oss.driver.internal.core.ssl.",
          "com.datastax.oss.driver.internal.core.time.",
          "com.datastax.oss.driver.internal.core.tracker.");

  /** Time, chance, environment, names, keys, and what Netty finds out about the machine. */
  private static final Pattern OF_THE_PROCESS =
      Pattern.compile(
          ".* (?:java\\.lang\\.System\\.(?:nanoTime|currentTimeMillis|getenv|getProperty)"
              + "|java\\.lang\\.(?:Runtime|ProcessHandle|Thread|management\\..*)\\..*"
              + "|java\\.time\\..*\\.(?:now|system.*)|java\\.util\\.UUID\\.randomUUID"
              + "|java\\.util\\.(?:.*Random|Locale\\.getDefault|TimeZone)\\..*"
              + "|java\\.nio\\.charset\\.Charset\\.defaultCharset|java\\.nio\\.file\\..*"
              + "|java\\.net\\.(?:InetAddress|NetworkInterface|InetSocketAddress)\\..*"
              + "|java\\.security\\..*|javax\\.(?:crypto|net)\\..*"
              + "|io\\.netty\\.(?:buffer|channel|util\\.(?:internal|NetUtil)).*)");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/dev/ringlet/local/")) // no product
          .importPackages("dev.ringlet");

  private static final List<Class<?>> FINDING =
      List.of(Map.class, Set.class, Cache.class, AsyncCache.class);

  private static final Config DRIVER =
      ConfigFactory.parseResources("application.conf")
          .withFallback(ConfigFactory.defaultReference(CqlSession.class.getClassLoader()))
          .resolve()
          .getConfig("datastax-java-driver");

  @Test
  void theFilesOfTheDriversSettingsAreInTheBinary() throws IOException {
    String arguments = new String(read("native-image.properties"), StandardCharsets.UTF_8);
    for (String file : List.of("application", "reference")) {
      assertTrue(arguments.contains("IncludeResources=" + file + "\\\\.conf"), file);
    }
  }

  @Test
  void everyClassThatTheyNameIsRegistered() throws Exception {
    Set<String> registered = new TreeSet<>();
    for (JsonNode entry : new ObjectMapper().readTree(read("reflection.json"))) {
      registered.add(entry.get("name").asText());
    }
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, ConfigValue> setting : DRIVER.entrySet()) {
      if (setting.getKey().matches(".*\\b(class|classes)")) {
        names(setting.getValue())
            .map(NativeTest::resolve)
            .filter(type -> !registered.contains(type.getName()))
            .filter(type -> !type.isAnnotationPresent(RegisterForReflection.class))
            .forEach(type -> missing.add(setting.getKey() + " = " + type.getName()));
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(
        names(DRIVER.getValue("advanced.retry-policy.class"))
            .toList()
            .contains(IdempotentRetryPolicy.class.getName()),
        "ours is among them");
  }

  /** The driver's other clock counts from when the machine was booted, in a binary. */
  @Test
  void timestampsAreThoseOfTheJavaClock() {
    assertTrue(DRIVER.getBoolean("advanced.timestamp-generator.force-java-clock"));
  }

  /** As {@link dev.ringlet.Main} has it where there is a JVM. */
  @Test
  void howLongTheAddressOfANameIsRememberedIsSaidWhenABinaryIsBuilt() throws IOException {
    Properties settings = new Properties();
    try (InputStream in = CqlSession.class.getResourceAsStream("/application.properties")) {
      settings.load(in);
    }
    String arguments = settings.getProperty("quarkus.native.additional-build-args");
    assertTrue(List.of(arguments.split(",")).contains("-J-Dsun.net.inetaddr.ttl=2"), arguments);
  }

  /** Quarkus initialises classes when a binary is built: all of its processes would have it. */
  @Test
  void noClassIsInitialisedWithWhatIsOfTheProcessOrTheMachine() {
    assertEquals(Set.of(), computedEarly(OURS));
    assertEquals(
        Set.of("Early java.time.Instant.now", "Early java.lang.System.getenv"),
        computedEarly(new ClassFileImporter().importClasses(Early.class)));
  }

  @SuppressWarnings({"unused", "UnnecessaryLambda", "TimeInStaticInitializer"})
  private static final class Early {
    static final Instant BEGUN = Instant.now();
    static final Supplier<Instant> CLOCK = () -> Instant.now(); // is asked later
    static final Map<String, String> ENVIRONMENT = System.getenv();
  }

  private static Set<String> computedEarly(JavaClasses classes) {
    return classes.stream()
        .flatMap(type -> type.getStaticInitializer().stream())
        .flatMap(initializer -> initializer.getCallsFromSelf().stream())
        .filter(call -> !call.isDeclaredInLambda())
        .map(call -> Map.entry(call.getOriginOwner(), call.getTarget()))
        .map(
            call ->
                "%s %s.%s"
                    .formatted(
                        call.getKey().getSimpleName(),
                        call.getValue().getOwner().getName(),
                        call.getValue().getName()))
        .filter(call -> OF_THE_PROCESS.matcher(call).matches())
        .collect(Collectors.toSet());
  }

  private static Stream<String> names(ConfigValue value) {
    return value.valueType() == ConfigValueType.LIST
        ? ((List<?>) value.unwrapped()).stream().map(String::valueOf)
        : Stream.of(value.unwrapped().toString());
  }

  private static Class<?> resolve(String name) {
    for (String prefix : PACKAGES) {
      try {
        return Class.forName(prefix + name);
      } catch (ClassNotFoundException e) {
        // in another package
      }
    }
    throw new AssertionError("There is no class " + name);
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in =
        CqlSession.class.getClassLoader().getResourceAsStream(REGISTERED + file)) {
      return in.readAllBytes();
    }
  }

  /**
   * The methods that the compiler makes for records are found by invokedynamic, which a binary may
   * interpret: then it takes microseconds to compare two.
   */
  @Test
  void recordsThatAreComparedSayThemselvesHow() throws IOException {
    Set<String> left = new TreeSet<>();
    for (JavaClass compared : Stream.concat(compared(), keys()).toList()) {
      if (compared.isRecord() && isLeftToTheCompiler(compared)) {
        left.add(compared.getName());
      }
    }
    assertEquals(Set.of(), left);
    assertTrue(isLeftToTheCompiler(new ClassFileImporter().importClass(Left.class)));
  }

  private record Left(String name) {}

  private static Stream<JavaClass> compared() {
    return OURS.stream()
        .flatMap(type -> type.getMethodCallsFromSelf().stream())
        .filter(call -> Set.of("equals", "hashCode").contains(call.getName()))
        .map(call -> call.getTarget().getOwner());
  }

  /** Those by which a field finds something. */
  private static Stream<JavaClass> keys() {
    return OURS.stream()
        .flatMap(type -> type.getFields().stream())
        .filter(field -> FINDING.stream().anyMatch(field.getRawType()::isAssignableTo))
        .map(JavaField::getType)
        .filter(JavaParameterizedType.class::isInstance)
        .map(type -> ((JavaParameterizedType) type).getActualTypeArguments().get(0))
        .map(JavaType::toErasure);
  }

  /** Only calls that are found so have the record itself as an argument. */
  private static boolean isLeftToTheCompiler(JavaClass type) throws IOException {
    try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      String code = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      return Stream.of("(L%s;Ljava/lang/Object;)Z", "(L%s;)I")
          .map(descriptor -> descriptor.formatted(type.getName().replace('.', '/')))
          .anyMatch(code::contains);
    }
  }
}
