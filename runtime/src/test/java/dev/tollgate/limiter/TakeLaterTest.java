package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that wait without a thread. */
@Timeout(60)
class TakeLaterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimitConfig TEN =
      RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(10);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatIsThereIsGrantedAtOnceAndWhatIsHopelessRefusedAtOnce(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    assertThat(bucket.takeLater(10, 0)).isCompletedWithValue(0L);
    assertThat(bucket.takeLater(0, 0)).isCompletedWithValue(0L);
    assertThat(bucket.takeLater(1, SECOND - 1)).isCompletedWithValue(Outcome.refused(SECOND));
    assertThat(bucket.takeLater(11, SECOND)).isCompletedWithValue(Outcome.NEVER);
    assertThat(bucket.tally().admitted()).isOne();
    assertThat(bucket.tally().rejected()).isEqualTo(2);
    assertThat(ticker.alarms()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aLookThatFindsNothingCountsNothing(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    assertThat(bucket.takeIfThere(10)).isZero();
    assertThat(bucket.takeIfThere(1)).isEqualTo(Outcome.refused(SECOND));
    assertThat(bucket.takeIfThere(11)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.takeIfThere(0)).isZero();
    assertThat(bucket.tally().admitted()).isOne();
    assertThat(bucket.tally().rejected()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void completesAtThePromisedMomentAndNotBeforeOnAnotherThread(BucketKind kind) throws Exception {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> later = bucket.takeLater(1, 30 * SECOND);
    BlockingQueue<Thread> completers = new ArrayBlockingQueue<>(1);
    CompletableFuture<Boolean> told =
        later.thenApply(wait -> completers.add(Thread.currentThread()));
    assertThat(bucket.tally().waiting()).isOne();
    ticker.advance(SECOND - 1);
    assertThat(later).isNotDone();
    ticker.advance(1);
    // The thread that moves the time is the one that alarms go off on. It mustn't join before this:
    // whoever joins helps the common pool.
    assertThat(completers.poll(20, TimeUnit.SECONDS)).isNotEqualTo(Thread.currentThread());
    assertThat(join(later)).isEqualTo(SECOND);
    assertThat(join(told)).isTrue();
    assertThat(bucket.tally().waiting()).isZero();
    assertThat(ticker.alarms()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void futuresAndThreadsStandInOneQueue(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> first = bucket.takeLater(2, 30 * SECOND);
    BackgroundCall<Long> second = BackgroundCall.start(() -> bucket.take(1, 30 * SECOND));
    ticker.awaitParked(1);
    CompletableFuture<Long> third = bucket.takeLater(1, 30 * SECOND);
    ticker.advance(2 * SECOND);
    assertThat(join(first)).isEqualTo(2 * SECOND);
    ticker.awaitParked(1);
    assertThat(third).isNotDone();
    ticker.advance(SECOND);
    assertThat(second.result()).isEqualTo(3 * SECOND);
    assertThat(third).isNotDone();
    ticker.advance(SECOND);
    assertThat(join(third)).isEqualTo(4 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoIsCancelledGivesItsTokensBackAndThoseBehindMoveUp(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> cancelled = bucket.takeLater(5, 30 * SECOND);
    CompletableFuture<Long> behind = bucket.takeLater(1, 30 * SECOND);
    assertThat(cancelled.cancel(false)).isTrue();
    assertThat(bucket.tally().rejected()).isOne();
    assertThat(bucket.tally().waiting()).isOne();
    assertThat(ticker.alarms()).isOne();
    ticker.advance(SECOND);
    assertThat(join(behind)).isEqualTo(SECOND);
    assertThat(bucket.available()).isZero();
  }

  /** An alarm for each would be made anew for all behind whoever leaves. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void onlyTheFirstHasAnAlarmAndHandsItOn(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN);
    List<CompletableFuture<Long>> waiting = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      waiting.add(bucket.takeLater(1, 30 * SECOND));
      assertThat(ticker.alarms()).isOne();
    }
    for (int leaves : new int[] {3, 0, 5}) {
      waiting.get(leaves).cancel(false);
      assertThat(ticker.alarms()).isOne();
    }
    ticker.advance(SECOND);
    assertThat(join(waiting.get(1))).isEqualTo(SECOND);
    assertThat(ticker.alarms()).isOne();
    ticker.advance(5 * SECOND);
    assertThat(join(waiting.get(2))).isEqualTo(6 * SECOND);
    assertThat(join(waiting.get(4))).isEqualTo(6 * SECOND);
    assertThat(ticker.alarms()).isZero();
    assertThat(bucket.tally().waiting()).isZero();
  }

  /** Cancelled when its moment has come, and before its alarm went off. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoIsCancelledInTheLastMomentGivesItsTokensBackToo(BucketKind kind) {
    LateAlarms late = new LateAlarms();
    LimiterBucket bucket = kind.bucket(TEN, late);
    bucket.take(10, 0);
    CompletableFuture<Long> cancelled = bucket.takeLater(3, 30 * SECOND);
    late.now += 3 * SECOND;
    assertThat(cancelled.cancel(false)).isTrue();
    assertThat(bucket.available()).isEqualTo(3);
    assertThat(bucket.tally().admitted()).isOne();
    assertThat(bucket.tally().rejected()).isOne();
    assertThat(bucket.tally().waiting()).isZero();
  }

  /** Cancelled between the moment when it was admitted and that when the pool completes it. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoIsCancelledAfterItWasAdmittedGivesItsTokensBackAtOnceAndOnce(BucketKind kind)
      throws Exception {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> cancelled = bucket.takeLater(3, 30 * SECOND);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(3 * SECOND);
      assertThat(bucket.tally().waiting()).isZero();
      assertThat(bucket.available()).isZero();
      assertThat(cancelled.cancel(false)).isTrue();
      assertThat(bucket.available()).isEqualTo(3);
      pool.release();
      assertThat(bucket.available()).isEqualTo(3);
      assertThat(cancelled).isCancelled();
    }
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatComesBackBeforeItIsDeliveredGoesToWhoWaits(BucketKind kind) throws Exception {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> cancelled = bucket.takeLater(3, 30 * SECOND);
    BackgroundCall<Long> behind = BackgroundCall.start(() -> bucket.take(3, 30 * SECOND));
    ticker.awaitParked(1);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(3 * SECOND);
      cancelled.cancel(false);
      assertThat(behind.result()).isEqualTo(3 * SECOND);
      assertThat(bucket.available()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void toCancelWhatIsCompleteChangesNothing(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> later = bucket.takeLater(1, 30 * SECOND);
    ticker.advance(SECOND);
    assertThat(join(later)).isEqualTo(SECOND);
    assertThat(later.cancel(false)).isFalse();
    assertThat(bucket.available()).isZero();
    assertThat(bucket.tally().rejected()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void aPauseOrAChangeRefusesItAtOnceOrMovesItsMoment(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN);
    CompletableFuture<Long> impatient = bucket.takeLater(1, 5 * SECOND);
    CompletableFuture<Long> patient = bucket.takeLater(1, 30 * SECOND);
    bucket.pauseFor(5 * SECOND);
    assertThat(join(impatient)).isEqualTo(Outcome.refused(6 * SECOND));
    assertThat(ticker.alarms()).isOne();
    bucket.change(RateLimitConfig.of(2, Duration.ofSeconds(1)).withCapacity(10));
    ticker.advance(5 * SECOND + SECOND / 2 - 1);
    assertThat(patient).isNotDone();
    ticker.advance(1);
    assertThat(join(patient)).isEqualTo(5 * SECOND + SECOND / 2);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void noMoreThanMaxWaitingWait(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN.withMaxWaiting(1));
    CompletableFuture<Long> first = bucket.takeLater(1, 30 * SECOND);
    assertThat(bucket.takeLater(1, 30 * SECOND)).isCompletedWithValue(Outcome.refused(2 * SECOND));
    first.cancel(false);
    assertThat(bucket.takeLater(1, 30 * SECOND)).isNotDone();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void manyOfThemAreServedInTheOrderOfTheirArrival(BucketKind kind) {
    LimiterBucket bucket = empty(kind, TEN);
    List<CompletableFuture<Long>> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(bucket.takeLater(1, 1_000 * SECOND));
    }
    for (int i = 0; i < 500; i += 5) {
      all.get(i).cancel(false);
    }
    ticker.advance(400 * SECOND);
    for (int i = 0; i < 500; i++) {
      if (i % 5 == 0) {
        assertThat(all.get(i)).isCancelled();
      } else {
        // All are admitted as late as the only look at the clock.
        assertThat(join(all.get(i))).isEqualTo(400 * SECOND);
      }
    }
    assertThat(bucket.available()).isZero();
    assertThat(bucket.tally().admitted()).isEqualTo(401);
  }

  private LimiterBucket empty(BucketKind kind, RateLimitConfig config) {
    LimiterBucket bucket = kind.bucket(config, ticker);
    assertThat(bucket.take(config.capacity(), 0)).isZero();
    return bucket;
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** A clock whose alarms never go off. */
  private static final class LateAlarms implements Ticker {
    long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw new AssertionError("no thread was to wait");
    }

    @Override
    public CompletableFuture<Void> alarm(long nanos) {
      return new CompletableFuture<>();
    }
  }
}
