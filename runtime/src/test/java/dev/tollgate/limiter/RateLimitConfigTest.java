package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RateLimitConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RateLimitConfig config = RateLimitConfig.of(500, SECOND);

  @Test
  void hasTheContractsDefaults() {
    assertThat(config)
        .isEqualTo(
            new RateLimitConfig(
                500,
                SECOND,
                0,
                OptionalLong.empty(),
                Duration.ofSeconds(30),
                LimiterMode.ENFORCE,
                Integer.MAX_VALUE,
                RateLimitConfig.DEFAULT_MAX_KEYS,
                Duration.ZERO));
  }

  @Test
  void aBucketHoldsPermitsAndBurstUnlessACapacityIsGiven() {
    assertThat(config.capacity()).isEqualTo(500);
    assertThat(config.withBurst(50).capacity()).isEqualTo(550);
    assertThat(config.withBurst(50).withCapacity(7).capacity()).isEqualTo(7);
    assertThat(config.withCapacity(7).withBurst(50).capacity()).isEqualTo(7);
  }

  @Test
  void eachWithChangesItsOwnValueAndNoOther() {
    RateLimitConfig all =
        config
            .withBurst(1)
            .withCapacity(2)
            .withTimeout(Duration.ofMillis(3))
            .withMode(LimiterMode.OBSERVE)
            .withMaxWaiting(4);
    assertThat(all)
        .isEqualTo(
            new RateLimitConfig(
                500,
                SECOND,
                1,
                OptionalLong.of(2),
                Duration.ofMillis(3),
                LimiterMode.OBSERVE,
                4,
                RateLimitConfig.DEFAULT_MAX_KEYS,
                Duration.ZERO));
    assertThat(all.withMaxWaiting(4).withMode(LimiterMode.OBSERVE).withBurst(1)).isEqualTo(all);
    assertThat(all.withTimeout(Duration.ofMillis(3)).withCapacity(2)).isEqualTo(all);
  }

  @Test
  void permitsAreAtLeastOne() {
    assertInvalid(() -> RateLimitConfig.of(0, SECOND), "permits is 0; it must be at least 1");
    assertInvalid(() -> RateLimitConfig.of(-1, SECOND), "permits is -1; it must be at least 1");
    assertInvalid(
        () -> RateLimitConfig.of(Long.MIN_VALUE, SECOND),
        "permits is -9223372036854775808; it must be at least 1");
    assertValid(() -> RateLimitConfig.of(1, SECOND));
  }

  @Test
  void permitsAreAtMostOneANanosecond() {
    assertValid(() -> RateLimitConfig.of(1_000_000_000, SECOND));
    assertInvalid(
        () -> RateLimitConfig.of(1_000_000_001, SECOND),
        "permits is 1000000001; it must be at most one for each nanosecond of period");
    assertValid(() -> RateLimitConfig.of(1, Duration.ofNanos(1)));
    assertInvalid(
        () -> RateLimitConfig.of(2, Duration.ofNanos(1)),
        "permits is 2; it must be at most one for each nanosecond of period");
  }

  @Test
  void thePeriodIsMoreThanNothingAndAtMostALeapYear() {
    assertInvalid(
        () -> RateLimitConfig.of(1, Duration.ZERO),
        "period is 0ns; it must be more than 0 and at most 366d");
    assertInvalid(() -> RateLimitConfig.of(1, Duration.ofNanos(-1)), "more than 0");
    assertInvalid(() -> RateLimitConfig.of(1, Duration.ofSeconds(Long.MIN_VALUE)), "more than 0");
    assertValid(() -> RateLimitConfig.of(1, Duration.ofDays(366)));
    assertInvalid(() -> RateLimitConfig.of(1, Duration.ofDays(366).plusNanos(1)), "at most 366d");
    assertInvalid(() -> RateLimitConfig.of(1, Duration.ofSeconds(Long.MAX_VALUE)), "at most 366d");
  }

  @Test
  void theBurstIsNotNegativeAndTheBucketNotBeyondWhatIsCounted() {
    assertInvalid(() -> config.withBurst(-1), "burst is -1; it must be 0 or more");
    assertValid(() -> config.withBurst(1_000_000_000_000_000_000L - 500));
    assertInvalid(
        () -> config.withBurst(1_000_000_000_000_000_000L - 499),
        "burst is 999999999999999501; it must be so small that permits + burst are at most 10^18");
    assertInvalid(() -> config.withBurst(Long.MAX_VALUE), "so small that permits + burst");
  }

  @Test
  void theCapacityIsAtLeastOneAndNotBeyondWhatIsCounted() {
    assertInvalid(
        () -> config.withCapacity(0), "capacity is 0; it must be at least 1 and at most 10^18");
    assertInvalid(() -> config.withCapacity(-5), "capacity is -5; it must be at least 1");
    assertValid(() -> config.withCapacity(1));
    assertValid(() -> config.withCapacity(1_000_000_000_000_000_000L));
    assertInvalid(() -> config.withCapacity(1_000_000_000_000_000_001L), "at most 10^18");
  }

  @Test
  void theTimeoutAndTheNumberOfWaitersAreNotNegative() {
    assertInvalid(() -> config.withTimeout(Duration.ofNanos(-1)), "it must be 0 or more");
    assertInvalid(() -> config.withTimeout(Duration.ofNanos(-1)), "timeout is ");
    assertValid(() -> config.withTimeout(Duration.ZERO));
    assertValid(() -> config.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
    assertInvalid(() -> config.withMaxWaiting(-1), "max-waiting is -1; it must be 0 or more");
    assertValid(() -> config.withMaxWaiting(0));
  }

  private static void assertInvalid(ThrowingCallable making, String message) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void assertValid(ThrowingCallable making) {
    assertThatCode(making).doesNotThrowAnyException();
  }
}
