package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.agent.cli.FakeTollgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Where the command line writes: terminals, pipes and files that take nothing. */
@OnEachJdk
class TerminalIT {
  private static final Path FULL = Path.of("/dev/full");

  @Parameter Jdk jdk;

  @Test
  void anOutputThatTakesNothingIsNoSuccess() throws Exception {
    assumeTrue(Files.exists(FULL), "there is no /dev/full on this system");
    try (RunningJvm target = target("health=HEALTHY")) {
      for (String command : List.of("status " + target.pid(), "version", "help", "--help")) {
        JvmResult result = shell(java(command) + " > /dev/full");
        assertThat(result.exit()).as("%s: %s", command, result).isEqualTo(3);
        assertThat(result.err())
            .singleElement()
            .asString()
            .startsWith("the standard output can't be written to: ");
      }
      target.end().ok();
    }
  }

  @Test
  void watchEndsOnceItsReaderHasGone() throws Exception {
    try (RunningJvm target = target("health=HEALTHY")) {
      JvmResult result =
          shell("{ " + java("watch " + target.pid()) + "; echo $? >&2; } | head -n 1");
      assertThat(result.out()).singleElement().asString().startsWith("Tollgate 1.2.3 in process");
      assertThat(result.err()).containsExactly("141");
      assertThat(target.isAlive()).isTrue();
      target.end().ok();
    }
  }

  @Test
  void coloursGoToATerminalThatShowsThem() throws Exception {
    try (RunningJvm target = target("health=HEALTHY")) {
      String status = java("status " + target.pid());
      assertThat(onTerminal("export TERM=xterm; " + status).out())
          .anyMatch(line -> line.contains("\u001b["));
      assertThat(onTerminal("export TERM=dumb; " + status).out())
          .anyMatch(line -> line.contains("health   HEALTHY"))
          .noneMatch(line -> line.contains("\u001b"));
      assertThat(onTerminal("export TERM=xterm NO_COLOR=1; " + status).out())
          .anyMatch(line -> line.contains("health   HEALTHY"))
          .noneMatch(line -> line.contains("\u001b"));
      target.end().ok();
    }
  }

  @Test
  void watchFitsTheTerminalAlsoAfterItHasChanged() throws Exception {
    try (RunningJvm target = target("health=HEALTHY", "limiter=a")) {
      String watch = java("watch " + target.pid());
      try (RunningJvm terminal =
          startOnTerminal("export TERM=xterm; stty rows 5 cols 80; " + watch)) {
        while (!terminal.nextLine().contains(" more lines than fit this terminal")) {
          // The lines that fit.
        }
        target.end().ok();
        List<String> pages = terminal.end().out();
        assertThat(pages).filteredOn(line -> line.contains("\u001b[H")).isNotEmpty();
        // Three lines and the notice; the cursor stands in the fifth row.
        assertThat(pages.subList(0, 4))
            .noneMatch(line -> line.startsWith("live"))
            .last()
            .asString()
            .contains(" more lines than fit this terminal");
      }
    }
  }

  @Test
  void whatTheTargetSaysIsPlainText() throws Exception {
    String evil = "\u001b]0;title\u0007\u001b[2J";
    try (RunningJvm target = target("health=UNHEALTHY", "ready=" + evil, "live=" + evil)) {
      for (String command : List.of("status ", "ready -v ", "live -v ")) {
        JvmResult result = shell(java(command + target.pid()));
        assertThat(result.out()).allMatch(line -> line.matches("[ -~]*"));
        assertThat(result.err()).allMatch(line -> line.matches("[ -~]*"));
        assertThat(String.join("", result.out()) + String.join("", result.err()))
            .contains("?]0;title??[2J");
      }
      target.end().ok();
    }
  }

  private String java(String command) {
    String patience =
        command.contains(" ") && !command.startsWith("-") ? command + " --timeout 1m" : command;
    return jdk.tool("java") + " -Xmx64m -jar " + Artifacts.AGENT + " " + patience;
  }

  private static JvmResult shell(String line) throws IOException {
    try (RunningJvm shell = new RunningJvm(new ProcessBuilder("sh", "-c", line).start())) {
      return shell.end();
    }
  }

  /** By script(1), which gives a command a terminal of its own. */
  private static RunningJvm startOnTerminal(String line) throws IOException {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "there is no script(1) on this system");
    ProcessBuilder builder = new ProcessBuilder(script.toString(), "-qec", line, "/dev/null");
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"));
    return new RunningJvm(builder.start());
  }

  private static JvmResult onTerminal(String line) throws IOException {
    try (RunningJvm terminal = startOnTerminal(line)) {
      return terminal.end();
    }
  }

  private RunningJvm target(String... arguments) {
    RunningJvm jvm =
        Jvm.on(jdk)
            .classPath(Artifacts.locationOf(FakeTollgate.class))
            .main(FakeTollgate.class.getName())
            .main(arguments)
            .start();
    assertThat(jvm.nextLine()).isEqualTo("started");
    return jvm;
  }
}
