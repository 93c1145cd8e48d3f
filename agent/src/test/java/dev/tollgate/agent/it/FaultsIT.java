package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults of ours in each stage: the program does what it does without the agent, and the fault is
 * seen.
 */
@OnEachJdk
class FaultsIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;

      class Faulty {
        @RateLimited(value = "defined_here", permits = 1000, period = "1s")
        static int method(int n) {
          return n + 1;
        }

        @RateLimited("github_api")
        static class Type {
          public int outer(int n) {
            return n > 5 ? fail() : inner(n);
          }

          public int inner(int n) {
            return n * 2;
          }

          private int fail() {
            throw new IllegalStateException("the program's own");
          }
        }

        static class Native {
          @RateLimited("github_api")
          static native void missed();

          static int method(int n) {
            return n;
          }
        }

        static class Plain {
          static int method(int n) {
            return n - 1;
          }
        }

        public static void main(String[] args) throws Exception {
          for (int n = 3; n < 7; n++) {
            try {
              System.out.println(Plain.method(Native.method(method(new Type().outer(n)))));
            } catch (IllegalStateException e) {
              System.out.println(e);
            }
          }
          System.out.println("ready");
          System.in.read();
          System.exit(3);
        }
      }
      """;
  private static final String RUNTIME = "java/lang/IllegalStateException";
  private static final String LINKAGE = "java/lang/NoClassDefFoundError";
  private static final String OTHER = "java/util/ServiceConfigurationError";

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "hierarchy.Hierarchy, pass, " + RUNTIME,
    "weave.AnnotationScan, mentionsLimit, " + OTHER,
    "weave.Reach, of, " + RUNTIME,
    "weave.DeclarationReader, read, " + LINKAGE,
    "weave.Planner, plan, " + RUNTIME,
    "weave.ClassWeaver, weave, " + OTHER,
    "weave.WarmUp, before, " + LINKAGE,
    "link.Dispatcher, installer, " + LINKAGE,
    "link.Linker, link, " + RUNTIME,
    "link.Targets, of, " + OTHER,
    "link.EntryDepth, of, " + LINKAGE,
    "start.LoadedClasses, retransform, " + RUNTIME
  })
  void ofTheAgentShowInItsBeanAndOnceOnStderr(String type, String method, String thrown)
      throws Exception {
    showInTheBeanAndOnceOnStderr("agent." + type, method, thrown);
  }

  @ParameterizedTest
  @CsvSource({"limiter.LimiterRegistry, register, " + OTHER, "jmx.HealthBean, of, " + LINKAGE})
  void ofTheRuntimeShowInItsBeanAndOnceOnStderr(String type, String method, String thrown)
      throws Exception {
    showInTheBeanAndOnceOnStderr(type, method, thrown);
  }

  /** Where there is no bean to show it. */
  @ParameterizedTest
  @CsvSource({
    "config.SettingsLoader, load, " + RUNTIME,
    "agent.start.Arrival, atLaunch, " + OTHER,
    "jmx.AgentBean, of, " + OTHER,
    "jmx.BeanPublisher, publish, " + OTHER
  })
  void ofWhatComesUpShowOnceOnStderr(String type, String method, String thrown) throws Exception {
    try (RunningJvm jvm = start(type, method, thrown, "")) {
      // There are no beans before somebody asks for them.
      Jmx.of(jvm).close();
      awaitFault(jvm);
      assertUnharmed(jvm.end());
    }
  }

  /** All other beans are there: this one shows it. */
  @Test
  void ofBeansShowInTheAgentsAndOnceForEachOnStderr() throws Exception {
    try (RunningJvm jvm = start("jmx.RateLimiterBean", "of", RUNTIME, "")) {
      assertShownInTheBean(jvm);
      try (Jmx jmx = Jmx.of(jvm)) {
        assertThat(jmx.connection().isRegistered(new ObjectName("dev.tollgate:type=Health")))
            .isTrue();
      }
      Deadline.in(Duration.ofSeconds(20))
          .poll(jvm::err, err -> err.stream().filter(FaultsIT::tells).count() == 6);
      // The five that are predefined, and the program's own.
      assertUnharmed(jvm.end(), 6);
    }
  }

  /** The second line is for its bean, which isn't there then. */
  @Test
  void ofHealthShowOnStderr() throws Exception {
    try (RunningJvm jvm = start("health.HealthRegistry", "start", OTHER, "")) {
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.limiter("github_api"), Duration.ofSeconds(20));
      }
      assertUnharmed(jvm.end(), 2);
    }
  }

  @Test
  void ofAReloadShowInTheBeanAndOnceOnStderr() throws Exception {
    Path file = Files.writeString(folder.resolve("reload.conf"), "tollgate.reload = 1s");
    try (RunningJvm jvm =
        start("agent.reload.Reload", "run", "java/lang/OutOfMemoryError", "config=" + file)) {
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.agent(), Duration.ofSeconds(20));
        String shown =
            Deadline.in(Duration.ofSeconds(20))
                .poll(
                    () -> (String) jmx.connection().getAttribute(Jmx.agent(), "ReloadFailure"),
                    FaultsIT::tells);
        assertThat(shown).matches(FaultsIT::tells);
      }
      assertUnharmed(jvm.end());
    }
  }

  @Test
  void ofItsOwnLinesOnStderrShowInTheBean() throws Exception {
    try (RunningJvm jvm = start("agent.report.Console", "error", OTHER, "")) {
      assertShownInTheBean(jvm);
      assertUnharmed(jvm.end(), 0);
    }
  }

  private void showInTheBeanAndOnceOnStderr(String type, String method, String thrown)
      throws Exception {
    try (RunningJvm jvm = start(type, method, thrown, "")) {
      assertShownInTheBean(jvm);
      assertUnharmed(jvm.end());
    }
  }

  private static void assertShownInTheBean(RunningJvm jvm) throws Exception {
    try (Jmx jmx = Jmx.of(jvm)) {
      List<Map<String, String>> missed =
          Deadline.in(Duration.ofSeconds(20))
              .poll(() -> jmx.table("Missed"), rows -> rows.stream().anyMatch(FaultsIT::tells));
      assertThat(missed).anyMatch(FaultsIT::tells);
    }
  }

  private RunningJvm start(String type, String method, String thrown, String arguments)
      throws IOException {
    Path broken = BrokenAgent.make(folder.resolve("broken.jar"), type, method, thrown);
    RunningJvm jvm =
        Jvm.on(jdk)
            .agent(broken, arguments)
            .program(Programs.compile(PROGRAM))
            .main("Faulty")
            .start();
    while (!jvm.nextLine().equals("ready")) {
      // Before, not all of the agent has been at work.
    }
    return jvm;
  }

  private static void awaitFault(RunningJvm jvm) throws Exception {
    Deadline.in(Duration.ofSeconds(20)).poll(jvm::err, FaultsIT::tells);
  }

  private void assertUnharmed(JvmResult result) {
    assertUnharmed(result, 1);
  }

  private void assertUnharmed(JvmResult result, int faults) {
    assertThat(result.exit()).as("%s", result).isEqualTo(3);
    assertThat(result.out()).as("%s", result).isEqualTo(withoutTheAgent());
    assertThat(result.err()).as("%s", result).allMatch(line -> line.startsWith("tollgate: "));
    assertThat(result.err().stream().filter(FaultsIT::tells)).as("%s", result).hasSize(faults);
  }

  private List<String> withoutTheAgent() {
    return Jvm.on(jdk).program(Programs.compile(PROGRAM)).main("Faulty").run().out();
  }

  private static boolean tells(List<String> err) {
    return err.stream().anyMatch(FaultsIT::tells);
  }

  private static boolean tells(String line) {
    return line.contains(BrokenAgent.INJECTED);
  }

  private static boolean tells(Map<String, String> row) {
    return row.get("why").contains(BrokenAgent.INJECTED);
  }
}
