package dev.tollgate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of DESIGN.md, "The house": one way, and third-party code where it belongs. */
class RuntimeHouseTest {
  private static final JavaClasses RUNTIME =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath("target/classes");

  @Test
  void isAllHere() {
    assertThat(RUNTIME.stream().map(type -> type.getPackageName()))
        .contains(
            "dev.tollgate.limiter",
            "dev.tollgate.config",
            "dev.tollgate.health.memory",
            "dev.tollgate.jmx")
        .doesNotContain("dev.tollgate.architecture");
  }

  @Test
  void limiterNeedsTheAnnotationsAndTheJdkAlone() {
    mayUse("dev.tollgate.limiter", "dev.tollgate");
  }

  @Test
  void configNeedsWhatItConfiguresAndItsParser() {
    mayUse(
        "dev.tollgate.config",
        "dev.tollgate.limiter",
        "dev.tollgate.health",
        "com.typesafe.config..");
  }

  @Test
  void jmxNeedsLimiterAndHealthAndNoThirdParty() {
    mayUse("dev.tollgate.jmx", "dev.tollgate.limiter", "dev.tollgate.health");
  }

  @Test
  void healthMemoryNeedsOshiAndTheJdksCollectorBeansAlone() {
    mayUse("dev.tollgate.health.memory", "oshi..", "com.sun.management");
  }

  @Test
  void nothingButHealthMemoryKnowsOshi() {
    mayBeUsedBy("oshi..", "dev.tollgate.health.memory");
  }

  @Test
  void nothingButHealthKnowsALogger() {
    mayBeUsedBy("org.slf4j..", "dev.tollgate.health");
  }

  @Test
  void limiterNeedsNoModuleBeyondJavaBase() {
    classes()
        .that()
        .resideInAPackage("dev.tollgate.limiter")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("javax..", "java.lang.management", "java.util.logging", "java.sql")
        .check(RUNTIME);
  }

  @Test
  void noPackagesNeedEachOther() {
    slices().matching("dev.tollgate.(*)..").should().beFreeOfCycles().check(RUNTIME);
  }

  /** Beside itself, the JDK, and annotations that aren't there at run time. */
  private static void mayUse(String packageName, String... others) {
    String[] allowed = new String[others.length + 4];
    System.arraycopy(others, 0, allowed, 4, others.length);
    allowed[0] = packageName;
    allowed[1] = "java..";
    allowed[2] = "javax.management..";
    allowed[3] = "org.jspecify.annotations";
    classes()
        .that()
        .resideInAPackage(packageName)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(RUNTIME);
  }

  private static void mayBeUsedBy(String packages, String user) {
    noClasses()
        .that()
        .resideOutsideOfPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages)
        .check(RUNTIME);
  }
}
