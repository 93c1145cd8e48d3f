package dev.tollgate.limiter;

import java.math.BigInteger;

/**
 * What a configuration means to a bucket.
 *
 * @param warmUpNanos 0 for none
 */
record Limits(Rate rate, long capacity, int maxWaiting, long warmUpNanos) {
  static Limits of(RateLimitConfig config) {
    return new Limits(
        Rate.of(config.permits(), config.period()),
        config.capacity(),
        config.maxWaiting(),
        config.warmUp().toNanos());
  }

  /**
   * So many parts of a token ({@link Rate#partsIn}), as many as a full bucket has or fewer, as the
   * same share of a full bucket under {@code other}; rounded down.
   */
  BigInteger sameShare(BigInteger parts, Limits other) {
    return parts.multiply(other.fullInParts()).divide(fullInParts());
  }

  private BigInteger fullInParts() {
    return BigInteger.valueOf(capacity).multiply(BigInteger.valueOf(rate.periodNanos()));
  }
}
