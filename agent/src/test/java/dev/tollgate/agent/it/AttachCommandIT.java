package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** {@code attach PID} on the command line. */
@OnEachJdk
class AttachCommandIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;

      class Serving {
        @RateLimited("one")
        static String call() {
          return "passed";
        }

        public static void main(String[] args) throws Exception {
          System.out.println(call());
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
              System.out.println(call());
            } catch (RuntimeException e) {
              System.out.println("refused");
            }
          }
        }
      }
      """;

  private static final String ENDS_WHEN_THE_AGENT_LOOKS_FOR_ITS_CONFIGURATION =
      """
      import java.util.Properties;

      class Ending {
        public static void main(String[] args) throws Exception {
          Properties properties = new Properties() {
            @Override
            public String getProperty(String key) {
              if (key.equals("tollgate.config")) {
                Runtime.getRuntime().halt(0);
              }
              return super.getProperty(key);
            }
          };
          properties.putAll(System.getProperties());
          properties.setProperty("tollgate.quiet", "true"); // or nothing is looked for
          System.setProperties(properties);
          System.out.println("ready");
          System.in.read();
        }
      }
      """;

  /** Since then, attaching has no limit of a thousand characters. */
  private static final int TAKES_LONG_ARGUMENTS = 24;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void limitsAProgramThatRunsByAFileNextToTheCommand() throws Exception {
    Path file = folder.resolve("near.conf");
    Files.writeString(file, "tollgate.limiters.one { permits = 9, period = 1h, timeout = 0 }");
    try (RunningJvm jvm = start()) {
      JvmResult attached =
          attach(jvm, "config=near.conf", "limiters.one.permits=1", "health.tools=git,gh")
              .directory(folder)
              .run();

      assertThat(attached.exit()).as("%s", attached).isZero();
      assertThat(attached.err()).isEmpty();
      assertThat(attached.out())
          .singleElement()
          .asString()
          .matches("Tollgate [0-9].* is active in process " + jvm.pid());
      assertThat(jvm.ask("")).isEqualTo("passed");
      assertThat(jvm.ask("")).isEqualTo("refused");
      assertThat(ours(jvm.end().ok()))
          .singleElement()
          .asString()
          .contains(file.toRealPath().toString());
    }
  }

  @Test
  void theJvmMayBeOfAnotherJdkThanTheCommand() {
    for (Jdk command : Jdks.all()) {
      try (RunningJvm jvm = start()) {
        JvmResult attached = CommandLine.on(command, "attach", jvm, one(1)).run();
        assertThat(attached.exit()).as("%s", attached).isZero();
        assertThat(jvm.ask("")).isEqualTo("passed");
        assertThat(jvm.ask("")).isEqualTo("refused");
        JvmResult detached = CommandLine.on(command, "detach", jvm).run();
        assertThat(detached.exit()).as("%s", detached).isZero();
        assertThat(jvm.ask("")).isEqualTo("passed");
        jvm.end().ok();
      }
    }
  }

  @Test
  void aConfigurationThatIsRefusedLeavesTheJvmAsItWas() {
    try (RunningJvm jvm = start()) {
      refused(jvm, "limiters.one.permits", "limiters.one.permits=-1");
      refused(jvm, folder.resolve("absent.conf").toString(), "config=" + folder + "/absent.conf");
      refused(jvm, "enabled is false", "enabled=false");
      for (int i = 0; i < 3; i++) {
        assertThat(jvm.ask("")).isEqualTo("passed");
      }
      assertThat(CommandLine.on(jdk, "attach", jvm, one(1)).run().exit()).isZero();
      assertThat(jvm.ask("")).isEqualTo("passed");
      assertThat(jvm.ask("")).isEqualTo("refused");
      assertThat(ours(jvm.end().ok()))
          .satisfiesExactly(
              line -> assertThat(line).contains("limiters.one.permits"),
              line -> assertThat(line).contains("absent.conf"),
              line -> assertThat(line).contains("limiters, configuration: "));
    }
  }

  @Test
  void whereAnAgentIsAlreadyTheSecondIsRefused() {
    try (RunningJvm jvm = start()) {
      assertThat(CommandLine.on(jdk, "attach", jvm, one(1)).run().exit()).isZero();
      refused(jvm, "already", one(100));
      assertThat(jvm.ask("")).isEqualTo("passed");
      assertThat(jvm.ask("")).isEqualTo("refused");
      jvm.end().ok();
    }
  }

  @Test
  void aJvmThatEndsMeanwhileHasEnded() {
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .option(dynamicLoading())
            .program(Programs.compile(ENDS_WHEN_THE_AGENT_LOOKS_FOR_ITS_CONFIGURATION))
            .main("Ending")
            .start()) {
      assertThat(jvm.nextLine()).isEqualTo("ready");
      noAnswer(jvm, "process " + jvm.pid() + " has ended meanwhile");
    }
  }

  @Test
  void aToolOfTheJdkIsNotLimited() {
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .option(dynamicLoading())
            .main("-m", "jdk.jshell/jdk.internal.jshell.tool.JShellToolProvider")
            .start()) {
      assertThat(jvm.nextLine()).contains("Welcome to JShell");
      refused(jvm, "a tool of the JDK");
    }
  }

  @Test
  void whatCannotBeBroughtThereSaysWhyInALine() {
    try (RunningJvm jvm = start("-XX:-EnableDynamicAgentLoading")) {
      noAnswer(jvm, "Dynamic agent loading is not enabled");
      jvm.end().ok();
    }
    try (RunningJvm jvm = start("-XX:+DisableAttachMechanism")) {
      noAnswer(jvm, "it runs with -XX:+DisableAttachMechanism");
      jvm.end().ok();
    }
    try (RunningJvm jvm = start(dynamicLoading())) {
      String[] tooLong = {"config=" + "x".repeat(2_000)};
      if (jdk.feature() < TAKES_LONG_ARGUMENTS) {
        noAnswer(jvm, "write them into a file", tooLong);
      } else {
        refused(jvm, "xxx, which does not exist", tooLong);
      }
      noAnswer(jvm, "'one' is no key=value", "one");
      assertThat(jvm.ask("")).isEqualTo("passed");
      jvm.end().ok();
    }
    JvmResult nobody =
        Jvm.on(jdk).main("-jar", Artifacts.AGENT.toString(), "attach", "2147483647").run();
    assertThat(nobody.exit()).isEqualTo(3);
    assertThat(nobody.err()).containsExactly("there is no process 2147483647");
  }

  private Jvm attach(RunningJvm jvm, String... arguments) {
    return CommandLine.on(jdk, "attach", jvm, arguments);
  }

  private void refused(RunningJvm jvm, String why, String... arguments) {
    fails(1, jvm, why, arguments);
  }

  private void noAnswer(RunningJvm jvm, String why, String... arguments) {
    fails(3, jvm, why, arguments);
  }

  private void fails(int exit, RunningJvm jvm, String why, String... arguments) {
    JvmResult result = attach(jvm, arguments).run();
    assertThat(result.exit()).as("%s", result).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).singleElement().asString().contains(why);
  }

  private static String[] one(int permits) {
    return new String[] {
      "limiters.one.permits=" + permits, "limiters.one.period=1h", "limiters.one.timeout=0"
    };
  }

  private static List<String> ours(JvmResult result) {
    return result.err().stream().filter(line -> line.startsWith("tollgate:")).toList();
  }

  private RunningJvm start() {
    return start(dynamicLoading());
  }

  private RunningJvm start(String... options) {
    RunningJvm jvm =
        Jvm.on(jdk).option(options).program(Programs.compile(PROGRAM)).main("Serving").start();
    assertThat(jvm.nextLine()).isEqualTo("passed");
    return jvm;
  }

  /** From 21 on the JVM warns of agents that come later, unless it is told of them. */
  private String[] dynamicLoading() {
    return jdk.feature() >= 21 ? new String[] {"-XX:+EnableDynamicAgentLoading"} : new String[0];
  }
}
