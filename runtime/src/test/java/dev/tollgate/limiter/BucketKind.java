package dev.tollgate.limiter;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** The buckets that there are. */
enum BucketKind {
  NOT_LEASING,
  OF_A_KEY,
  /** Where the rate is high enough. */
  LEASING;

  /** Those whose answers are exact. */
  static Arbitrary<BucketKind> exact() {
    return Arbitraries.of(NOT_LEASING, OF_A_KEY);
  }

  /** As {@code config}, or with a smaller capacity where a bucket of this kind can't hold it. */
  RateLimitConfig fitting(RateLimitConfig config) {
    return this == OF_A_KEY && !KeyBucket.canHold(Limits.of(config))
        ? config.withCapacity(17)
        : config;
  }

  LimiterBucket bucket(RateLimitConfig config, Ticker ticker) {
    return switch (this) {
      case NOT_LEASING -> new LeasedBucket(config, ticker, 0);
      case OF_A_KEY -> new BucketOfAKey(config, ticker);
      case LEASING -> new LeasedBucket(config, ticker, 1);
    };
  }
}
