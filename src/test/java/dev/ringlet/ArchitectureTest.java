package dev.ringlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * Arrows between the packages point one way: request, schema, value, plan, cql, encode, write,
 * http.
 */
class ArchitectureTest {
  private static final JavaClasses RINGLET =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.ringlet");

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
        .layer("schema")
        .definedBy("dev.ringlet.schema")
        .layer("value")
        .definedBy("dev.ringlet.value")
        .layer("plan")
        .definedBy("dev.ringlet.plan")
        .layer("session")
        .definedBy("dev.ringlet.session")
        .layer("cql")
        .definedBy("dev.ringlet.cql")
        .layer("encode")
        .definedBy("dev.ringlet.encode")
        .layer("admission")
        .definedBy("dev.ringlet.admission")
        .layer("write")
        .definedBy("dev.ringlet.write")
        .layer("http")
        .definedBy("dev.ringlet.http")
        .layer("observe")
        .definedBy("dev.ringlet.observe")
        .layer("local")
        .definedBy("dev.ringlet.local")
        .whereLayer("error")
        .mayNotAccessAnyLayer()
        .whereLayer("config")
        .mayOnlyAccessLayers("error")
        .whereLayer("request")
        .mayOnlyAccessLayers("error", "config")
        .whereLayer("schema")
        .mayOnlyAccessLayers("error", "config")
        .whereLayer("value")
        .mayOnlyAccessLayers("error")
        .whereLayer("plan")
        .mayOnlyAccessLayers("error", "config", "request", "schema", "value")
        .whereLayer("session")
        .mayOnlyAccessLayers("error", "config")
        .whereLayer("cql")
        .mayOnlyAccessLayers("error", "config", "request", "plan", "value", "session")
        .whereLayer("observe")
        .mayOnlyAccessLayers("config", "cql")
        .whereLayer("encode")
        .mayOnlyAccessLayers("error", "schema", "value", "plan", "cql")
        .whereLayer("admission")
        .mayOnlyAccessLayers("error", "config", "encode", "observe")
        .whereLayer("write")
        .mayOnlyAccessLayers(
            "error",
            "config",
            "request",
            "schema",
            "value",
            "plan",
            "cql",
            "encode",
            "admission",
            "observe")
        .whereLayer("http")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("local")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("local")
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
        .resideOutsideOfPackages("dev.ringlet.cql", "dev.ringlet.session", "dev.ringlet.local")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are sessions", type -> type.getSimpleName().endsWith("Session")))
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
            "dev.ringlet.plan")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.smallrye.mutiny..", "io.vertx..")
        .check(RINGLET);
  }

  /** In a native binary only what is registered can be found by name. */
  @Test
  void nothingIsLoadedByName() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ringlet.local")
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

  @Test
  void nothingWaits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ringlet.local")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "waits for a result",
                call ->
                    call.getTarget().getName().matches("await|join|execute|prepare")
                        && call.getTargetOwner()
                            .getName()
                            .matches(".*(CompletableFuture|Uni|Multi|CqlSession)")))
        .check(RINGLET);
  }
}
