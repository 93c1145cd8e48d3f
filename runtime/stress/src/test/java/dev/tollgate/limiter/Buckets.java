package dev.tollgate.limiter;

import java.time.Duration;

/** Small buckets, and what is done with them. */
final class Buckets {
  /** Brings the first token of a paced bucket. */
  static final long SECOND = 1_000_000_000;

  private static final long LONG_WAIT = 100 * SECOND;

  private Buckets() {}

  /** A token a second: too slow for leases. */
  static RateLimitConfig paced(long capacity) {
    return RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(capacity);
  }

  /** A token a microsecond; each cell leases one at a time where {@code capacity} is 4 a cell. */
  static RateLimitConfig leasing(long capacity) {
    return RateLimitConfig.of(1_000_000, Duration.ofSeconds(1)).withCapacity(capacity);
  }

  /** Takes {@code weight} tokens if they are there; answers how many it got. */
  static int take(TokenBucket bucket, int weight) {
    return Outcome.granted(bucket.take(weight, 0)) ? weight : 0;
  }

  /** Waits for {@code weight} tokens; answers how many it got before it was interrupted. */
  static int await(TokenBucket bucket, int weight) {
    long outcome = bucket.take(weight, LONG_WAIT);
    Thread.interrupted();
    return Outcome.granted(outcome) ? weight : 0;
  }

  /** Takes tokens of {@code key} if they are there; answers how many it got. */
  static int take(KeyedBuckets buckets, String key, int weight) {
    return Outcome.granted(buckets.take(key, weight, 0)) ? weight : 0;
  }

  /** Takes what there is, one by one; answers how many. */
  static int drain(TokenBucket bucket) {
    int taken = 0;
    while (take(bucket, 1) == 1) {
      taken++;
    }
    return taken;
  }
}
