package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitOverridesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RateLimitConfig base =
      RateLimitConfig.of(80, MINUTE)
          .withBurst(20)
          .withTimeout(Duration.ofSeconds(5))
          .withMode(LimiterMode.OBSERVE)
          .withMaxWaiting(9);

  @Test
  void nothingLeavesEverythingAsItIs() {
    assertThat(RateLimitOverrides.NONE.over(base)).isEqualTo(base);
    assertThat(RateLimitOverrides.NONE.over(base.withCapacity(3))).isEqualTo(base.withCapacity(3));
  }

  @Test
  void eachValueThatIsGivenReplacesItsOwn() {
    assertThat(
            new RateLimitOverrides(90L, null, null, null, null, null, null, null, null).over(base))
        .isEqualTo(with(90, MINUTE));
    assertThat(
            new RateLimitOverrides(
                    null, Duration.ofHours(1), null, null, null, null, null, null, null)
                .over(base))
        .isEqualTo(with(80, Duration.ofHours(1)));
    assertThat(
            new RateLimitOverrides(null, null, 0L, null, null, null, null, null, null).over(base))
        .isEqualTo(base.withBurst(0));
    assertThat(
            new RateLimitOverrides(null, null, null, 7L, null, null, null, null, null).over(base))
        .isEqualTo(base.withCapacity(7));
    assertThat(
            new RateLimitOverrides(null, null, null, null, Duration.ZERO, null, null, null, null)
                .over(base))
        .isEqualTo(base.withTimeout(Duration.ZERO));
    assertThat(
            new RateLimitOverrides(null, null, null, null, null, LimiterMode.OFF, null, null, null)
                .over(base))
        .isEqualTo(base.withMode(LimiterMode.OFF));
    assertThat(new RateLimitOverrides(null, null, null, null, null, null, 0, null, null).over(base))
        .isEqualTo(base.withMaxWaiting(0));
  }

  @Test
  void permitsAndPeriodTogetherDefineALimiterAloneWithTheUsualDefaults() {
    RateLimitOverrides both =
        new RateLimitOverrides(5L, MINUTE, null, null, null, null, null, null, null);
    assertThat(both.definesLimiter()).isTrue();
    assertThat(both.over(null)).isEqualTo(RateLimitConfig.of(5, MINUTE));
    RateLimitOverrides all =
        new RateLimitOverrides(
            5L, MINUTE, 1L, 2L, Duration.ofSeconds(3), LimiterMode.OFF, 4, null, null);
    assertThat(all.over(null))
        .isEqualTo(
            RateLimitConfig.of(5, MINUTE)
                .withBurst(1)
                .withCapacity(2)
                .withTimeout(Duration.ofSeconds(3))
                .withMode(LimiterMode.OFF)
                .withMaxWaiting(4));
    assertThat(all.over(base)).isEqualTo(all.over(null));
  }

  @Test
  void oneOfTheTwoDefinesNone() {
    RateLimitOverrides permits =
        new RateLimitOverrides(5L, null, 9L, 9L, null, null, null, null, null);
    RateLimitOverrides period =
        new RateLimitOverrides(null, MINUTE, 9L, 9L, null, null, null, null, null);
    assertThat(permits.definesLimiter()).isFalse();
    assertThat(period.definesLimiter()).isFalse();
    assertThat(RateLimitOverrides.NONE.definesLimiter()).isFalse();
    assertThatThrownBy(() -> permits.over(null)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> period.over(null)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void valuesThatDoNotGoTogetherAreNamed() {
    RateLimitOverrides short1 =
        new RateLimitOverrides(
            null, Duration.ofNanos(79), null, null, null, null, null, null, null);
    assertThatThrownBy(() -> short1.over(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permits is 80; it must be at most one for each nanosecond of period");
  }

  private RateLimitConfig with(long permits, Duration period) {
    return new RateLimitConfig(
        permits,
        period,
        base.burst(),
        base.explicitCapacity(),
        base.timeout(),
        base.mode(),
        base.maxWaiting(),
        RateLimitConfig.DEFAULT_MAX_KEYS,
        Duration.ZERO);
  }
}
