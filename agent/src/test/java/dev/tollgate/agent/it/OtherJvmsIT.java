package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tollgate.agent.cli.FakeTollgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** The commands about another JVM, with real JVMs whose beans say what a test wants. */
@OnEachJdk
class OtherJvmsIT {
  private static final String NO_SUCH_PROCESS = Integer.toString(Integer.MAX_VALUE);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Parameter Jdk jdk;

  @Test
  void aJvmIsShownAsItIs() throws Exception {
    try (RunningJvm jvm = target(List.of(), "health=DEGRADED", "ready=disk is low", "limiter=a")) {
      JvmResult page = ask("status", jvm.pid());
      assertThat(page.exit()).as("%s", page).isEqualTo(1);
      assertThat(page.err()).isEmpty();
      assertThat(page.out())
          .contains("health   DEGRADED", "ready    no", "         disk is low", "live     yes")
          .anyMatch(line -> line.startsWith("disk* "))
          .anyMatch(line -> line.startsWith("a "))
          .allMatch(line -> line.matches("[ -~]{0,80}"), "fits a terminal");

      JvmResult json = ask("status", "--json", jvm.pid());
      assertThat(json.exit()).isEqualTo(1);
      assertThat(json.err()).isEmpty();
      Config parsed = ConfigFactory.parseString(String.join("\n", json.out()));
      assertThat(parsed.getString("status")).isEqualTo("DEGRADED");
      assertThat(parsed.getLong("pid")).isEqualTo(Long.parseLong(jvm.pid()));
      assertThat(parsed.getConfigList("limiters").get(0).getLong("permits")).isEqualTo(80);

      assertThat(ask("ready", jvm.pid())).isEqualTo(new JvmResult(1, List.of(), List.of()));
      assertThat(ask("ready", "-v", jvm.pid()))
          .isEqualTo(new JvmResult(1, List.of(), List.of("disk is low")));
      assertThat(ask("live", jvm.pid())).isEqualTo(new JvmResult(0, List.of(), List.of()));
      assertThat(command("ready", jvm.pid()).run())
          .isEqualTo(new JvmResult(1, List.of(), List.of()));
      jvm.end().ok();
    }
  }

  @Test
  void aJvmThatHidesFromJpsAndHandlesNoSignalsAnswersToo() {
    try (RunningJvm jvm = target(List.of("-XX:-UsePerfData", "-Xrs"), "health=HEALTHY")) {
      assertThat(ask("status", jvm.pid()).ok().out()).contains("health   HEALTHY");
      jvm.end().ok();
    }
  }

  /** Of remote JMX in a container, say; the second and the third lead nowhere. */
  @Test
  void aJvmAnswersWhateverNameItsHostHasOrIsSaidToHave() {
    for (String option :
        List.of(
            "-Djava.rmi.server.hostname=192.0.2.1",
            "-Djava.rmi.server.hostname=no.such.host.invalid",
            "-Djdk.net.hosts.file=/dev/null")) {
      try (RunningJvm jvm = target(List.of(option), "health=HEALTHY")) {
        assertThat(ask("ready", "-v", jvm.pid()))
            .as("with %s", option)
            .isEqualTo(new JvmResult(0, List.of(), List.of()));
        assertThat(ask("status", jvm.pid()).ok().out()).contains("health   HEALTHY");
        jvm.end().ok();
      }
    }
  }

  @Test
  void watchGoesOnUntilTheJvmEnds() {
    try (RunningJvm jvm = target(List.of(), "health=HEALTHY", "limiter=a");
        RunningJvm watch = command("watch", jvm.pid(), "--timeout", "1m").start()) {
      String title = watch.nextLine();
      assertThat(title).startsWith("Tollgate 1.2.3 in process " + jvm.pid());
      while (!watch.nextLine().matches("a .* 0\\.0 .* 0\\.0")) {
        // The first page has no rates yet.
      }
      jvm.end().ok();
      JvmResult result = watch.end();
      assertThat(result.exit()).isEqualTo(3);
      assertThat(result.out()).allMatch(line -> line.matches("[ -~]{0,80}"));
      assertThat(result.err())
          .containsExactly("process " + jvm.pid() + " has ended, or broken off the connection");
    }
  }

  @Test
  void aProcessThatIsStoppedIsGivenUpOn() throws Exception {
    try (RunningJvm jvm = target(List.of(), "health=HEALTHY")) {
      assertThat(ask("live", jvm.pid()).exit()).isZero();
      signal("-STOP", jvm.pid());
      for (String command : List.of("status", "ready", "watch")) {
        List<String> arguments = new ArrayList<>(List.of(command, jvm.pid(), "--timeout", "1s"));
        if (command.equals("ready")) {
          arguments.add("-v");
        }
        JvmResult result = ask(arguments.toArray(String[]::new));
        assertThat(result.exit()).as("%s", result).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
            .containsExactly(
                "process "
                    + jvm.pid()
                    + " gave no answer within 1s: it is stopped, busy or in a debugger, or can't write to its /tmp");
      }
      signal("-CONT", jvm.pid());
      assertThat(ask("live", jvm.pid()).exit()).isZero();
      jvm.end().ok();
    }
  }

  /**
   * Nor a thread dump, which a JVM prints that is sent the signal of an attach without its file.
   */
  @Test
  void ofACommandThatGaveUpNothingIsLeftOnceTheJvmAnswers(@TempDir Path directory)
      throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/cwd")), "there is no /proc on this system");
    try (RunningJvm jvm = target(directory, List.of(), "health=HEALTHY")) {
      signal("-STOP", jvm.pid());
      assertThat(ask("live", jvm.pid(), "--timeout", "1s").exit()).isEqualTo(3);
      assertThat(directory).isNotEmptyDirectory();
      signal("-CONT", jvm.pid());
      assertThat(ask("live", jvm.pid()).exit()).isZero();
      assertThat(directory).isEmptyDirectory();
      assertThat(jvm.end().ok().out()).containsExactly("started");
    }
  }

  @Test
  void aProcessThatIsNoJvmIsLeftAlone() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/maps")), "there is no /proc on this system");
    // Would end by the signal that attaching sends, and say so.
    Process shell =
        new ProcessBuilder("sh", "-c", "trap 'exit 9' QUIT; while :; do sleep 0.1; done").start();
    try {
      noAnswer("is no JVM", "status", Long.toString(shell.pid()));
      assertThat(shell.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
    } finally {
      shell.destroyForcibly();
    }
  }

  @Test
  void whatCannotBeAskedIsNoAnswerAndOneLine() {
    noAnswer("there is no process " + NO_SUCH_PROCESS, "status", NO_SUCH_PROCESS);
    noAnswer("there is no process " + NO_SUCH_PROCESS, "status", "--json", NO_SUCH_PROCESS);
    noAnswer("'x' is no process id", "ready", "x");
    try (RunningJvm jvm = target(List.of("-XX:+DisableAttachMechanism"), "health=HEALTHY")) {
      noAnswer("it runs with -XX:+DisableAttachMechanism", "status", jvm.pid());
    }
  }

  /** Neither a thread dump among what it prints, nor the end, which the signal would bring. */
  @Test
  void aJvmThatTakesNoAttachIsNotTouched(@TempDir Path folder) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "there is no /proc on this system");
    String disabled = "-XX:+DisableAttachMechanism";
    Path file = Files.writeString(folder.resolve("options"), disabled + "\n");
    List<List<String>> lines =
        List.of(
            List.of("-XX:-UsePerfData", disabled),
            List.of("-XX:-UsePerfData", disabled, "-Xrs"),
            List.of("-XX:-UsePerfData", "-XX:VMOptionsFile=" + file),
            List.of("-XX:-UsePerfData", "@" + file));
    for (List<String> options : lines) {
      try (RunningJvm jvm = target(options, "health=HEALTHY")) {
        noAnswer("it runs with -XX:+DisableAttachMechanism", "status", jvm.pid());
        assertThat(jvm.end().ok().out()).as("%s", options).containsExactly("started");
      }
    }
    Jvm byEnvironment =
        program(null, List.of(), "health=HEALTHY")
            .environment("JAVA_TOOL_OPTIONS", "-XX:-UsePerfData " + disabled);
    try (RunningJvm jvm = started(byEnvironment)) {
      noAnswer("it runs with -XX:+DisableAttachMechanism", "status", jvm.pid());
      assertThat(jvm.end().out()).containsExactly("started");
    }
    // Taken back by a later option, and an argument of the program.
    try (RunningJvm jvm =
        target(
            List.of("-XX:-UsePerfData", disabled, "-XX:-DisableAttachMechanism"),
            "health=HEALTHY",
            "argument=" + disabled)) {
      assertThat(ask("live", jvm.pid()).exit()).isZero();
      assertThat(jvm.end().ok().out()).containsExactly("started");
    }
  }

  @Test
  void aJvmThatWouldEndByTheSignalIsNotSentIt() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "there is no /proc on this system");
    try (RunningJvm jvm = target(List.of("-XX:-UsePerfData", "-Xrs"), "health=HEALTHY")) {
      // As something that tidies up temporary files would.
      Files.delete(Path.of("/tmp", ".java_pid" + jvm.pid()));
      noAnswer("it would end by the signal", "status", jvm.pid());
      jvm.end().ok();
    }
  }

  @Test
  void aForeignBeanWhoseValuesAreNotTakenHidesNoOther() {
    try (RunningJvm jvm = target(List.of(), "health=HEALTHY", "limiter=a", "foreign=b")) {
      JvmResult page = ask("status", jvm.pid());
      assertThat(page.exit()).as("%s", page).isZero();
      assertThat(page.out())
          .anyMatch(line -> line.startsWith("a "))
          .anyMatch(
              line -> line.startsWith("beans    the bean dev.tollgate:type=RateLimiter,name="));
      jvm.end().ok();
    }
  }

  @Test
  void aJvmWithoutTollgateIsNoAnswer() {
    Path program =
        Programs.compile(
            """
            class Idle {
              public static void main(String[] args) throws Exception {
                System.out.println("started");
                System.in.read();
              }
            }
            """);
    try (RunningJvm jvm = Jvm.on(jdk).classPath(program).main("Idle").start()) {
      assertThat(jvm.nextLine()).isEqualTo("started");
      noAnswer("no Tollgate in process " + jvm.pid() + ": start it with", "status", jvm.pid());
      jvm.end().ok();
    }
  }

  @Test
  void aJavaRuntimeThatCannotAttachSaysSo() {
    try (RunningJvm jvm = target(List.of(), "health=HEALTHY")) {
      for (String modules : List.of("java.base", "java.management,jdk.attach")) {
        JvmResult result =
            Jvm.on(jdk)
                .option("--limit-modules", modules)
                .main("-jar", Artifacts.AGENT.toString(), "status", jvm.pid())
                .main("--timeout", "1m")
                .run();
        assertThat(result.exit()).as("%s", result).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).singleElement().asString().contains("this Java runtime lacks");
      }
      jvm.end().ok();
    }
  }

  @Test
  void aJvmOfAnotherUserIsNotAttachedTo() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")) && hasSetpriv(),
        "only root, with setpriv, can run a command as another user");
    try (RunningJvm jvm = target(List.of(), "health=HEALTHY")) {
      Process process =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=65534",
                  "--regid=65534",
                  "--clear-groups",
                  jdk.tool("java").toString(),
                  "-jar",
                  Artifacts.AGENT.toString(),
                  "status",
                  jvm.pid())
              .start();
      Output err = new Output(process.getErrorStream());
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      err.awaitEnd(Deadline.in(PATIENCE));

      assertThat(process.exitValue()).as("%s", err.lines()).isEqualTo(3);
      assertThat(err.lines())
          .containsExactly(
              "process " + jvm.pid() + " belongs to root: run this command as that user");
      jvm.end().ok();
    }
  }

  private void noAnswer(String why, String... arguments) {
    JvmResult result = ask(arguments);
    assertThat(result.exit()).as("%s", result).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).singleElement().asString().contains(why);
  }

  /** With more patience than a user has: this machine may be busy. */
  private JvmResult ask(String... arguments) {
    boolean patient = List.of(arguments).contains("--timeout");
    return patient ? command(arguments).run() : command(arguments).main("--timeout", "1m").run();
  }

  private Jvm command(String... arguments) {
    return Jvm.on(jdk).main("-jar", Artifacts.AGENT.toString()).main(arguments);
  }

  private RunningJvm target(List<String> options, String... arguments) {
    return target(null, options, arguments);
  }

  private RunningJvm target(Path directory, List<String> options, String... arguments) {
    return started(program(directory, options, arguments));
  }

  private Jvm program(Path directory, List<String> options, String... arguments) {
    return Jvm.on(jdk)
        .directory(directory)
        .option(options.toArray(String[]::new))
        .classPath(Artifacts.locationOf(FakeTollgate.class))
        .main(FakeTollgate.class.getName())
        .main(arguments);
  }

  private static RunningJvm started(Jvm program) {
    RunningJvm jvm = program.start();
    assertThat(jvm.nextLine()).isEqualTo("started");
    return jvm;
  }

  private static void signal(String name, String pid) throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/bin/kill")), "there is no kill on this system");
    assertThat(new ProcessBuilder("/bin/kill", name, pid).start().waitFor()).isZero();
  }

  private static boolean hasSetpriv() {
    return Files.isExecutable(Path.of("/usr/bin/setpriv"));
  }
}
