package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As what a limiter is defined that an agent has adopted. */
class SuccessionTest {
  private final FakeTicker ticker = new FakeTicker(0);
  private final LimiterRegistry own = new LimiterRegistry(ticker);
  private final LimiterRegistry agents = new LimiterRegistry(ticker);
  private final RateLimitConfig hourly = RateLimitConfig.of(4, Duration.ofHours(1));

  @Test
  void aPresetThatTheProgramHasDefinedOtherwiseIsTheProgramsStill() {
    own.register("github_api", hourly);
    handOver(agents);

    assertThatThrownBy(() -> agents.register("github_api", hourly.withBurst(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is defined as 4 for each PT1H");
    assertThat(agents.register("github_api", hourly).config()).isEqualTo(hourly);
  }

  @Test
  void aLimiterThatWasChangedMeanwhileIsStillDefinedAsItWas() {
    own.register("billing", hourly).reconfigure(hourly.withBurst(1));
    handOver(agents);

    assertThat(agents.register("billing", hourly).config()).isEqualTo(hourly.withBurst(1));
  }

  @Test
  void listenersAreToldOfOneThatIsNewToTheAgent() {
    own.register("billing", hourly);
    own.register("github_api", hourly);
    List<String> told = new ArrayList<>();
    agents.onDefined(limiter -> told.add(limiter.name()));
    List<String> before = List.copyOf(told);
    handOver(agents);

    assertThat(told.subList(before.size(), told.size())).containsExactly("billing");
  }

  @Test
  void whereTheConfigurationDoesNotGoWithItItStaysAsItWasAndThatIsTold() {
    RateLimitOverrides period =
        new RateLimitOverrides(null, Duration.ofNanos(1), null, null, null, null, null, null, null);
    LimiterRegistry configured = new LimiterRegistry(ticker, Map.of("billing", period));
    RateLimiter held = own.register("billing", hourly);

    assertThat(own.handOver(new DoorClient(Door.to(configured))))
        .containsExactly(
            "limiter 'billing' stays as the program has it: permits is 4; it must be at most one for"
                + " each nanosecond of period");
    assertThat(held.config()).isEqualTo(hourly);
  }

  private void handOver(LimiterRegistry to) {
    assertThat(own.handOver(new DoorClient(Door.to(to)))).isEmpty();
  }
}
