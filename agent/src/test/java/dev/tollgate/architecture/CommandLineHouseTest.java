package dev.tollgate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The arrows inside the command line: commands → demo → what other JVMs say. */
class CommandLineHouseTest {
  private static final String CLI = "dev.tollgate.agent.cli";
  private static final String DEMO = CLI + ".demo";
  private static final String JVM = CLI + ".jvm";

  private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

  @Test
  void isAllHere() {
    assertThat(MAIN.stream().map(type -> type.getPackageName())).contains(CLI, DEMO, JVM);
  }

  @Test
  void askingOtherJvmsKnowsNothingOfWhoAsks() {
    mayNotUse(JVM, CLI, DEMO);
  }

  @Test
  void theDemoKnowsNothingOfHowItLooks() {
    mayNotUse(DEMO, CLI);
  }

  @Test
  void theParserOfTheCommandLineStaysThere() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(MAIN);
  }

  @Test
  void noPackagesNeedEachOther() {
    slices().matching(CLI + ".(*)").should().beFreeOfCycles().check(MAIN);
  }

  private static void mayNotUse(String packageName, String... others) {
    noClasses()
        .that()
        .resideInAPackage(packageName)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(MAIN);
  }
}
