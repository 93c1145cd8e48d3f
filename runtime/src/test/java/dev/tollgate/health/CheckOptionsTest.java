package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CheckOptionsTest {
  private static final CheckOptions DEFAULT = CheckOptions.DEFAULT;

  @Test
  void refusesWhatMakesNoSense() {
    refuses(
        () -> DEFAULT.withInterval(Duration.ofMillis(9)),
        "interval is PT0.009S; it must be 10ms to 366d");
    refuses(
        () -> DEFAULT.withInterval(Duration.ofDays(367)),
        "interval is PT8808H; it must be 10ms to 366d");
    refuses(() -> DEFAULT.withTimeout(Duration.ZERO), "timeout is PT0S; it must be 1ms to 366d");
    refuses(() -> DEFAULT.withHysteresis(0, 1), "failures is 0; it must be 1 or more");
    refuses(() -> DEFAULT.withHysteresis(1, 0), "successes is 0; it must be 1 or more");
  }

  @Test
  void whatIsConfiguredWinsAndTheRestStays() {
    CheckOptions given = DEFAULT.withCritical(true).withHysteresis(2, 3);
    assertThat(CheckOverrides.NONE.over(given)).isEqualTo(given);
    assertThat(new CheckOverrides(Duration.ofSeconds(1), null, false, null, 5).over(given))
        .isEqualTo(
            given.withInterval(Duration.ofSeconds(1)).withCritical(false).withHysteresis(2, 5));
    assertThat(new CheckOverrides(null, Duration.ofSeconds(2), null, 4, null).over(given))
        .isEqualTo(given.withTimeout(Duration.ofSeconds(2)).withHysteresis(4, 3));
  }

  @Test
  void whatIsConfiguredForAKindHoldsForEachOfItUnlessThatHasItsOwn() {
    CheckOverrides critical = new CheckOverrides(null, null, true, null, null);
    CheckOverrides patient = new CheckOverrides(null, null, false, 3, null);
    HealthConfig config =
        new HealthConfig(
            true,
            DEFAULT.interval(),
            DEFAULT.timeout(),
            List.of(".", "/"),
            HealthConfig.DEFAULT.disk(),
            HealthConfig.DEFAULT.memory(),
            0.3,
            100,
            0.5,
            20,
            List.of(),
            List.of(),
            Map.of("disk", critical, "disk:/", patient));
    assertThat(config.optionsOf("disk", DEFAULT).critical()).isTrue();
    assertThat(config.optionsOf("disk:.", DEFAULT).critical()).isTrue();
    assertThat(config.optionsOf("disk:/", DEFAULT))
        .isEqualTo(DEFAULT.withCritical(false).withHysteresis(3, 1));
    assertThat(config.optionsOf("memory", DEFAULT)).isEqualTo(DEFAULT);
  }

  private static void refuses(ThrowingCallable making, String why) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
  }
}
