package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTallyTest {
  private final LeapingTicker ticker = new LeapingTicker(Long.MAX_VALUE - 5);
  private final RateLimitConfig config = RateLimitConfig.of(4, Duration.ofMillis(1));
  private final LeasedBucket bucket = new LeasedBucket(config, ticker);

  @Test
  void aNewBucketHasCountedNothing() {
    assertThat(bucket.tally()).isEqualTo(new TokenBucket.Tally(0, 0, 0, 0, 0));
  }

  @Test
  void countsCallsAndNotTokens() {
    bucket.take(3, 0);
    bucket.take(1, 0);
    bucket.take(4, 0);
    assertThat(bucket.tally()).isEqualTo(new TokenBucket.Tally(2, 1, 0, 0, 0));
  }

  @Test
  void weightZeroPassesUncountedEvenWithoutATokenAndWithOthersWaiting() {
    bucket.take(4, 0);
    bucket.charge(4, 5_000_000);
    TokenBucket.Tally before = bucket.tally();
    assertThat(bucket.take(0, 0)).isZero();
    assertThat(bucket.charge(0, 0)).isZero();
    assertThat(bucket.tally()).isEqualTo(before);
  }

  @Test
  void aWeightAboveTheCapacityIsNeverGranted() {
    assertThat(bucket.take(5, 0)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.take(Long.MAX_VALUE, Outcome.MAX_NANOS / 2)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.charge(5, 1_000)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.retryAfterNanos(5)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.tally()).isEqualTo(new TokenBucket.Tally(0, 3, 0, 0, 0));
    assertThat(bucket.available()).isEqualTo(4);
  }

  @Test
  void theMeanWaitIsExactToTheNanosecond() {
    bucket.take(4, 0);
    assertThat(bucket.take(1, 1_000_000)).isEqualTo(250_000);
    assertThat(bucket.take(2, 1_000_000)).isEqualTo(500_000);
    ticker.advance(1);
    assertThat(bucket.take(1, 1_000_000)).isEqualTo(249_999);
    assertThat(bucket.tally()).isEqualTo(new TokenBucket.Tally(4, 0, 999_999 / 4, 500_000, 0));
  }

  @Test
  void theMeanStaysExactOverManyShortWaits() {
    bucket.take(4, 0);
    for (int i = 0; i < 10_000; i++) {
      ticker.advance(249_999);
      assertThat(bucket.take(1, 1_000)).isOne();
    }
    assertThat(bucket.tally().averageWaitNanos()).isZero();
    for (int i = 0; i < 10_000; i++) {
      ticker.advance(249_001);
      assertThat(bucket.take(1, 1_000)).isEqualTo(999);
    }
    // 10,000 · 1 + 10,000 · 999 over 20,001 calls.
    assertThat(bucket.tally().averageWaitNanos()).isEqualTo(499);
    assertThat(bucket.tally().maxWaitNanos()).isEqualTo(999);
  }

  @Test
  void chargingCountsTheWaitThatItWouldHaveBeen() {
    bucket.charge(4, 0);
    assertThat(bucket.charge(1, 1_000_000)).isEqualTo(250_000);
    assertThat(bucket.charge(1, 1_000_000)).isEqualTo(500_000);
    assertThat(bucket.charge(1, 600_000)).isEqualTo(~750_000L);
    assertThat(bucket.tally()).isEqualTo(new TokenBucket.Tally(3, 1, 250_000, 500_000, 0));
  }

  @Test
  void lookingTakesNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(bucket.available()).isEqualTo(4);
      assertThat(bucket.retryAfterNanos(4)).isZero();
    }
    bucket.take(3, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(bucket.available()).isOne();
      assertThat(bucket.retryAfterNanos(1)).isZero();
      assertThat(bucket.retryAfterNanos(2)).isEqualTo(250_000);
    }
    assertThat(bucket.tally()).isEqualTo(new TokenBucket.Tally(1, 0, 0, 0, 0));
  }

  @Test
  void anUntouchedBucketStartsAgainAsAnother() {
    bucket.available();
    bucket.retryAfterNanos(100);
    assertThat(bucket.resetIfUntouched(config.withCapacity(9))).isTrue();
    assertThat(bucket.available()).isEqualTo(9);
    assertThat(bucket.take(9, 0)).isZero();
    assertThat(bucket.resetIfUntouched(config)).isFalse();
    assertThat(bucket.available()).isZero();
  }

  @Test
  void aBucketThatOnlyRefusedIsTouchedToo() {
    bucket.take(5, 0);
    assertThat(bucket.resetIfUntouched(config.withCapacity(9))).isFalse();
    assertThat(bucket.available()).isEqualTo(4);
  }
}
