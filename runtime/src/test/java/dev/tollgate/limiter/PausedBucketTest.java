package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is granted for a while: the server said so. */
@Timeout(60)
class PausedBucketTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimitConfig TEN =
      RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(10);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);
  private final long begin = ticker.nanos();

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void nothingIsGrantedUntilItsEndAndThenItBeginsEmpty(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.pauseFor(5 * SECOND);
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(6 * SECOND));
    ticker.advance(6 * SECOND - 1);
    assertThat(bucket.available()).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(1));
    ticker.advance(1);
    assertThat(bucket.take(1, 0)).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(SECOND));
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void oneOfNoLengthChangesNothing(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.pauseFor(0);
    assertThat(bucket.take(10, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void canOnlyBeLengthened(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.pauseFor(5 * SECOND);
    bucket.pauseFor(2 * SECOND);
    bucket.pauseFor(0);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(6 * SECOND);
    bucket.pauseFor(7 * SECOND);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(8 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void thoseWhoWaitArePromisedLaterMomentsAndTheHopelessAreRefusedAtOnce(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.take(10, 0);
    BackgroundCall<Long> first = waiting(bucket, 6 * SECOND);
    BackgroundCall<Long> hopeless = waiting(bucket, 7 * SECOND - 1);
    BackgroundCall<Long> last = waiting(bucket, 7 * SECOND);
    bucket.pauseFor(5 * SECOND);
    assertThat(hopeless.result()).isEqualTo(Outcome.refused(7 * SECOND));
    assertThat(bucket.tally().rejected()).isOne();
    ticker.awaitParked(2);
    ticker.advance(6 * SECOND - 1);
    ticker.awaitParked(2);
    ticker.advance(1);
    assertThat(first.result()).isEqualTo(6 * SECOND);
    ticker.awaitParked(1);
    ticker.advance(SECOND);
    assertThat(last.result()).isEqualTo(7 * SECOND);
    assertThat(begin + 7 * SECOND).isEqualTo(ticker.nanos());
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatComesBackDuringItIsNotGranted(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.take(10, 0);
    bucket.pauseFor(5 * SECOND);
    Refunds.of(bucket.turnstile(), bucket.level(), 4, ticker);
    assertThat(bucket.available()).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(6 * SECOND));
    ticker.advance(5 * SECOND);
    assertThat(bucket.available()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoCancelsDuringItGetsNothingEarlier(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.take(10, 0);
    CompletableFuture<Long> cancelled = bucket.takeLater(3, 30 * SECOND);
    CompletableFuture<Long> behind = bucket.takeLater(1, 30 * SECOND);
    bucket.pauseFor(5 * SECOND);
    cancelled.cancel(false);
    ticker.advance(6 * SECOND - 1);
    assertThat(behind).isNotDone();
    ticker.advance(1);
    assertThat(behind.join()).isEqualTo(6 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void theLongestEndsAtItsMomentAndNotBefore(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.pauseFor(Waits.LONGEST);
    bucket.pauseFor(Waits.LONGEST);
    assertThat(bucket.take(10, Waits.LONGEST)).isNegative();
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(Waits.LONGEST + SECOND);
    ticker.advance(Waits.LONGEST);
    assertThat(bucket.available()).isZero();
    ticker.advance(SECOND);
    assertThat(bucket.take(1, 0)).isZero();
  }

  private BackgroundCall<Long> waiting(LimiterBucket bucket, long longest) {
    int before = ticker.parkedUntil().size();
    BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(1, longest));
    ticker.awaitParked(before + 1);
    return call;
  }
}
