package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that a future has told of, and that nobody uses. */
@Timeout(60)
class GiveBackTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 60 * SECOND;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatCameLaterGoesBackOnce(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(config(10), ticker);
    bucket.take(10, 0);
    CompletableFuture<Long> later = bucket.takeLater(3, LONG);
    ticker.advance(4 * SECOND);
    assertThat(join(later)).isEqualTo(4 * SECOND);
    AllOrNothing.giveBack(later);
    AllOrNothing.giveBack(later);
    assertThat(bucket.available()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatWasThereGoesBackOnce(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(config(10), ticker);
    CompletableFuture<Long> atOnce = bucket.takeLater(7, 0);
    assertThat(bucket.available()).isEqualTo(3);
    AllOrNothing.giveBack(atOnce);
    AllOrNothing.giveBack(atOnce);
    assertThat(bucket.available()).isEqualTo(10);
    bucket.take(10, 0);
    AllOrNothing.giveBack(bucket.takeLater(0, 0));
    assertThat(bucket.available()).isZero();
  }

  /** A lease knows no moment, so nobody knows whether there is room for it. */
  @Test
  void whatWasLeasedStaysTaken() {
    LeasedBucket bucket =
        new LeasedBucket(
            RateLimitConfig.of(1_000_000, Duration.ofSeconds(1)).withCapacity(4), ticker, 1);
    bucket.take(1, 0);
    CompletableFuture<Long> ofTheCell = bucket.takeLater(1, 0);
    AllOrNothing.giveBack(ofTheCell);
    assertThat(bucket.available()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void beforeItsMomentThereIsNothingToGiveBack(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(config(10), ticker);
    bucket.take(10, 0);
    CompletableFuture<Long> waiting = bucket.takeLater(1, LONG);
    AllOrNothing.giveBack(waiting);
    assertThat(bucket.tally().waiting()).isOne();
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(2 * SECOND);
    ticker.advance(SECOND);
    assertThat(join(waiting)).isEqualTo(SECOND);
    AllOrNothing.giveBack(waiting);
    assertThat(bucket.available()).as("it is known now").isOne();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoGotNothingHasNothingToGiveBack(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(config(10), ticker);
    bucket.take(10, 0);
    CompletableFuture<Long> cancelled = bucket.takeLater(1, LONG);
    cancelled.cancel(false);
    CompletableFuture<Long> refused = bucket.takeLater(1, 5 * SECOND);
    bucket.pauseFor(5 * SECOND);
    assertThat(join(refused)).isNegative();
    ticker.advance(6 * SECOND);
    AllOrNothing.giveBack(cancelled);
    AllOrNothing.giveBack(refused);
    assertThat(bucket.available()).isOne();
  }

  @Test
  void aKeysGoBackToThatKey() {
    LocalCore core = new LocalCore("keyed", config(3), ticker);
    TokenSource key = core.ofKey("a");
    key.take(3, 0);
    core.ofKey("b").take(3, 0);
    CompletableFuture<Long> later = key.takeLater(2, LONG);
    ticker.advance(2 * SECOND);
    join(later);
    core.ofKey("b").take(2, 0);
    core.take(3, 0);
    core.ofKey("a").giveBack(later);
    assertThat(core.ofKey("a").takeIfThere(3)).isNegative();
    assertThat(core.ofKey("a").takeIfThere(2)).isZero();
    assertThat(core.ofKey("b").takeIfThere(1)).isNegative();
    assertThat(core.available()).isZero();
  }

  @Test
  void whatKeysShareGoesBackThere() {
    LocalCore core = new LocalCore("keyed", config(3).withMaxKeys(1), ticker);
    core.ofKey("own").take(3, 0);
    core.ofKey("b").take(3, 0);
    CompletableFuture<Long> later = core.ofKey("a").takeLater(2, LONG);
    ticker.advance(2 * SECOND);
    join(later);
    core.ofKey("a").giveBack(later);
    assertThat(core.ofKey("b").takeIfThere(2)).isZero();
    assertThat(core.ofKey("a").takeIfThere(1)).isNegative();
  }

  @Test
  void allOfSeveralGoesBackToEachOnce() {
    LocalCore first = new LocalCore("first", config(3), ticker);
    LocalCore second = new LocalCore("second", config(5), ticker);
    LocalCore observed = new LocalCore("observed", config(9).withMode(LimiterMode.OBSERVE), ticker);
    TokenSource[] all = {first, second.ofKey("k"), observed};
    long[] weights = {2, 1, 1};
    first.take(3, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(all, weights, new long[] {-1, -1, -1});
    ticker.advance(2 * SECOND);
    assertThat(join(later)).isEqualTo(2 * SECOND);
    second.ofKey("k").take(4, 0);
    AllOrNothing.giveBack(later);
    AllOrNothing.giveBack(later);
    assertThat(first.available()).isEqualTo(2);
    assertThat(second.ofKey("k").takeIfThere(2)).isNegative();
    assertThat(second.ofKey("k").takeIfThere(1)).isZero();
    assertThat(observed.available()).isEqualTo(8);

    ticker.advance(10 * SECOND);
    CompletableFuture<Long> atOnce = AllOrNothing.takeLater(all, weights, new long[3]);
    assertThat(first.available()).isOne();
    AllOrNothing.giveBack(atOnce);
    AllOrNothing.giveBack(atOnce);
    assertThat(first.available()).isEqualTo(3);
    assertThat(second.ofKey("k").takeIfThere(5)).isZero();
    assertThat(observed.available()).isEqualTo(8);
  }

  @ParameterizedTest
  @EnumSource(
      value = LimiterMode.class,
      names = {"OBSERVE", "OFF"})
  void whereNothingIsEnforcedNothingComesBack(LimiterMode mode) {
    LocalCore core = new LocalCore("lenient", config(3), ticker);
    core.take(3, 0);
    core.mode(mode);
    CompletableFuture<Long> let = core.takeLater(2, 0);
    assertThat(let).isCompletedWithValue(0L);
    core.mode(LimiterMode.ENFORCE);
    core.giveBack(let);
    assertThat(core.available()).isZero();
  }

  @Test
  void whatWasGrantedBeforeTheModeChangedGoesBack() {
    LocalCore core = new LocalCore("changed", config(3), ticker);
    CompletableFuture<Long> granted = core.takeLater(2, 0);
    core.mode(LimiterMode.OFF);
    core.giveBack(granted);
    assertThat(core.available()).isEqualTo(3);
  }

  private static RateLimitConfig config(long capacity) {
    return RateLimitConfig.of(1, Duration.ofSeconds(1))
        .withCapacity(capacity)
        .withTimeout(Duration.ofNanos(LONG));
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
