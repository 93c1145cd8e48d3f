package dev.tollgate.limiter;

import java.util.concurrent.Executor;
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
    return bucket(config, ticker, WaitingLine.TOLD);
  }

  LimiterBucket bucket(RateLimitConfig config, Ticker ticker, int told) {
    return bucket(config, ticker, told, CommonPool.INSTANCE);
  }

  /**
   * @param told how many of those who wait know their moments
   * @param delivery completes the futures of those who waited
   */
  LimiterBucket bucket(RateLimitConfig config, Ticker ticker, int told, Executor delivery) {
    return switch (this) {
      case NOT_LEASING -> new LeasedBucket(config, ticker, 0, told, delivery);
      case OF_A_KEY -> new BucketOfAKey(config, ticker, told, delivery);
      case LEASING -> new LeasedBucket(config, ticker, 1, told, delivery);
    };
  }
}
