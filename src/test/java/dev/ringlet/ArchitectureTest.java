package dev.ringlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SyncCqlSession;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.ringlet.access.Permission;
import dev.ringlet.access.Unlimited;
import dev.ringlet.admission.Call;
import dev.ringlet.schema.Schema;
import dev.ringlet.schema.Table;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.MultiSubscribe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/**
 * Arrows between the packages point one way: request, header, bytes, value, shape, schema, row,
 * access, guard, plan, session, cql, encode, protocol, admission, identity, site, write, http.
 */
class ArchitectureTest {
  private static final JavaClasses RINGLET =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.ringlet");

  /** How many files a newcomer can take in at a glance. */
  private static final int LARGEST_ROOM = 25;

  /** Methods by which a thread waits, and whose they are. */
  private static final Map<Class<?>, String> WAITS =
      Map.ofEntries(
          Map.entry(Thread.class, "sleep|join"),
          Map.entry(TimeUnit.class, "sleep|timedJoin|timedWait"),
          Map.entry(Object.class, "wait"),
          Map.entry(LockSupport.class, "park.*"),
          Map.entry(Future.class, "get|join"),
          Map.entry(ExecutorService.class, "invokeAll|invokeAny|awaitTermination"),
          Map.entry(CountDownLatch.class, "await"),
          Map.entry(CyclicBarrier.class, "await"),
          Map.entry(Phaser.class, "await.*|arriveAndAwaitAdvance"),
          Map.entry(Exchanger.class, "exchange"),
          Map.entry(Condition.class, "await.*"),
          Map.entry(Semaphore.class, "acquire.*"),
          Map.entry(BlockingQueue.class, "put|take"),
          Map.entry(Uni.class, "await"),
          Map.entry(MultiSubscribe.class, "asIterable|asStream"),
          Map.entry(SyncCqlSession.class, "execute|prepare"));

  /** Each of its methods waits. */
  static final class Waiting {
    void sleeps() throws InterruptedException {
      Thread.sleep(1);
    }

    void sleepsInUnits() throws InterruptedException {
      TimeUnit.SECONDS.sleep(1);
    }

    void getsAResult(CompletableFuture<String> future) throws Exception {
      assertNotNull(future.get());
    }

    void getsAResultInTime(Future<String> future) throws Exception {
      assertNotNull(future.get(1, TimeUnit.SECONDS));
    }

    void joins(CompletableFuture<String> future) {
      assertNotNull(future.join());
    }

    void awaitsALatch(CountDownLatch latch) throws InterruptedException {
      latch.await();
    }

    void acquiresAPermit(Semaphore semaphore) throws InterruptedException {
      semaphore.acquire();
    }

    void takesFromAQueue(BlockingQueue<String> queue) throws InterruptedException {
      assertNotNull(queue.take());
    }

    void executes(CqlSession session) {
      assertNotNull(session.execute("SELECT v FROM t"));
    }
  }

  @Test
  void eachStageKnowsOnlyThoseBeforeIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("error")
        .definedBy("dev.ringlet.error")
        .layer("config")
        .definedBy("dev.ringlet.config")
        .layer("request")
        .definedBy("dev.ringlet.request")
        .layer("header")
        .definedBy("dev.ringlet.header")
        .layer("schema")
        .definedBy("dev.ringlet.schema")
        .layer("bytes")
        .definedBy("dev.ringlet.bytes")
        .layer("value")
        .definedBy("dev.ringlet.value")
        .layer("shape")
        .definedBy("dev.ringlet.shape")
        .layer("body")
        .definedBy("dev.ringlet.body")
        .layer("row")
        .definedBy("dev.ringlet.row")
        .layer("event")
        .definedBy("dev.ringlet.event")
        .layer("access")
        .definedBy("dev.ringlet.access")
        .layer("guard")
        .definedBy("dev.ringlet.guard")
        .layer("identity")
        .definedBy("dev.ringlet.identity")
        .layer("plan")
        .definedBy("dev.ringlet.plan")
        .layer("session")
        .definedBy("dev.ringlet.session")
        .layer("cql")
        .definedBy("dev.ringlet.cql")
        .layer("encode")
        .definedBy("dev.ringlet.encode")
        .layer("openapi")
        .definedBy("dev.ringlet.openapi")
        .layer("protocol")
        .definedBy("dev.ringlet.protocol")
        .layer("admission")
        .definedBy("dev.ringlet.admission")
        .layer("write")
        .definedBy("dev.ringlet.write")
        .layer("http")
        .definedBy("dev.ringlet.http")
        .layer("site")
        .definedBy("dev.ringlet.site")
        .layer("observe")
        .definedBy("dev.ringlet.observe")
        .layer("local")
        .definedBy("dev.ringlet.local")
        .layer("development")
        .definedBy("dev.ringlet.development")
        .optionalLayer("trace")
        .definedBy("dev.ringlet.trace")
        .whereLayer("error")
        .mayNotAccessAnyLayer()
        .whereLayer("config")
        .mayOnlyAccessLayers("error")
        .whereLayer("request")
        .mayOnlyAccessLayers("error", "config")
        .whereLayer("header")
        .mayOnlyAccessLayers("error", "config", "request")
        .whereLayer("schema")
        .mayOnlyAccessLayers("error", "config", "value")
        .whereLayer("bytes")
        .mayOnlyAccessLayers("error")
        .whereLayer("value")
        .mayOnlyAccessLayers("error", "bytes")
        .whereLayer("shape")
        .mayOnlyAccessLayers("value")
        .whereLayer("body")
        .mayOnlyAccessLayers("error", "config")
        .whereLayer("row")
        .mayOnlyAccessLayers("error", "config", "schema", "bytes", "value", "body")
        .whereLayer("event")
        .mayOnlyAccessLayers("error", "config", "body")
        .whereLayer("access")
        .mayOnlyAccessLayers("error", "config", "request", "schema", "value", "row")
        .whereLayer("guard")
        .mayOnlyAccessLayers("error", "config", "request", "schema", "value", "row", "access")
        .whereLayer("plan")
        .mayOnlyAccessLayers(
            "error", "config", "request", "header", "schema", "value", "row", "access", "guard")
        .whereLayer("session")
        .mayOnlyAccessLayers("error", "config")
        .whereLayer("cql")
        .mayOnlyAccessLayers(
            "error", "config", "header", "plan", "guard", "row", "value", "access", "session")
        .whereLayer("observe")
        .mayOnlyAccessLayers("config", "cql")
        .whereLayer("encode")
        .mayOnlyAccessLayers(
            "error", "config", "schema", "bytes", "value", "row", "access", "guard", "plan", "cql")
        .whereLayer("openapi")
        .mayOnlyAccessLayers(
            "error", "config", "request", "header", "schema", "value", "shape", "row", "access",
            "guard", "encode")
        .whereLayer("protocol")
        .mayOnlyAccessLayers("error", "config", "encode", "observe")
        .whereLayer("admission")
        .mayOnlyAccessLayers(
            "error", "config", "request", "access", "encode", "observe", "protocol")
        .whereLayer("identity")
        .mayOnlyAccessLayers("error", "config", "header", "access")
        .whereLayer("write")
        .mayOnlyAccessLayers(
            "error",
            "config",
            "request",
            "header",
            "schema",
            "bytes",
            "value",
            "row",
            "guard",
            "plan",
            "cql",
            "encode",
            "admission",
            "observe")
        .whereLayer("site")
        .mayOnlyAccessLayers("error", "config", "header", "value", "encode", "protocol")
        .whereLayer("http")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("local")
        .mayOnlyBeAccessedByLayers("development")
        .whereLayer("local")
        .mayNotAccessAnyLayer()
        .whereLayer("development")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("trace")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("trace")
        .mayNotAccessAnyLayer()
        .check(RINGLET);
  }

  /** Two classes that need each other are one, or lack a third. */
  @Test
  void noClassesGoInCircles() {
    SlicesRuleDefinition.slices()
        .assignedFrom(new TopLevelClasses())
        .should()
        .beFreeOfCycles()
        .check(RINGLET);
  }

  /** A larger room is two rooms. */
  @Test
  void noRoomIsTooLarge() {
    Map<String, Long> rooms =
        RINGLET.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    rooms.forEach((room, size) -> assertTrue(size <= LARGEST_ROOM, room + " has " + size));
  }

  private static final class TopLevelClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("dev.ringlet")
          ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "classes";
    }
  }

  @Test
  void onlyCqlAndItsSessionSendAnything() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.ringlet.cql", "dev.ringlet.session")
        .and(areOfTheProduct())
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are sessions of the driver",
                type ->
                    type.getSimpleName().endsWith("Session")
                        && !type.isEquivalentTo(SSLSession.class)))
        .check(RINGLET);
  }

  /**
   * A target is made of a permission, and every plan of a target. Permissions are made from rules
   * and grants, and the one to do everything is given where callers are authenticated.
   */
  @Test
  void nothingIsPlannedWithoutAPermission() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ringlet.access")
        .should()
        .callConstructor(
            Permission.class,
            Table.class,
            Set.class,
            Set.class,
            List.class,
            Optional.class,
            Optional.class)
        .check(RINGLET);
    noClasses()
        .that()
        .doNotBelongToAnyOf(Unlimited.class, Call.class)
        .and()
        .doNotHaveFullyQualifiedName("dev.ringlet.http.Authentication")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Unlimited.class)
        .check(RINGLET);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.ringlet.http.Catalog")
        .and()
        .doNotBelongToAnyOf(Schema.class)
        .should()
        .callMethod(Schema.class, "table", Metadata.class, String.class, String.class)
        .check(RINGLET);
  }

  /** All others know a table as the schema shows it to them. */
  @Test
  void theDriversMetadataStayWhereTheyAreRead() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.ringlet.schema", "dev.ringlet.cql", "dev.ringlet.session", "dev.ringlet.local")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are the driver's metadata",
                type ->
                    type.isEquivalentTo(Metadata.class)
                        || type.getPackageName()
                            .startsWith(Metadata.class.getPackageName() + ".schema")))
        .check(RINGLET);
  }

  @Test
  void theStagesBeforeCqlAreSynchronous() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.ringlet.error",
            "dev.ringlet.config",
            "dev.ringlet.request",
            "dev.ringlet.schema",
            "dev.ringlet.value",
            "dev.ringlet.shape",
            "dev.ringlet.row",
            "dev.ringlet.access",
            "dev.ringlet.guard",
            "dev.ringlet.plan")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.smallrye.mutiny..", "io.vertx..")
        .check(RINGLET);
  }

  /** The packaged application has nothing of the others. */
  private static DescribedPredicate<JavaClass> areOfTheProduct() {
    return JavaClass.Predicates.resideOutsideOfPackages(
        "dev.ringlet.local", "dev.ringlet.development");
  }

  /** In a native binary only what is registered can be found by name, as the files of pages are. */
  @Test
  void nothingIsLoadedByName() {
    noClasses()
        .that(areOfTheProduct())
        .and()
        .doNotHaveFullyQualifiedName("dev.ringlet.site.StaticFile")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "finds by name",
                call ->
                    call.getTargetOwner().isAssignableTo(ServiceLoader.class)
                        || call.getTargetOwner().getPackageName().equals("java.lang.reflect")
                        || (call.getTargetOwner().isAssignableTo(Class.class)
                            && call.getTarget()
                                .getName()
                                .matches(
                                    "forName|getResource.*|get(Declared)?(Method|Field|Constructor).*"))
                        || call.getTargetOwner().isAssignableTo(ClassLoader.class)))
        .check(RINGLET);
  }

  /**
   * Caffeine loads a class by name for what is asked of a cache together. Quarkus has those of the
   * usual ones in a native binary; others are to be registered where they are made.
   */
  @Test
  void cachesAreOfTheUsualKinds() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.ringlet.cql.PreparedStatements")
        .and()
        .doNotHaveFullyQualifiedName("dev.ringlet.openapi.Documents")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "asks for what is not usual",
                call ->
                    call.getTargetOwner().isEquivalentTo(Caffeine.class)
                        && !call.getName()
                            .matches("newBuilder|maximumSize|expireAfterWrite|executor|build")))
        .check(RINGLET);
  }

  @Test
  void nothingWaits() {
    waits().check(RINGLET);
  }

  @Test
  void itIsSeenWhenSomethingWaits() {
    JavaClasses waiting = new ClassFileImporter().importClasses(Waiting.class);
    assertEquals(
        Waiting.class.getDeclaredMethods().length,
        waits().evaluate(waiting).getFailureReport().getDetails().size());
  }

  private static ArchRule waits() {
    return noClasses()
        .that(areOfTheProduct())
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "waits",
                call ->
                    WAITS.entrySet().stream()
                        .anyMatch(
                            entry ->
                                call.getTargetOwner().isAssignableTo(entry.getKey())
                                    && call.getTarget().getName().matches(entry.getValue()))));
  }
}
