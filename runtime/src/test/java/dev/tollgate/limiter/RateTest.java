package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final BigInteger LONGEST = BigInteger.valueOf(Outcome.MAX_NANOS);
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

  @Test
  void agreesWithNumbersThatHaveNoBounds() {
    for (int seed = 0; seed < 60_000; seed++) {
      Numbers numbers = new Numbers(seed);
      RateLimitConfig config = numbers.config();
      Rate rate = Rate.of(config.permits(), config.period());
      long parts = numbers.between(0, rate.periodNanos() - 1);
      checkTime(rate, numbers.between(1, Long.MAX_VALUE), parts);
      checkTime(rate, (1L << 62) - 1, rate.periodNanos() - 1);
      checkTokens(rate, numbers.between(1, Long.MAX_VALUE), parts);
      checkTokens(rate, 1, rate.periodNanos() - 1);
      checkTokens(rate, Long.MAX_VALUE, 0);
    }
  }

  private static void checkTime(Rate rate, long elapsed, long parts) {
    BigInteger[] exact =
        big(elapsed)
            .multiply(big(rate.permits()))
            .add(big(parts))
            .divideAndRemainder(big(rate.periodNanos()));
    long tokens = rate.tokensIn(elapsed, parts);
    long expected = exact[0].min(big(Long.MAX_VALUE)).longValueExact();
    if (tokens != expected) {
      assertThat(tokens).as("%s, %s ns and %s parts", rate, elapsed, parts).isEqualTo(expected);
    }
    if (exact[0].bitLength() < 64) {
      long left = rate.partsIn(elapsed, parts, tokens);
      if (left != exact[1].longValueExact()) {
        assertThat(left)
            .as("%s, parts left of %s ns and %s parts", rate, elapsed, parts)
            .isEqualTo(exact[1].longValueExact());
      }
    }
  }

  private static void checkTokens(Rate rate, long tokens, long parts) {
    BigInteger needed = big(tokens).multiply(big(rate.periodNanos()));
    long up =
        needed
            .subtract(big(parts))
            .add(big(rate.permits() - 1))
            .divide(big(rate.permits()))
            .min(LONGEST)
            .longValueExact();
    if (rate.nanosFor(tokens, parts) != up) {
      assertThat(rate.nanosFor(tokens, parts))
          .as("%s, %s tokens less %s parts", rate, tokens, parts)
          .isEqualTo(up);
    }
    long down = needed.divide(big(rate.permits())).min(LONGEST).longValueExact();
    if (rate.wholeNanosFor(tokens) != down) {
      assertThat(rate.wholeNanosFor(tokens)).as("%s, %s tokens", rate, tokens).isEqualTo(down);
    }
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
