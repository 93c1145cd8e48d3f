package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.demo.DemoResult;
import dev.tollgate.agent.cli.demo.RunResult;
import dev.tollgate.agent.cli.demo.Scenario;
import dev.tollgate.agent.cli.demo.Tally;
import dev.tollgate.agent.cli.demo.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class DemoReportTest {
  private static final Scenario SCENARIO = Scenario.standard();

  private final DemoReport report = new DemoReport(SCENARIO, Ansi.OFF);

  @Test
  void showsWhyTheLimiterFits() {
    assertThat(report.introduction())
        .anyMatch(
            line ->
                line.endsWith(
                    "capacity + permits * window / period = 50 + 40 * 5s / 5s = 90 <= 100"))
        .allMatch(DemoReportTest::fits);
  }

  @Test
  void comparesTheRuns() {
    Optional<Waits> waits =
        Optional.of(new Waits(Duration.ofNanos(316_400_000), Duration.ofMillis(1503)));

    assertThat(report.outcome(result(with(150, 0, waits))))
        .containsExactly(
            "",
            "                    calls   200   429   mean wait   max wait     time   calls/s",
            "without the agent     150   100    50           -          -    0.5 s       300",
            "with the agent        150   150     0      316 ms    1503 ms   12.5 s        12",
            "",
            "The server refused 50 of 150 calls without the agent, and none with it.")
        .allMatch(DemoReportTest::fits);
  }

  @Test
  void waitsThatCouldNotBeReadAreNotShownAsNone() {
    assertThat(report.outcome(result(with(150, 0, Optional.empty()))).get(3)).contains("n/a");
  }

  @Test
  void namesEachProblemInsteadOfTheVerdict() {
    List<String> lines = report.outcome(result(with(148, 2, Optional.empty())));

    assertThat(lines)
        .contains(
            "FAILED: with the agent, 2 calls were answered 429",
            "FAILED: with the agent, only 148 of 150 calls were answered 200")
        .noneMatch(line -> line.startsWith("The server refused"));
  }

  private static DemoResult result(RunResult with) {
    Tally without = new Tally(100, 50);
    return new DemoResult(
        SCENARIO, new RunResult(without, without, Duration.ofMillis(500), Optional.empty()), with);
  }

  private static RunResult with(int ok, int refused, Optional<Waits> waits) {
    Tally tally = new Tally(ok, refused);
    return new RunResult(tally, tally, Duration.ofMillis(12_500), waits);
  }

  private static boolean fits(String line) {
    return line.length() <= 80 && line.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
