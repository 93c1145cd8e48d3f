package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** {@code java -jar tollgate-agent.jar demo}, as a user starts it. */
@OnEachJdk
class DemoIT {
  @Parameter Jdk jdk;
  @TempDir Path temporary;

  @Test
  void theServerRefusesCallsWithoutTheAgentAndNoneWithIt() throws IOException {
    long begin = System.nanoTime();
    JvmResult result = demo().run().ok();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    assertThat(result.err()).isEmpty();
    // Printable ASCII, so no escape sequence and no carriage return either.
    assertThat(result.out()).allMatch(line -> line.matches("[ -~]{0,80}"), "fits a terminal");

    List<String> without = row(result, "without the agent");
    assertThat(Integer.parseInt(without.get(2))).as("429s").isPositive();
    List<String> with = row(result, "with the agent");
    assertThat(with.subList(0, 3)).as("calls, 200s, 429s").containsExactly("150", "150", "0");
    assertThat(with.subList(3, 5)).as("waits").allMatch(wait -> wait.endsWith(" ms"));
    assertThat(result.out())
        .contains("Its health with the agent, as read over JMX while it ran")
        .anyMatch(line -> line.startsWith("weaving "));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void leavesNothingBehindWhenItIsEnded() throws Exception {
    try (RunningJvm jvm = demo().start()) {
      while (!jvm.nextLine().startsWith("2  java -javaagent")) {
        // The introduction.
      }
      ProcessHandle demo = ProcessHandle.of(Long.parseLong(jvm.pid())).orElseThrow();
      Deadline deadline = Deadline.in(Duration.ofSeconds(20));
      ProcessHandle client =
          deadline.poll(() -> demo.children().findAny(), child -> child.isPresent()).orElseThrow();
      demo.destroy();

      assertThat(deadline.poll(jvm::isAlive, alive -> !alive)).isFalse();
      assertThat(deadline.poll(client::isAlive, alive -> !alive)).isFalse();
      assertThat(leftovers()).isEmpty();
    }
  }

  private Jvm demo() {
    return Jvm.on(jdk)
        .option("-Djava.io.tmpdir=" + temporary)
        .main("-jar", Artifacts.AGENT.toString(), "demo");
  }

  /** The cells that follow the label. */
  private static List<String> row(JvmResult result, String label) {
    return result.out().stream()
        .filter(line -> line.startsWith(label))
        .findFirst()
        .map(line -> List.of(line.substring(label.length()).strip().split(" {2,}")))
        .orElseThrow();
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }
}
