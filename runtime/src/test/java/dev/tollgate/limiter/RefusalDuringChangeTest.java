package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who refuses without the lock never goes by the new limits and the old level, or the reverse. */
class RefusalDuringChangeTest {
  private static final RateLimitConfig FAST =
      RateLimitConfig.of(1_000, Duration.ofSeconds(1)).withCapacity(10);
  private static final RateLimitConfig SLOW =
      RateLimitConfig.of(1, Duration.ofHours(1)).withCapacity(10);

  private final HandTicker ticker = new HandTicker();
  private long refused;

  @Test
  void aKeysFullBucketRefusesNobodyWhileItsRateIsLowered() {
    BucketOfAKey bucket = new BucketOfAKey(FAST, ticker);
    // The level is changed after the limits, or before: asked in between, and afterwards.
    bucket.turnstile().change(askedMeanwhile(bucket), Limits.of(SLOW));
    assertThat(refused).isZero();
    assertThat(bucket.take(10, 0)).isZero();
  }

  @Test
  void aKeysFullBucketRefusesNobodyWhileItsRateIsRaised() {
    BucketOfAKey bucket = new BucketOfAKey(SLOW, ticker);
    bucket.turnstile().change(askedMeanwhile(bucket), Limits.of(FAST));
    assertThat(refused).isZero();
    assertThat(bucket.take(10, 0)).isZero();
  }

  private Iterable<Level> askedMeanwhile(BucketOfAKey bucket) {
    return () -> {
      ask(bucket);
      return new AskedAfterwards(bucket);
    };
  }

  private void ask(BucketOfAKey bucket) {
    refused |= bucket.turnstile().certainWait(bucket.level(), 1, 0, ticker.nanos());
  }

  /** Of one level, which is asked when it has been worked on. */
  private final class AskedAfterwards implements Iterator<Level> {
    private final BucketOfAKey bucket;
    private final Iterator<Level> levels;

    AskedAfterwards(BucketOfAKey bucket) {
      this.bucket = bucket;
      this.levels = List.of(bucket.level()).iterator();
    }

    @Override
    public boolean hasNext() {
      ask(bucket);
      return levels.hasNext();
    }

    @Override
    public Level next() {
      return levels.next();
    }
  }
}
