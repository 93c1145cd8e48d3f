package dev.tollgate.agent.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private final Scenario standard = Scenario.standard();

  @Test
  void theLimiterStaysUnderTheQuotaWithACallOfEachThreadOnItsWay() {
    assertThat(standard.mostInAnyWindow() + standard.threads())
        .isLessThanOrEqualTo(standard.quota());
  }

  @Test
  void theClientPassesTheQuotaByFar() {
    assertThat(standard.calls()).isGreaterThanOrEqualTo(standard.quota() * 5 / 4);
  }

  @Test
  void takesSecondsNotMinutes() {
    assertThat(standard.expectedTime()).isEqualTo(Duration.ofMillis(12_500));
  }

  @Test
  void aWindowOfManyPeriodsHoldsThePermitsOfEach() {
    RateLimitConfig githubApi = RateLimitConfig.of(80, Duration.ofMinutes(1)).withBurst(20);

    assertThat(new Scenario(5_000, Duration.ofHours(1), githubApi, 1, 1).mostInAnyWindow())
        .isEqualTo(4_900);
  }
}
