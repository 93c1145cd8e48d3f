package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** {@code reload}: limits that change while a program calls and waits. */
@OnEachJdk
class ReloadIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;

      class Reloaded {
        @RateLimited("slow")
        static void slow() {}

        @RateLimited(value = "other", timeout = "0")
        static void other() {}

        @RateLimited(value = "late", timeout = "0")
        static void late() {}

        static String call(Runnable method) {
          try {
            method.run();
            return "passed";
          } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
          }
        }

        static String startWaiting() throws InterruptedException {
          Thread thread = new Thread(() -> System.out.println("waited, " + call(Reloaded::slow)));
          thread.setDaemon(true);
          thread.start();
          while (RateLimiters.get("slow").stats().waiting() == 0) Thread.sleep(1);
          return "waiting";
        }

        public static void main(String[] args) throws Exception {
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(switch (line) {
              case "slow" -> call(Reloaded::slow);
              case "other" -> call(Reloaded::other);
              case "late" -> call(Reloaded::late);
              case "wait" -> startWaiting();
              case "left" -> RateLimiters.get("other").availablePermits();
              default -> Thread.getAllStackTraces().keySet().stream()
                  .anyMatch(thread -> thread.getName().equals("tollgate-reload"));
            });
          }
        }
      }
      """;

  private static final String OTHER = "other { permits = 5, period = 1h }\n";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void aChangedFileLetsWhoWaitsGoEarlierAndTouchesNoOtherLimiter() throws Exception {
    Path conf = replace("reload = 1s", "slow { permits = 1, period = 1h, timeout = 2h }", OTHER);
    try (RunningJvm jvm = start("config=" + conf)) {
      assertThat(jvm.ask("slow")).isEqualTo("passed");
      assertThat(jvm.ask("other")).isEqualTo("passed");
      assertThat(jvm.ask("late")).isEqualTo("UnknownLimiterException");
      assertThat(jvm.ask("wait")).isEqualTo("waiting");

      replace(
          "reload = 1s",
          "slow { permits = 1, period = 10ms, timeout = 2h }",
          OTHER + "late { permits = 1, period = 1h }");

      assertThat(jvm.nextLine()).isEqualTo("waited, passed");
      assertThat(jvm.ask("left")).as("of the limiter that didn't change").isEqualTo("4");
      assertThat(jvm.ask("late")).isEqualTo("passed");
      assertThat(jvm.ask("late")).isEqualTo("RateLimitExceededException");
      String line = "tollgate: reloaded " + conf + ": late defined, 1/1h; slow 1/1h -> 1/10ms";
      assertThat(awaitErr(jvm, line)).filteredOn(line::equals).hasSize(1);
      assertThat(jvm.end().ok().err()).as("told once").hasSize(2);
    }
  }

  @Test
  void aBrokenFileKeepsTheLimitsAndSaysSoOnceUntilItIsMended() throws Exception {
    Path conf = replace("reload = 1s", OTHER);
    try (RunningJvm jvm = start("config=" + conf + ",limiters.slow.permits=1")) {
      assertThat(jvm.ask("other")).isEqualTo("passed");

      replace("reload = 1s", "other { permits = 9,\nperiod = 30 }");
      List<String> err =
          awaitErr(
              jvm,
              "tollgate: not reloaded, the limits stay as they are: "
                  + conf
                  + ":4: tollgate.limiters.other.period can't be read: '30' has no unit; write a"
                  + " number with a unit: 250ms, 30s, 1m, 2h, 1d");
      assertThat(err).hasSize(2);
      assertThat(jvm.ask("left")).isEqualTo("4");
      awaitFailure(
          jvm, conf + ":4: tollgate.limiters.other.period can't be read: '30' has no unit");
      assertThat(statusOf(jvm)).contains("not reloaded: ", "'30' has no unit");
      assertThat(statusOf(jvm, "--json")).contains("\"reloadFailure\":\"" + conf + ":4: ");

      replace("reload = 1s", "other { permits = 10, period = 1h }");
      awaitErr(jvm, "tollgate: reloaded " + conf + ": other 5/1h -> 10/1h");
      assertThat(jvm.ask("left")).as("the same share").isEqualTo("8");
      awaitFailure(jvm, "");
      assertThat(statusOf(jvm)).contains("config ").doesNotContain("not reloaded");
      assertThat(statusOf(jvm, "--json")).contains("configSource").doesNotContain("reloadFailure");
      assertThat(jvm.end().ok().err()).hasSize(3);
    }
  }

  @Test
  void onlyWhereItIsOnAndThereIsAFileIsThereAThreadThatLooks() throws Exception {
    Path conf = replace("", OTHER);
    try (RunningJvm off = start("config=" + conf);
        RunningJvm on = start("reload=1s,config=" + conf);
        RunningJvm fileless = start("reload=1s")) {
      assertThat(off.ask("thread")).isEqualTo("false");
      assertThat(on.ask("thread")).isEqualTo("true");
      assertThat(fileless.ask("thread")).isEqualTo("false");
      awaitFailure(fileless, "reload is on, but there is no file to look at");
      assertThat(fileless.end().ok().err())
          .anyMatch(line -> line.contains("reload is on, but there is no file to look at"));
    }
  }

  /** Writes the file at a stroke, as deployments do. */
  private Path replace(String general, String... limiters) throws IOException {
    String text = "tollgate {\n" + general + "\nlimiters {" + String.join("\n", limiters) + "}\n}";
    Path next = Files.writeString(folder.resolve("next"), text);
    return Files.move(
        next,
        folder.resolve("t.conf"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private RunningJvm start(String arguments) {
    return Jvm.on(jdk).agent(arguments).program(Programs.compile(PROGRAM)).main("Reloaded").start();
  }

  /** What the command says, in one line: where its lines break is up to the folder's name. */
  private String statusOf(RunningJvm jvm, String... arguments) {
    JvmResult status = CommandLine.on(jdk, "status", jvm, arguments).run();
    assertThat(status.exit()).as("%s", status).isBetween(0, 2);
    return String.join(" ", status.out()).replaceAll(" +", " ");
  }

  /** In the agent's bean, whatever stderr is. */
  private static void awaitFailure(RunningJvm jvm, String begin) throws Exception {
    try (Jmx jmx = Jmx.of(jvm)) {
      jmx.await(Jmx.agent(), SOON);
      String failure =
          Deadline.in(SOON)
              .poll(
                  () -> (String) jmx.connection().getAttribute(Jmx.agent(), "ReloadFailure"),
                  text -> text.startsWith(begin) && text.isEmpty() == begin.isEmpty());
      assertThat(failure).startsWith(begin);
      assertThat(failure.isEmpty()).isEqualTo(begin.isEmpty());
    }
  }

  private static List<String> awaitErr(RunningJvm jvm, String line) throws Exception {
    List<String> err = Deadline.in(SOON).poll(jvm::err, lines -> lines.contains(line));
    assertThat(err).contains(line);
    return err;
  }
}
