package dev.tollgate.agent.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tollgate.agent.cli.FakeConnection;
import dev.tollgate.agent.cli.FakeTicker;
import dev.tollgate.agent.cli.FakeTollgate;
import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TollgateJvmTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final FakeConnection connection = new FakeConnection(server);
  private final FakeTicker ticker = new FakeTicker();
  private final long begin = ticker.nanos();
  private FakeTollgate tollgate;
  private TollgateJvm jvm;

  @BeforeEach
  void connect() throws Exception {
    tollgate = new FakeTollgate(server);
    jvm = TollgateJvm.connect(4711, connection, ticker, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void readsAllThatTheBeansSay() throws Exception {
    tollgate
        .status("DEGRADED")
        .ready("disk is low")
        .check("disk", "UNHEALTHY", "50 MB", true, Date.from(NOW.minusMillis(1)), true)
        .registerAgent()
        .registerHealth()
        .registerLimiter("github_api");
    Reading reading = jvm.read();

    assertThat(reading.agent()).contains(new Reading.AgentReading("1.2.3", "defaults", ""));
    assertThat(reading.time()).isEqualTo(NOW);
    HealthReading health = reading.health().orElseThrow();
    assertThat(health.pid()).isEqualTo(4711);
    assertThat(health.uptimeSeconds()).isEqualTo(75.5);
    assertThat(health.report().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(health.report().ready()).isFalse();
    assertThat(health.report().readinessIssues()).containsExactly("disk is low");
    assertThat(health.report().live()).isTrue();
    assertThat(health.report().checks())
        .containsExactly(
            new CheckReport(
                "disk",
                HealthStatus.UNHEALTHY,
                "50 MB",
                true,
                Duration.ofNanos(250_000),
                NOW.minusMillis(1),
                true));
    assertThat(reading.limiters())
        .containsExactly(
            new LimiterReading(
                "github_api",
                80,
                60_000,
                20,
                100,
                "enforce",
                97,
                5,
                4,
                1,
                0.2,
                1.5,
                6,
                0,
                0,
                begin));
  }

  @Test
  void limitersAreInAlphabeticalOrder() throws Exception {
    List<String> names = List.of("web", "billing", "mcp", "github", "files", "search", "alpha");
    for (String name : names) {
      tollgate.registerLimiter(name);
    }

    assertThat(jvm.read().limiters())
        .extracting(LimiterReading::name)
        .containsExactlyElementsOf(names.stream().sorted().toList());
  }

  @Test
  void waitsForAHealthBeanThatComesSoon() throws Exception {
    tollgate.registerAgent();
    comesAfter(Duration.ofMillis(1_200));

    assertThat(jvm.read().health()).isPresent();
    assertThat(ticker.nanos() - begin).isBetween(millis(1_200), millis(1_300));
  }

  @Test
  void aProbeWaitsForItToo() throws Exception {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> jvm.ask(Probe.LIVENESS))
        .withMessageStartingWith("no Tollgate in process 4711");
    assertThat(ticker.nanos() - begin).isBetween(millis(3_000), millis(3_100));

    tollgate.registerHealth();
    assertThat(jvm.ask(Probe.LIVENESS).yes()).isTrue();
  }

  @Test
  void goesWithoutOnesThatDoNotComeAndWaitsForThemOnlyOnce() throws Exception {
    tollgate.registerLimiter("github_api");

    assertThat(jvm.read().health()).isEmpty();
    assertThat(ticker.nanos() - begin).isBetween(millis(3_000), millis(3_100));
    long then = ticker.nanos();
    Reading reading = jvm.read();
    assertThat(reading.agent()).isEmpty();
    assertThat(reading.limiters()).hasSize(1);
    assertThat(ticker.nanos()).isEqualTo(then);
  }

  @Test
  void aRowOfAnotherShapeIsNoAnswer() throws Exception {
    tollgate.check("disk", "SPLENDID", "", false, null, false).registerHealth();

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(jvm::read)
        .withMessageContaining("has no Status or Checks that this command understands");
  }

  @Test
  void aConnectionThatIsLostIsNoAnswer() throws Exception {
    tollgate.registerHealth();
    connection.lose();

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(jvm::read)
        .withMessage("process 4711 has ended, or broken off the connection");
    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> jvm.ask(Probe.READINESS));
  }

  private void comesAfter(Duration time) {
    connection.beforeReading(
        () -> {
          if (ticker.nanos() - begin >= time.toNanos()) {
            try {
              tollgate.registerHealth();
            } catch (JMException e) {
              throw new AssertionError(e);
            }
          }
        });
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
