package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bucket whose limits are no longer enforced. */
@Timeout(60)
class ReleasedBucketTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 60 * SECOND;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void letsThoseGoWhoWaitAndTheyTakeNothing(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    BackgroundCall<Long> first = BackgroundCall.start(() -> bucket.take(3, LONG));
    ticker.awaitParked(1);
    BackgroundCall<Long> second = BackgroundCall.start(() -> bucket.take(2, LONG));
    ticker.awaitParked(2);
    CompletableFuture<Long> later = bucket.takeLater(1, LONG);
    ticker.advance(SECOND);

    bucket.enforce(false);
    assertThat(first.result()).isEqualTo(SECOND);
    assertThat(second.result()).isEqualTo(SECOND);
    assertThat(join(later)).isEqualTo(SECOND);
    assertThat(bucket.available()).as("what the second has brought").isOne();
    assertThat(bucket.tally().admitted()).isEqualTo(4);
    assertThat(bucket.tally().rejected()).isZero();
    assertThat(bucket.tally().waiting()).isZero();
    assertThat(ticker.alarms()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoseMomentHadComeHasTakenItsTokens(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    BackgroundCall<Long> due = BackgroundCall.start(() -> bucket.take(1, LONG));
    ticker.awaitParked(1);
    ticker.advanceSilently(SECOND);
    bucket.enforce(false);
    ticker.advance(0);
    assertThat(due.result()).isEqualTo(SECOND);
    assertThat(bucket.available()).isZero();
  }

  /** It has seen that limits are enforced, and comes to the bucket when they aren't. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoComesLateDoesNotWaitAndTakesNothing(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    ticker.advance(SECOND);
    bucket.enforce(false);
    assertThat(bucket.takeIfThere(2)).isZero();
    assertThat(bucket.take(2, LONG)).isZero();
    assertThat(join(bucket.takeLater(2, LONG))).isZero();
    AllOrNothing.giveBack(bucket.takeLater(2, LONG));
    assertThat(bucket.available()).isOne();
    assertThat(bucket.tally().admitted()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void enforcedAgainItHoldsNoMoreThanTimeHasBrought(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    CompletableFuture<Long> later = bucket.takeLater(2, LONG);
    bucket.enforce(false);
    join(later);
    bucket.enforce(true);
    assertThat(bucket.takeIfThere(1)).isNegative();
    ticker.advance(SECOND);
    assertThat(bucket.takeIfThere(1)).isZero();
    assertThat(bucket.takeIfThere(1)).isNegative();
    BackgroundCall<Long> waits = BackgroundCall.start(() -> bucket.take(1, LONG));
    ticker.awaitParked(1);
    ticker.advance(SECOND);
    assertThat(waits.result()).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatWasLetGoAndIsNotUsedGivesNothingBack(BucketKind kind) throws InterruptedException {
    LimiterBucket bucket = empty(kind);
    try (HeldPool pool = new HeldPool()) {
      CompletableFuture<Long> cancelled = bucket.takeLater(2, LONG);
      CompletableFuture<Long> told = bucket.takeLater(2, LONG);
      bucket.enforce(false);
      assertThat(cancelled.cancel(false)).as("before it was told").isTrue();
      pool.release();
      assertThat(join(told)).isZero();
      AllOrNothing.giveBack(told);
    }
    assertThat(bucket.available()).isZero();
    bucket.enforce(true);
    assertThat(bucket.takeIfThere(1)).isNegative();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aPauseHoldsNobodyUpThereAndGoesOnAfterwards(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    BackgroundCall<Long> paused = BackgroundCall.start(() -> bucket.take(1, LONG));
    ticker.awaitParked(1);
    bucket.pauseFor(5 * SECOND);
    ticker.awaitParked(1);
    bucket.enforce(false);
    assertThat(paused.result()).isZero();
    bucket.enforce(true);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(6 * SECOND);
  }

  /** One token a second, none there. */
  private LimiterBucket empty(BucketKind kind) {
    LimiterBucket bucket =
        kind.bucket(RateLimitConfig.of(10, Duration.ofSeconds(10)).withCapacity(10), ticker);
    bucket.take(10, 0);
    return bucket;
  }

  private static long join(CompletableFuture<Long> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
