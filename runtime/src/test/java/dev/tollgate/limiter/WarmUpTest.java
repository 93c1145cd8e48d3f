package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rate of a limiter that warms up: the curve, and when it begins again. */
@Timeout(60)
class WarmUpTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WARM_UP = 30 * SECOND;
  private static final RateLimitConfig TEN_A_SECOND =
      RateLimitConfig.of(10, Duration.ofSeconds(1))
          .withCapacity(1_000_000)
          .withWarmUp(Duration.ofNanos(WARM_UP));

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 10 * SECOND);
  private final long begin = ticker.nanos();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 7, 1_000, 999_999_999, WARM_UP, 86_400 * SECOND})
  void theTimeGoneByIsTheIntegralOfASpeedThatRisesFromAThirdToTheWhole(long nanos) {
    WarmUp warmUp = new WarmUp(begin, nanos);
    for (long part = 0; part <= 64; part++) {
      long time =
          BigInteger.valueOf(nanos)
              .multiply(BigInteger.valueOf(part))
              .shiftRight(6)
              .longValueExact();
      assertThat(warmUp.bucketTime(begin + time) - begin)
          .as("after %d of %d", time, nanos)
          .isEqualTo(integral(time, nanos));
    }
    long warm = warmUp.bucketTime(begin + nanos);
    assertThat(warmUp.bucketTime(begin + nanos + 12_345)).as("warm").isEqualTo(warm + 12_345);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 7, 100})
  void theClocksTimeIsTheFirstAtWhichTheBucketsTimeHasCome(long nanos) {
    WarmUp warmUp = new WarmUp(begin, nanos);
    for (long moment = 0; moment < 2 * nanos; moment++) {
      long byTheClock = warmUp.clockTime(begin + moment);
      assertThat(warmUp.bucketTime(byTheClock) - begin).isGreaterThanOrEqualTo(moment);
      assertThat(warmUp.bucketTime(byTheClock - 1) - begin).isLessThan(moment);
    }
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void beginsWithOneTokenAndAThirdOfTheRate(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    assertThat(bucket.available()).isOne();
    assertThat(bucket.take(1, 0)).isZero();
    long wait = bucket.retryAfterNanos(1);
    assertThat(wait).isEqualTo(firstTimeOf(SECOND / 10)).isEqualTo(297_058_541L);
    ticker.advance(wait - 1);
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(1));
    ticker.advance(1);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoTakesAllThereIsGetsTheCurveAndNoTokenMore(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    long granted = 0;
    for (long time = 0; time <= 2 * WARM_UP; time += 123_456_789) {
      while (Outcome.granted(bucket.take(1, 0))) {
        granted++;
      }
      assertThat(granted).as("after %d", time).isEqualTo(10 * bucketTime(time) / SECOND);
      ticker.advance(123_456_789);
    }
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void thePromisedMomentIsNeverTooEarlyNorANanosecondTooLate(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    long idle = 0;
    for (int i = 0; i < 200; i++) {
      long weight = 1 + i % 4;
      long wait = bucket.retryAfterNanos(weight);
      ticker.advance(Math.max(0, wait - 1));
      assertThat(Outcome.granted(bucket.take(weight, 0))).as("before").isEqualTo(wait == 0);
      if (wait > 0) {
        ticker.advance(1);
        assertThat(bucket.take(weight, 0)).as("at the moment").isZero();
      }
      idle = (idle + 77_777_777) % (SECOND / 2);
      ticker.advance(idle);
    }
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoWaitsIsAdmittedAtThePromisedMoment(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(20, 30 * SECOND));
    ticker.awaitParked(1);
    long wait = firstTimeOf(2 * SECOND);
    assertThat(ticker.parkedUntil()).containsExactly(begin + wait);
    ticker.advance(wait);
    assertThat(call.result()).isEqualTo(wait);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void isColdAgainAfterAsLongWithoutACallAndNotBefore(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    ticker.advance(WARM_UP);
    // Warm, and with what came in.
    assertThat(bucket.available()).isEqualTo(200);
    assertThat(bucket.take(1, 0)).isZero();
    ticker.advance(WARM_UP + 1);
    assertThat(bucket.available()).isOne();
    assertThat(bucket.take(1, 0)).isZero();
    // One and no part of the next, whatever was there.
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(firstTimeOf(SECOND / 10));
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aLookDoesNotWarmItUp(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    for (int i = 0; i < 100; i++) {
      assertThat(bucket.available()).isOne();
      assertThat(bucket.retryAfterNanos(1)).isZero();
      ticker.advance(SECOND);
    }
  }

  /** Even where the tokens take longer to come than it takes to get cold. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoIsToldAMomentAndComesAgainThenFindsTheTokens(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    long outcome = bucket.take(1_000, 0);
    ticker.advance(Outcome.retryAfterNanos(outcome));
    assertThat(bucket.take(1_000, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoAsksForSeveralAgainAndAgainGetsThemInTheEnd(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    int asked = 0;
    while (!Outcome.granted(bucket.take(5, 0))) {
      ticker.advance(SECOND / 10);
      asked++;
    }
    assertThat(asked).isBetween(11, 12);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aPauseDuringItEndsNoEarlierAndItGoesOnAfterwards(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    ticker.advance(5 * SECOND);
    bucket.pauseFor(3 * SECOND);
    ticker.advance(3 * SECOND);
    assertThat(bucket.available()).isZero();
    long wait = bucket.retryAfterNanos(1);
    long then = bucketTime(8 * SECOND + wait) - bucketTime(8 * SECOND);
    assertThat(then).isBetween(SECOND / 10, SECOND / 10 + 2);
    ticker.advance(wait);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aPauseBeforeTheFirstCallIsOneAndItIsColdAfterwards(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.pauseFor(60 * SECOND);
    assertThat(bucket.take(1, 0)).isLessThan(0);
    ticker.advance(60 * SECOND);
    assertThat(bucket.available()).isZero();
    ticker.advance(10 * SECOND + WARM_UP);
    assertThat(bucket.available()).isOne();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aChangeToAWarmUpLeavesWhatIsThereToWhoWasThereLately(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND.withWarmUp(Duration.ZERO), ticker);
    ticker.advance(WARM_UP);
    bucket.take(400_000, 0);
    ticker.advance(WARM_UP);
    bucket.change(TEN_A_SECOND);
    assertThat(bucket.available()).isEqualTo(600_300);
    ticker.advance(1);
    assertThat(bucket.available()).isOne();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aChangeToAWarmUpBeginsItWhereNobodyHasAskedYet(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND.withWarmUp(Duration.ZERO), ticker);
    bucket.change(TEN_A_SECOND);
    assertThat(bucket.available()).isOne();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void oneThatNobodyHasAskedCanBecomeOneThatWarmsUpAndOneThatDoesNot(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND.withWarmUp(Duration.ZERO), ticker);
    assertThat(bucket.resetIfUntouched(TEN_A_SECOND)).isTrue();
    assertThat(bucket.available()).isOne();
    assertThat(bucket.resetIfUntouched(TEN_A_SECOND.withWarmUp(Duration.ZERO))).isTrue();
    assertThat(bucket.take(1_000_000, 0)).isZero();
    ticker.advance(SECOND);
    assertThat(bucket.available()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aChangeOfTheRateGoesOnWarmingUp(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    bucket.change(
        RateLimitConfig.of(20, Duration.ofSeconds(1))
            .withCapacity(1_000_000)
            .withWarmUp(Duration.ofNanos(WARM_UP)));
    ticker.advance(WARM_UP);
    assertThat(bucket.available()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aChangeThatEndsTheWarmUpGivesTheWholeRateFromThen(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND, ticker);
    bucket.take(1, 0);
    bucket.change(TEN_A_SECOND.withWarmUp(Duration.ZERO));
    ticker.advance(SECOND);
    assertThat(bucket.available()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aChangeRetimesThoseWhoWaitByTheCurve(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN_A_SECOND.withWarmUp(Duration.ZERO), ticker);
    bucket.take(1_000_000, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(10, 30 * SECOND));
    ticker.awaitParked(1);
    bucket.change(TEN_A_SECOND);
    long wait = firstTimeOf(SECOND);
    ticker.awaitParkedUntil(List.of(begin + wait));
    ticker.advance(wait);
    assertThat(call.result()).isEqualTo(wait);
  }

  @Test
  void neverAboveWhatTheLimiterAllowsWithoutIt() {
    for (int step = 1; step < 50; step++) {
      FakeTicker time = new FakeTicker(Long.MAX_VALUE - 40 * SECOND);
      RateLimitConfig config = TEN_A_SECOND.withCapacity(7);
      LimiterBucket bucket = BucketKind.NOT_LEASING.bucket(config, time);
      ExactBucket exact = new ExactBucket(config);
      for (int i = 0; i < 300; i++) {
        if (Outcome.granted(bucket.take(1 + i % 3, 0))) {
          assertThat(exact.waitFor(1 + i % 3)).isZero();
          exact.spend(1 + i % 3);
        }
        long idle = i % 40 == 39 ? WARM_UP + step : step * 9_999_999L;
        time.advance(idle);
        exact.advance(idle);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void withACapacityOfOneCallsArePacedEvenly(BucketKind kind) {
    LimiterBucket bucket =
        kind.bucket(RateLimitConfig.of(3, Duration.ofSeconds(1)).withCapacity(1), ticker);
    ticker.advance(100 * SECOND);
    for (int i = 0; i < 9; i++) {
      // A bucket that is full doesn't keep what the rest of a nanosecond brings.
      assertThat(bucket.charge(1, 30 * SECOND)).isEqualTo(i * 333_333_334L);
    }
  }

  private static long bucketTime(long time) {
    return time >= WARM_UP ? time - WARM_UP / 3 : integral(time, WARM_UP);
  }

  /** t·(W + t) / 3W, rounded down. */
  private static long integral(long time, long warmUp) {
    BigInteger whole = BigInteger.valueOf(warmUp);
    BigInteger t = BigInteger.valueOf(time);
    return t.multiply(whole.add(t)).divide(whole.multiply(BigInteger.valueOf(3))).longValueExact();
  }

  /** The first moment, counted from the beginning, at which the bucket has gained so much time. */
  private static long firstTimeOf(long gained) {
    long low = 0;
    long high = 4 * WARM_UP;
    while (low < high) {
      long middle = (low + high) / 2;
      if (bucketTime(middle) >= gained) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
