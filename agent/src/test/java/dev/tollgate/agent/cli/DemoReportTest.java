package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.demo.DemoResult;
import dev.tollgate.agent.cli.demo.Observation;
import dev.tollgate.agent.cli.demo.RunResult;
import dev.tollgate.agent.cli.demo.Scenario;
import dev.tollgate.agent.cli.demo.Tally;
import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class DemoReportTest {
  private static final Scenario SCENARIO = Scenario.standard();

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final HealthReport HEALTH =
      new HealthReport(
          HealthStatus.HEALTHY,
          true,
          List.of(),
          true,
          List.of(),
          List.of(
              new CheckReport(
                  "disk",
                  HealthStatus.HEALTHY,
                  "40 GB of 80 GB free",
                  false,
                  Duration.ofMillis(1),
                  NOW.minusSeconds(2),
                  false)));
  private static final Observation NOT_ASKED =
      new Observation(Optional.empty(), "there is no process 4711");

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
  void comparesTheRuns() throws InterruptedException {
    Observation seen = seen(HEALTH);

    assertThat(report.outcome(result(with(150, 0, seen))))
        .startsWith(
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
    assertThat(report.outcome(result(with(150, 0, NOT_ASKED))).get(3)).contains("n/a");
  }

  @Test
  void namesEachProblemInsteadOfTheVerdict() {
    List<String> lines = report.outcome(result(with(148, 2, NOT_ASKED)));

    assertThat(lines)
        .contains(
            "FAILED: with the agent, 2 calls were answered 429",
            "FAILED: with the agent, only 148 of 150 calls were answered 200")
        .noneMatch(line -> line.startsWith("The server refused"));
  }

  @Test
  void endsWithTheHealthThatWasReadWhileTheClientRan() throws InterruptedException {
    List<String> lines = report.outcome(result(with(150, 0, seen(HEALTH))));

    assertThat(lines)
        .endsWith(
            "Its health with the agent, as read over JMX while it ran",
            "",
            "health   HEALTHY",
            "ready    yes",
            "live     yes",
            "",
            "check    status   age   took   detail",
            "disk    HEALTHY    2s    1ms   40 GB of 80 GB free")
        .allMatch(DemoReportTest::fits);
  }

  @Test
  void healthThatCouldNotBeReadIsSaidToBeSo() throws InterruptedException {
    assertThat(report.outcome(result(with(150, 0, NOT_ASKED))))
        .endsWith("Its health could not be read: there is no process 4711");
    assertThat(report.outcome(result(with(150, 0, seen(null)))))
        .anyMatch(
            line -> line.startsWith("Its health could not be read: no health in process 4711"))
        .allMatch(DemoReportTest::fits);
  }

  /**
   * @param health null for none
   */
  private static Observation seen(HealthReport health) throws InterruptedException {
    LimiterReading limiter =
        new LimiterReading(
            Scenario.LIMITER,
            40,
            5_000,
            10,
            50,
            "enforce",
            0,
            150,
            150,
            0,
            0,
            316.4,
            1503,
            0,
            0,
            0);
    return Observation.of(
        pid ->
            new Reading(
                pid,
                Optional.empty(),
                Optional.ofNullable(health).map(report -> new HealthReading(report, pid, 13)),
                List.of(limiter),
                NOW),
        4711);
  }

  private static DemoResult result(RunResult with) {
    Tally without = new Tally(100, 50);
    return new DemoResult(
        SCENARIO, new RunResult(without, without, Duration.ofMillis(500), NOT_ASKED), with);
  }

  private static RunResult with(int ok, int refused, Observation seen) {
    Tally tally = new Tally(ok, refused);
    return new RunResult(tally, tally, Duration.ofMillis(12_500), seen);
  }

  private static boolean fits(String line) {
    return line.length() <= 80 && line.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
