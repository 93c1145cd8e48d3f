package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final Duration YEAR = RateLimitConfig.MAX_PERIOD;

  @Test
  void isInLowestTerms() {
    assertThat(Rate.of(80, Duration.ofMinutes(1))).isEqualTo(new Rate(1, 750_000_000));
    assertThat(Rate.of(1_000_000_000, Duration.ofSeconds(1))).isEqualTo(new Rate(1, 1));
    assertThat(Rate.of(7, Duration.ofNanos(9))).isEqualTo(new Rate(7, 9));
    assertThat(Rate.of(YEAR.toNanos(), YEAR)).isEqualTo(new Rate(1, 1));
  }

  @Test
  void roundsTheWaitUpByLessThanANanosecond() {
    Rate threeASecond = Rate.of(3, Duration.ofSeconds(1));
    assertThat(threeASecond.nanosFor(1, 0)).isEqualTo(333_333_334);
    assertThat(threeASecond.nanosFor(3, 0)).isEqualTo(1_000_000_000);
    assertThat(threeASecond.wholeNanosFor(1)).isEqualTo(333_333_333);
    assertThat(threeASecond.tokensIn(333_333_333, 0)).isZero();
    assertThat(threeASecond.tokensIn(333_333_334, 0)).isOne();
  }

  @Test
  void keepsThePartsOfATokenThatATimeBringsSoThatNoneIsLostInManySteps() {
    Rate rate = Rate.of(7, Duration.ofNanos(9));
    long tokens = 0;
    long parts = 0;
    for (int i = 0; i < 9_000; i++) {
      long gained = rate.tokensIn(1, parts);
      parts = rate.partsIn(1, parts, gained);
      tokens += gained;
    }
    assertThat(tokens).isEqualTo(7_000);
    assertThat(parts).isZero();
  }

  @Test
  void cutsWaitsAtTheLongest() {
    Rate slowest = Rate.of(1, YEAR);
    assertThat(slowest.nanosFor(Long.MAX_VALUE, 0)).isEqualTo(Outcome.MAX_NANOS);
    assertThat(slowest.wholeNanosFor(Long.MAX_VALUE)).isEqualTo(Outcome.MAX_NANOS);
    Rate fastest = Rate.of(1, Duration.ofNanos(1));
    assertThat(fastest.nanosFor(Outcome.MAX_NANOS - 1, 0)).isEqualTo(Outcome.MAX_NANOS - 1);
    assertThat(fastest.nanosFor(Outcome.MAX_NANOS, 0)).isEqualTo(Outcome.MAX_NANOS);
    assertThat(fastest.nanosFor(Outcome.MAX_NANOS + 1, 0)).isEqualTo(Outcome.MAX_NANOS);
  }

  /** Of a product that is 2⁶⁴, the lower word is less than any parts. */
  @Test
  void takesPartsFromAProductThatIsWiderThanALong() {
    Rate rate = Rate.of((1L << 54) - 1, Duration.ofNanos(1L << 54));
    assertThat(rate.nanosFor(1 << 10, 0)).isEqualTo((1 << 10) + 1);
    assertThat(rate.nanosFor(1 << 10, 1_023)).isEqualTo((1 << 10) + 1);
    assertThat(rate.nanosFor(1 << 10, 1_024)).isEqualTo(1 << 10);
  }
}
