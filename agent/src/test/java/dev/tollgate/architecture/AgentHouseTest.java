package dev.tollgate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The arrows of DESIGN.md, "The house", in the agent: one way, and each library in one place. */
class AgentHouseTest {
  private static final String AGENT = "dev.tollgate.agent";
  private static final String LIMITER = "dev.tollgate.limiter";
  private static final String CONFIG = "dev.tollgate.config";
  private static final String HEALTH = "dev.tollgate.health";
  private static final String JMX = "dev.tollgate.jmx";
  private static final String REPORT = AGENT + ".report";
  private static final String LINK = AGENT + ".link";
  private static final String HIERARCHY = AGENT + ".hierarchy";
  private static final String WEAVE = AGENT + ".weave";
  private static final String RELOAD = AGENT + ".reload";
  private static final String START = AGENT + ".start";
  private static final String CLI = AGENT + ".cli";

  private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

  @Test
  void isAllHere() {
    assertThat(MAIN.stream().map(type -> type.getPackageName()))
        .contains(AGENT, REPORT, LINK, WEAVE, RELOAD, START)
        .doesNotContain("dev.tollgate.architecture");
  }

  @Test
  void theLauncherNeedsTheJdkAlone() {
    mayUse(AGENT);
  }

  @Test
  void reportNeedsTheBeansHealthAndTheLimiters() {
    mayUse(REPORT, JMX, HEALTH, LIMITER);
  }

  @Test
  void linkNeedsReportAndTheLimiters() {
    mayUse(LINK, REPORT, JMX, LIMITER);
  }

  @Test
  void hierarchyNeedsTheJdkAlone() {
    mayUse(HIERARCHY);
  }

  @Test
  void weaveNeedsWhatIsLinkedReportedAndAboveAndOfByteBuddyNothingButItsClassReader() {
    mayUse(WEAVE, HIERARCHY, LINK, REPORT, CONFIG, JMX, LIMITER, "net.bytebuddy.jar.asm");
  }

  @Test
  void reloadNeedsReportTheConfigurationAndTheLimiters() {
    mayUse(RELOAD, REPORT, CONFIG, LIMITER);
  }

  @Test
  void startIsOnTop() {
    mayUse(START, RELOAD, WEAVE, LINK, REPORT, JMX, HEALTH, LIMITER, CONFIG);
    noClasses()
        .that()
        .resideOutsideOfPackage(START)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(START)
        .check(MAIN);
  }

  @Test
  void theCommandLineStandsApartAndKnowsNothingButTheLauncherOfTheAgent() {
    noClasses()
        .that()
        .resideInAPackage(CLI + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(START, RELOAD, WEAVE, LINK, REPORT)
        .allowEmptyShould(true)
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CLI + "..")
        .check(MAIN);
  }

  @Test
  void noPackagesNeedEachOther() {
    slices().matching(AGENT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  /** Beside itself, the JDK, and annotations that aren't there at run time. */
  private static void mayUse(String packageName, String... others) {
    String[] allowed = new String[others.length + 3];
    System.arraycopy(others, 0, allowed, 3, others.length);
    allowed[0] = packageName;
    allowed[1] = "java..";
    allowed[2] = "org.jspecify.annotations";
    classes()
        .that()
        .resideInAPackage(packageName)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(MAIN);
  }
}
