package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other limits for a bucket that is in use. */
@Timeout(60)
class ChangedBucketTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimitConfig ONE_A_SECOND = config(1, 1);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);
  private final long begin = ticker.nanos();

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void keepsItsShareOfAFullBucket(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND.withCapacity(10), ticker);
    bucket.take(6, 0);
    bucket.change(ONE_A_SECOND.withCapacity(100));
    assertThat(bucket.available()).isEqualTo(40);
    bucket.change(ONE_A_SECOND.withCapacity(5));
    assertThat(bucket.available()).isEqualTo(2);
    assertThat(bucket.take(2, 0)).isZero();
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void keepsItsShareOfOneToken(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND.withCapacity(1), ticker);
    bucket.take(1, 0);
    ticker.advance(SECOND / 3);
    // A third of it, less the part of a nanosecond that has been cut off.
    bucket.change(config(1, 3).withCapacity(1));
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(3 * (SECOND - SECOND / 3));
    bucket.change(config(7, 1).withCapacity(3));
    assertThat(bucket.retryAfterNanos(1)).isOne();
    ticker.advance(1);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aFullOneStaysFullAndAnEmptyOneEmpty(BucketKind kind) {
    LimiterBucket full = kind.bucket(ONE_A_SECOND.withCapacity(10), ticker);
    full.change(config(7, 3).withCapacity(999));
    assertThat(full.take(999, 0)).isZero();
    full.change(config(7_000, 3).withCapacity(1_000));
    assertThat(full.take(1, 0)).isNegative();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void goesOnAtTheNewRateFromThatMoment(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    ticker.advance(2 * SECOND);
    bucket.change(config(1, 10).withCapacity(10));
    ticker.advance(10 * SECOND - 1);
    assertThat(bucket.available()).isEqualTo(2);
    ticker.advance(1);
    assertThat(bucket.available()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aHigherRateWakesThoseWhoWaitEarlierAndInTheirOrder(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    BackgroundCall<Long> first = waiting(bucket, 2, 30 * SECOND);
    BackgroundCall<Long> second = waiting(bucket, 3, 30 * SECOND);
    bucket.change(config(2, 1).withCapacity(10));
    awaitParkedUntil(begin + SECOND, begin + 5 * SECOND / 2);
    ticker.advance(SECOND);
    assertThat(first.result()).isEqualTo(SECOND);
    ticker.awaitParked(1);
    ticker.advance(3 * SECOND / 2);
    assertThat(second.result()).isEqualTo(5 * SECOND / 2);
    assertThat(bucket.available()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoHasTokensAfterAllGoesAtOnce(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND.withCapacity(10), ticker);
    bucket.take(8, 0);
    BackgroundCall<Long> call = waiting(bucket, 3, 30 * SECOND);
    // Two of ten are twenty of a hundred.
    bucket.change(ONE_A_SECOND.withCapacity(100));
    assertThat(call.result()).isZero();
    assertThat(bucket.available()).isEqualTo(17);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aLowerRateRefusesAtOnceWhoWouldWaitTooLongAndTheOthersMoveUp(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    BackgroundCall<Long> first = waiting(bucket, 1, 10 * SECOND);
    BackgroundCall<Long> hopeless = waiting(bucket, 1, 20 * SECOND - 1);
    BackgroundCall<Long> patient = waiting(bucket, 1, 20 * SECOND);
    bucket.change(config(1, 10).withCapacity(10));
    assertThat(hopeless.result()).isEqualTo(Outcome.refused(20 * SECOND));
    awaitParkedUntil(begin + 10 * SECOND, begin + 20 * SECOND);
    assertThat(bucket.tally().rejected()).isOne();
    assertThat(bucket.tally().waiting()).isEqualTo(2);
    ticker.advance(10 * SECOND);
    assertThat(first.result()).isEqualTo(10 * SECOND);
    ticker.advance(10 * SECOND);
    assertThat(patient.result()).isEqualTo(20 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoAsksForMoreThanTheNewCapacityIsRefusedForever(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    BackgroundCall<Long> heavy = waiting(bucket, 5, 30 * SECOND);
    BackgroundCall<Long> light = waiting(bucket, 4, 30 * SECOND);
    bucket.change(ONE_A_SECOND.withCapacity(4));
    assertThat(heavy.result()).isEqualTo(Outcome.NEVER);
    awaitParkedUntil(begin + 4 * SECOND);
    ticker.advance(4 * SECOND);
    assertThat(light.result()).isEqualTo(4 * SECOND);
    assertThat(bucket.take(5, 0)).isEqualTo(Outcome.NEVER);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoseMomentHasComeKeepsItsTokens(BucketKind kind) {
    LateSleepers late = new LateSleepers();
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND.withCapacity(1), late);
    bucket.take(1, 0);
    BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(1, 30 * SECOND));
    late.sleepers.awaitParked(1);
    late.now += SECOND;
    bucket.change(config(1, 1_000).withCapacity(1));
    late.sleepers.advance(SECOND);
    assertThat(call.result()).isEqualTo(SECOND);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(1_000 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aChangeDoesNotEndAPause(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND.withCapacity(10), ticker);
    bucket.pauseFor(5 * SECOND);
    bucket.change(config(10, 1).withCapacity(10));
    ticker.advance(5 * SECOND);
    assertThat(bucket.available()).isZero();
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(SECOND / 10);
  }

  /** Nobody waits for what observed calls owe, and nobody may get it. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatObservedCallsOweStaysOwed(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    assertThat(bucket.charge(3, 30 * SECOND)).isEqualTo(3 * SECOND);
    ticker.advance(SECOND / 2);
    bucket.change(config(7, 1).withCapacity(100));
    assertThat(bucket.available()).isZero();
    ticker.advance(5 * SECOND / 2);
    assertThat(bucket.available()).isZero();
    ticker.advance(SECOND);
    assertThat(bucket.available()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void manyWaitersAndManyChangesLoseNobody(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(waiting(bucket, 1, 1_000 * SECOND));
    }
    for (int permits = 1; permits < 100; permits++) {
      bucket.change(config(permits, 50).withCapacity(10));
      ticker.advance(SECOND / 10);
    }
    bucket.change(ONE_A_SECOND.withCapacity(10));
    ticker.advance(10 * SECOND);
    for (BackgroundCall<Long> call : calls) {
      assertThat(call.result()).isPositive();
    }
    assertThat(bucket.tally().waiting()).isZero();
    assertThat(bucket.tally().admitted()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void noMoreThanTheNewMaxWaitingWait(BucketKind kind) {
    LimiterBucket bucket = empty(kind, ONE_A_SECOND.withCapacity(10));
    BackgroundCall<Long> first = waiting(bucket, 1, 30 * SECOND);
    BackgroundCall<Long> second = waiting(bucket, 1, 30 * SECOND);
    bucket.change(ONE_A_SECOND.withCapacity(10).withMaxWaiting(1));
    assertThat(bucket.take(1, 30 * SECOND)).isEqualTo(Outcome.refused(3 * SECOND));
    ticker.advance(2 * SECOND);
    assertThat(first.result()).isEqualTo(2 * SECOND);
    assertThat(second.result()).isEqualTo(2 * SECOND);
  }

  private static RateLimitConfig config(long permits, long seconds) {
    return RateLimitConfig.of(permits, Duration.ofSeconds(seconds));
  }

  private LimiterBucket empty(BucketKind kind, RateLimitConfig config) {
    LimiterBucket bucket = kind.bucket(config, ticker);
    assertThat(bucket.take(config.capacity(), 0)).isZero();
    return bucket;
  }

  private BackgroundCall<Long> waiting(LimiterBucket bucket, long weight, long longest) {
    int before = ticker.parkedUntil().size();
    BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(weight, longest));
    ticker.awaitParked(before + 1);
    return call;
  }

  private void awaitParkedUntil(Long... moments) {
    ticker.awaitParkedUntil(List.of(moments));
  }

  /** Sleepers that learn of the time only when told. */
  private static final class LateSleepers implements Ticker {
    final FakeTicker sleepers = new FakeTicker();
    volatile long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void park(Object blocker, long nanos) {
      sleepers.park(blocker, nanos);
    }

    @Override
    public void unpark(Thread thread) {
      sleepers.unpark(thread);
    }
  }
}
