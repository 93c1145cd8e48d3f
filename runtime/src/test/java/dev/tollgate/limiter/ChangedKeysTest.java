package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A change, or a pause, of all keys of a limiter, those to come as well. */
@Timeout(60)
class ChangedKeysTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);
  private final LocalCore core = new LocalCore("keyed", config(1, 10), ticker);

  @Test
  void eachKeyKeepsItsShareAndNewOnesBeginFull() {
    take("half", 5);
    take("empty", 10);
    core.reconfigure(config(2, 100));
    assertThat(left("half")).isEqualTo(50);
    assertThat(left("empty")).isZero();
    assertThat(left("new")).isEqualTo(100);
    assertThat(core.ofKey("empty").retryAfterNanos(1)).isEqualTo(SECOND / 2);
  }

  @Test
  void whoWaitsForAKeyIsPromisedAnotherMoment() {
    take("a", 10);
    BackgroundCall<Long> call = BackgroundCall.start(() -> core.ofKey("a").take(2, 30 * SECOND));
    ticker.awaitParked(1);
    assertThat(core.stats().waiting()).isOne();
    core.reconfigure(config(4, 10));
    ticker.advance(SECOND / 2);
    assertThat(call.result()).isEqualTo(SECOND / 2);
  }

  @Test
  void aPauseReachesKnownKeysNewOnesAndTheLimiterItself() {
    take("known", 1);
    core.pauseFor(5 * SECOND);
    assertThat(core.take(1, 0)).isNegative();
    assertThat(left("known")).isZero();
    assertThat(left("new")).isZero();
    ticker.advance(7 * SECOND);
    assertThat(left("known")).isEqualTo(2);
    assertThat(left("new")).isEqualTo(2);
  }

  /** Before it ends, and after it as well: to have been forgotten changes nothing. */
  @Test
  void afterAPauseANewKeyHasWhatAKnownOneHas() {
    take("known", 1);
    core.pauseFor(5 * SECOND);
    ticker.advance(7 * SECOND);
    assertThat(left("new")).isEqualTo(2);
    core.reconfigure(config(10, 100));
    assertThat(left("newer")).isEqualTo(20);
    assertThat(core.ofKey("known").takeIfThere(20)).isZero();
    ticker.advance(60 * SECOND);
    assertThat(left("newest")).isEqualTo(100);
  }

  @Test
  void theFirstKeyMayComeAfterAPause() {
    core.pauseFor(5 * SECOND);
    ticker.advance(7 * SECOND);
    assertThat(left("first")).isEqualTo(2);
  }

  @Test
  void aPauseOfNoLengthChangesNothing() {
    core.pauseFor(0);
    assertThat(left("first")).isEqualTo(10);
  }

  /** Each has a bucket of its own, as without a pause. */
  @Test
  void keysThatComeInAPauseOrAfterItShareNothing() {
    take("known", 1);
    core.pauseFor(5 * SECOND);
    ticker.advance(6 * SECOND);
    for (int i = 0; i < 20; i++) {
      assertThat(core.ofKey(i).take(1, 0)).as("key %d", i).isZero();
    }
  }

  @Test
  void keysThatShareOneBucketArePausedAndChangedTogether() {
    LocalCore few = new LocalCore("few", config(1, 10).withMaxKeys(1), ticker);
    few.ofKey("own").take(10, 0);
    few.ofKey("b").take(5, 0);
    few.reconfigure(config(1, 20).withMaxKeys(1));
    assertThat(few.ofKey("c").take(10, 0)).isZero();
    assertThat(few.ofKey("d").take(1, 0)).isNegative();
    few.pauseFor(5 * SECOND);
    ticker.advance(6 * SECOND);
    assertThat(few.ofKey("b").take(1, 0)).isZero();
    assertThat(few.ofKey("c").take(1, 0)).isNegative();
  }

  @Test
  void moreKeysGetABucketOfTheirOwnWhereTheLimitIsRaised() {
    LocalCore few = new LocalCore("few", config(1, 10).withMaxKeys(1), ticker);
    few.ofKey("own").take(1, 0);
    few.reconfigure(config(1, 10).withMaxKeys(3));
    assertThat(few.ofKey("b").take(10, 0)).isZero();
    assertThat(few.ofKey("c").take(10, 0)).isZero();
    assertThat(few.ofKey("d").take(10, 0)).isZero();
    assertThat(few.ofKey("e").take(1, 0)).isNegative();
  }

  /** What is missing in the shared bucket, this key may have taken. */
  @Test
  void whereTheLimitIsRaisedAKeyThatSharedOneBeginsWithWhatWasLeftInIt() {
    LocalCore few = sharedByBAndC();
    assertThat(few.ofKey("b").take(5, 0)).isZero();
    few.reconfigure(config(1, 10).withMaxKeys(4));
    assertThat(few.ofKey("b").take(5, 0)).isZero();
    assertThat(few.ofKey("b").take(1, 0)).isNegative();
    assertThat(few.ofKey("c").take(5, 0)).as("of its own").isZero();
    assertThat(few.ofKey("c").retryAfterNanos(1)).isEqualTo(SECOND);
    ticker.advance(2 * SECOND);
    assertThat(few.ofKey("b").take(2, 0)).isZero();
    assertThat(few.ofKey("c").take(2, 0)).as("at its own rate").isZero();
    assertThat(few.ofKey("d").take(7, 0)).isZero();
  }

  @Test
  void aKeyLeavesTheSharedBucketWhenNoneOfItsCallsWaitsThereAndOwesNothingForOthers() {
    LocalCore few = sharedByBAndC();
    assertThat(few.ofKey("c").take(10, 0)).isZero();
    BackgroundCall<Long> call = BackgroundCall.start(() -> few.ofKey("b").take(2, 30 * SECOND));
    ticker.awaitParked(1);
    few.reconfigure(config(1, 10).withMaxKeys(9));
    assertThat(few.ofKey("c").retryAfterNanos(1)).as("of its own").isEqualTo(SECOND);
    assertThat(few.ofKey("b").retryAfterNanos(1)).as("behind its other").isEqualTo(3 * SECOND);
    ticker.advance(2 * SECOND);
    assertThat(call.result()).isEqualTo(2 * SECOND);
    assertThat(few.ofKey("b").retryAfterNanos(1)).isEqualTo(SECOND);
    assertThat(few.ofKey("d").retryAfterNanos(1)).isEqualTo(SECOND);
  }

  @Test
  void aFutureOfAKeyKeepsItAtTheSharedBucketUntilItIsDone() throws Exception {
    LocalCore few = sharedByBAndC();
    assertThat(few.ofKey("c").take(10, 0)).isZero();
    CompletableFuture<Long> later = few.ofKey("b").takeLater(2, 30 * SECOND);
    few.reconfigure(config(1, 10).withMaxKeys(9));
    assertThat(few.ofKey("b").retryAfterNanos(1)).isEqualTo(3 * SECOND);
    later.cancel(false);
    assertThat(few.ofKey("b").retryAfterNanos(1)).isEqualTo(SECOND);
    assertThat(few.ofKey("c").takeIfThere(1)).isNegative();
    ticker.advance(SECOND);
    assertThat(few.ofKey("b").takeIfThere(1)).isZero();
    assertThat(few.ofKey("c").takeIfThere(1)).as("of its own").isZero();
  }

  @Test
  void aKeyThatLeavesTheSharedBucketInAPauseIsPausedAsWell() {
    LocalCore few = sharedByBAndC();
    assertThat(few.ofKey("b").take(1, 0)).isZero();
    few.pauseFor(5 * SECOND);
    few.reconfigure(config(1, 10).withMaxKeys(9));
    assertThat(few.ofKey("b").retryAfterNanos(1)).isEqualTo(6 * SECOND);
    assertThat(few.ofKey("c").retryAfterNanos(10)).isEqualTo(15 * SECOND);
  }

  /** All keys but one. */
  private LocalCore sharedByBAndC() {
    LocalCore few = new LocalCore("few", config(1, 10).withMaxKeys(1), ticker);
    assertThat(few.ofKey("own").take(10, 0)).isZero();
    return few;
  }

  @Test
  void theCountersAreThoseOfAllKeysAndOfTheLimiterTogether() {
    core.take(10, 0);
    core.take(1, 0);
    take("a", 10);
    core.ofKey("a").take(1, 0);
    core.ofKey(null).take(3, 0);
    assertThat(core.stats().admittedRequests()).isEqualTo(3);
    assertThat(core.stats().rejectedRequests()).isEqualTo(2);
    core.reconfigure(config(5, 7));
    core.pauseFor(SECOND);
    assertThat(core.stats().admittedRequests()).isEqualTo(3);
    assertThat(core.stats().rejectedRequests()).isEqualTo(2);
  }

  @Test
  void aChangeThatNoKeysBucketCanHoldChangesNothing() {
    take("a", 1);
    RateLimitConfig tooSlow = RateLimitConfig.of(1, Duration.ofDays(366)).withCapacity(100);
    assertThatThrownBy(() -> core.reconfigure(tooSlow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("73 years");
    assertThat(core.config()).isEqualTo(config(1, 10));
    assertThat(left("a")).isEqualTo(9);
    assertThat(core.take(10, 0)).isZero();
  }

  private static RateLimitConfig config(long permits, long capacity) {
    return RateLimitConfig.of(permits, Duration.ofSeconds(1)).withCapacity(capacity);
  }

  private void take(Object key, long weight) {
    assertThat(core.ofKey(key).take(weight, 0)).isZero();
  }

  /** Whole tokens that are there, by the waits that are promised for one more. */
  private long left(Object key) {
    long left = 0;
    while (core.ofKey(key).retryAfterNanos(left + 1) == 0) {
      left++;
    }
    return left;
  }
}
