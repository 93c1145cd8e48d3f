package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.Reading.AgentReading;
import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.125Z");

  @Test
  void isOneLineWithTheFieldsOfTheBeans() {
    CheckReport check =
        new CheckReport(
            "disk", HealthStatus.DEGRADED, "low", true, Duration.ofNanos(250_000), NOW, false);

    assertThat(json(check, limiter(1.5)))
        .isEqualTo(
            "{\"checks\":[{\"critical\":true,\"detail\":\"low\",\"durationMillis\":0.25,"
                + "\"lastChecked\":\"2026-11-25T12:00:00.125Z\",\"name\":\"disk\",\"stale\":false,"
                + "\"status\":\"DEGRADED\",\"statusCode\":1}],"
                + "\"configSource\":\"defaults\","
                + "\"limiters\":[{\"admittedRequests\":4,\"availablePermits\":97,"
                + "\"averageWaitMillis\":1.5,\"burst\":20,\"capacity\":9007199254740993,"
                + "\"maxWaitMillis\":6.0,\"mode\":\"enforce\",\"name\":\"github_api\","
                + "\"periodMillis\":60000.0,\"permits\":80,\"rejectedRequests\":1,"
                + "\"rejectionRate\":0.2,\"retryAfterMillis\":0,\"totalRequests\":5,\"waiting\":3}],"
                + "\"live\":true,\"livenessIssues\":[],\"pid\":4711,"
                + "\"readinessIssues\":[\"disk is low\"],\"ready\":false,"
                + "\"status\":\"DEGRADED\",\"statusCode\":1,\"uptimeSeconds\":75,"
                + "\"version\":\"1.2.3\"}");
  }

  @Test
  void whyTheFileIsNotInForceIsAFieldWhereItIsSo() {
    CheckReport check =
        new CheckReport("disk", HealthStatus.HEALTHY, "", false, Duration.ZERO, NOW, false);
    String failure = "t.conf:4: '30' has no unit;\nwrite \"30s\"";

    assertThat(parse(json(failure, check, limiter(0))).getString("reloadFailure"))
        .isEqualTo(failure);
    assertThat(parse(json("", check, limiter(0))).root()).doesNotContainKey("reloadFailure");
  }

  @Test
  void anyTextComesBackAsItWasAndIsAsciiOnTheWay() {
    String text =
        "\"quoted\" \\ / \b\f\n\r\t \u0000\u001b\u007f Größe \u2028 \ud83d\ude00 ${a} # //";
    String json =
        json(
            new CheckReport(text, HealthStatus.HEALTHY, text, false, Duration.ZERO, NOW, false),
            limiter(0));

    assertThat(json).matches("[ -~]+");
    Config check = parse(json).getConfigList("checks").get(0);
    assertThat(check.getString("detail")).isEqualTo(text);
    assertThat(check.getString("name")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'\ud83d', '\ufffd'",
    "'a\ude00b', 'a\ufffdb'",
    "'\ude00\ud83d', '\ufffd\ufffd'",
    "'\ud83d\ud83d\ude00', '\ufffd\ud83d\ude00'"
  })
  void halfASurrogatePairIsTheReplacementCharacter(String text, String expected) {
    String json =
        json(
            new CheckReport("disk", HealthStatus.HEALTHY, text, false, Duration.ZERO, NOW, false),
            limiter(0));

    assertThat(json).matches("[ -~]+");
    assertThat(parse(json).getConfigList("checks").get(0).getString("detail")).isEqualTo(expected);
  }

  @Test
  void whatIsNotKnownIsNull() {
    String json =
        json(
            new CheckReport("disk", HealthStatus.HEALTHY, "", false, Duration.ZERO, null, true),
            limiter(Double.NaN));

    assertThat(json).contains("\"lastChecked\":null", "\"averageWaitMillis\":null");
    parse(json);
  }

  private static String json(CheckReport check, LimiterReading limiter) {
    return json("", check, limiter);
  }

  private static String json(String reloadFailure, CheckReport check, LimiterReading limiter) {
    HealthReport report =
        new HealthReport(
            HealthStatus.DEGRADED, false, List.of("disk is low"), true, List.of(), List.of(check));
    HealthReading health = new HealthReading(report, 4711, 75L);
    return StatusJson.of(
        new Reading(
            99,
            Optional.of(new AgentReading("1.2.3", "defaults", reloadFailure)),
            Optional.of(health),
            List.of(limiter),
            NOW),
        health);
  }

  private static LimiterReading limiter(double averageWait) {
    long notADouble = (1L << 53) + 1;
    return new LimiterReading(
        "github_api",
        80,
        60_000,
        20,
        notADouble,
        "enforce",
        97,
        5,
        4,
        1,
        0.2,
        averageWait,
        6,
        3,
        0,
        0);
  }

  private static Config parse(String json) {
    return ConfigFactory.parseString(
        json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }
}
