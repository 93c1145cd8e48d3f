package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.Rates.Rate;
import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.Reading.AgentReading;
import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class StatusPageTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final LimiterReading BUSY =
      new LimiterReading(
          "github_api",
          80,
          60_000,
          20,
          100,
          "enforce",
          37,
          1_234,
          1_200,
          34,
          0.03,
          1.5,
          6,
          2,
          0,
          0);
  private static final LimiterReading OBSERVED =
      new LimiterReading(
          "billing", 500, 1_000, 50, 1_000_000, "observe", 1_000_000, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  @Test
  void showsAllThereIs() {
    HealthReport health =
        new HealthReport(
            HealthStatus.UNHEALTHY,
            false,
            List.of("disk / has 50 MB free, less than 100 MB", "memory is UNHEALTHY"),
            true,
            List.of(),
            List.of(
                check("disk", HealthStatus.UNHEALTHY, "50 MB of 80 GB free", true, 3, false),
                check("memory", HealthStatus.HEALTHY, "", false, 0, false),
                check("tools", HealthStatus.DEGRADED, "git hangs", false, 3_600, true)));

    assertThat(StatusPage.lines(reading(health, List.of(OBSERVED, BUSY)), Ansi.OFF))
        .containsExactly(
            "Tollgate 1.2.3 in process 4711, up 75s",
            "config   /etc/tollgate.conf, arguments",
            "health   UNHEALTHY",
            "ready    no",
            "         disk / has 50 MB free, less than 100 MB",
            "         memory is UNHEALTHY",
            "live     yes",
            "",
            "check       status   age    took   detail",
            "disk*    UNHEALTHY    3s   250us   50 MB of 80 GB free",
            "memory     HEALTHY    0s   250us",
            "tools     DEGRADED   60m   250us   (stale) git hangs",
            "* not ready while this one is UNHEALTHY",
            "",
            "limiter                 tokens  requests  rejected   wait  longest  waiting",
            "billing (observe)  1.00M/1.00M         0         0      0        0        0",
            "github_api              37/100      1234        34  1.5ms      6ms        2")
        .allMatch(StatusPageTest::fits);
  }

  @Test
  void theReadmeShowsAPageAsItIs() throws IOException {
    HealthReport health =
        new HealthReport(
            HealthStatus.DEGRADED,
            true,
            List.of(),
            true,
            List.of(),
            List.of(
                check(
                    "disk",
                    HealthStatus.DEGRADED,
                    "4.2 GB of 80 GB free (5.2 %) at /data",
                    false,
                    3,
                    false),
                check(
                    "memory",
                    HealthStatus.HEALTHY,
                    "6.1 GB of 16 GB available (38.1 %) in the container",
                    false,
                    3,
                    false),
                check("rate-limiters", HealthStatus.HEALTHY, "2 limiters", false, 1, false)));
    LimiterReading billing =
        new LimiterReading(
            "billing", 500, 1_000, 50, 550, "enforce", 550, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    List<String> page = StatusPage.lines(reading(health, List.of(billing, BUSY)), Ansi.OFF);

    assertThat(Files.readString(Path.of("../README.md")))
        .contains("status 4711\n" + String.join("\n", page) + "\n```");
  }

  @Test
  void whyTheFileIsNotInForceStandsBelowWhereTheConfigurationCameFrom() {
    String failure =
        "/etc/tollgate.conf:4: tollgate.limiters.github_api.period can't be read: '30' has no unit;"
            + "\nwrite a number with a unit: 250ms, 30s, 1m, 2h, 1d";
    Reading reading = reading(failure, healthy(), List.of());
    List<String> lines =
        List.of(
            "config   /etc/tollgate.conf, arguments",
            "         not reloaded: /etc/tollgate.conf:4: tollgate.limiters.github_api.period",
            "         can't be read: '30' has no unit; write a number with a unit: 250ms,",
            "         30s, 1m, 2h, 1d",
            "health   HEALTHY");

    assertThat(StatusPage.lines(reading, Ansi.OFF))
        .containsSequence(lines)
        .allMatch(StatusPageTest::fits);
    assertThat(StatusPage.lines(reading, Map.of(), Ansi.OFF)).containsSequence(lines);
  }

  @Test
  void ratesTakeThePlaceOfWaits() {
    Reading reading = reading(healthy(), List.of(OBSERVED, BUSY));

    assertThat(StatusPage.lines(reading, Map.of("github_api", new Rate(12, 11.5, 0.5)), Ansi.OFF))
        .endsWith(
            "limiter                 tokens  requests  rejected  waiting  req/s  adm/s  rej/s",
            "billing (observe)  1.00M/1.00M         0         0        0      -      -      -",
            "github_api              37/100      1234        34        2   12.0   11.5    0.5")
        .allMatch(StatusPageTest::fits);
  }

  @Test
  void aCheckThatHasNotAnsweredYetHasNoAge() {
    CheckReport waiting =
        new CheckReport("disk", HealthStatus.HEALTHY, "", false, Duration.ZERO, null, false);

    assertThat(HealthPage.lines(report(waiting), NOW, Ansi.OFF))
        .contains("disk    HEALTHY   never    0ns");
  }

  @Test
  void aClockThatIsAheadIsNoAge() {
    assertThat(
            HealthPage.lines(
                report(check("disk", HealthStatus.HEALTHY, "", false, -5, false)), NOW, Ansi.OFF))
        .contains("disk    HEALTHY    0s   250us");
  }

  @Test
  void withoutHealthItSaysSoAndShowsTheRest() {
    assertThat(
            StatusPage.lines(
                new Reading(4711, Optional.empty(), Optional.empty(), List.of(BUSY), NOW),
                Ansi.OFF))
        .containsExactly(
            "Tollgate in process 4711",
            "health   unknown: no health checks run there",
            "",
            "limiter      tokens   requests   rejected    wait   longest   waiting",
            "github_api   37/100       1234         34   1.5ms       6ms         2");
  }

  @Test
  void fitsAPageWhateverTheTextsAre() {
    String endless = "x".repeat(300);
    String words = "\u001b[31m\nGröße: " + "no space left on device, ".repeat(30);
    HealthReport health =
        new HealthReport(
            HealthStatus.DEGRADED,
            false,
            List.of(endless, words),
            false,
            List.of(words),
            List.of(
                check(endless, HealthStatus.UNHEALTHY, words, true, 1_000_000, true),
                check("b", HealthStatus.HEALTHY, endless, false, 1_000_000, false)));
    long huge = Long.MAX_VALUE;
    LimiterReading limiter =
        new LimiterReading(
            endless, huge, 1, huge, huge, words, huge, huge, huge, huge, 1, 9e15, 9e15, huge, 0, 0);
    Reading reading =
        new Reading(
            huge,
            Optional.of(new AgentReading(endless, words, words)),
            Optional.of(new HealthReading(health, huge, huge / 1e9)),
            List.of(limiter, BUSY),
            NOW);

    assertThat(StatusPage.lines(reading, Ansi.OFF))
        .allMatch(StatusPageTest::fits)
        .anyMatch(line -> line.length() == 80);
    assertThat(StatusPage.lines(reading, Map.of(endless, new Rate(huge, huge, huge)), Ansi.OFF))
        .allMatch(StatusPageTest::fits);
  }

  @Test
  void coloursAddNothingElse() {
    Reading reading = reading(healthy(), List.of(OBSERVED, BUSY));

    List<String> coloured = StatusPage.lines(reading, Ansi.ON);

    assertThat(coloured).anyMatch(line -> line.contains("\u001b[32mHEALTHY\u001b[0m"));
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d*m", "")).toList())
        .isEqualTo(StatusPage.lines(reading, Ansi.OFF));
  }

  private static Reading reading(HealthReport health, List<LimiterReading> limiters) {
    return reading("", health, limiters);
  }

  private static Reading reading(
      String reloadFailure, HealthReport health, List<LimiterReading> limiters) {
    return new Reading(
        4711,
        Optional.of(new AgentReading("1.2.3", "/etc/tollgate.conf, arguments", reloadFailure)),
        Optional.of(new HealthReading(health, 4711, 75.5)),
        limiters,
        NOW);
  }

  private static HealthReport healthy() {
    return report(check("disk", HealthStatus.HEALTHY, "all free", false, 1, false));
  }

  private static HealthReport report(CheckReport check) {
    return new HealthReport(HealthStatus.HEALTHY, true, List.of(), true, List.of(), List.of(check));
  }

  private static CheckReport check(
      String name, HealthStatus status, String detail, boolean critical, long age, boolean stale) {
    return new CheckReport(
        name, status, detail, critical, Duration.ofNanos(250_000), NOW.minusSeconds(age), stale);
  }

  private static boolean fits(String line) {
    return line.length() <= 80 && line.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
