package dev.tollgate.limiter;

import java.math.BigInteger;

/**
 * What a token bucket must answer, computed from its definition and nothing else, in numbers
 * without bounds. The level is counted in tokens times nanoseconds of the period, in which it gains
 * {@code permits} a nanosecond, exactly; below 0 it is what those who wait are owed.
 */
final class ExactBucket {
  private static final BigInteger LONGEST = BigInteger.ONE.shiftLeft(62);

  private final BigInteger permits;
  private final BigInteger period;
  private final BigInteger full;
  private BigInteger level;
  private BigInteger now = BigInteger.ZERO;

  ExactBucket(RateLimitConfig config) {
    permits = BigInteger.valueOf(config.permits());
    period = BigInteger.valueOf(config.period().toNanos());
    full = BigInteger.valueOf(config.capacity()).multiply(period);
    level = full;
  }

  private ExactBucket(ExactBucket other) {
    permits = other.permits;
    period = other.period;
    full = other.full;
    level = other.level;
    now = other.now;
  }

  ExactBucket copy() {
    return new ExactBucket(this);
  }

  /** Nanoseconds since this was made. */
  BigInteger now() {
    return now;
  }

  void advance(long nanos) {
    BigInteger elapsed = BigInteger.valueOf(nanos);
    now = now.add(elapsed);
    level = level.add(elapsed.multiply(permits)).min(full);
  }

  boolean couldEverGrant(long weight) {
    return worth(weight).compareTo(full) <= 0;
  }

  /** Rounded up, and cut to 2⁶². */
  long waitFor(long weight) {
    BigInteger missing = worth(weight).subtract(level);
    if (missing.signum() <= 0) {
      return 0;
    }
    BigInteger[] wait = missing.divideAndRemainder(permits);
    BigInteger roundedUp = wait[1].signum() > 0 ? wait[0].add(BigInteger.ONE) : wait[0];
    return roundedUp.min(LONGEST).longValueExact();
  }

  /** At the moment that {@link #waitFor} says. */
  void spend(long weight) {
    spendAfter(waitFor(weight), weight);
  }

  /** {@code wait} nanoseconds from now, when the bucket can be no more than full. */
  void spendAfter(long wait, long weight) {
    BigInteger waited = BigInteger.valueOf(wait).multiply(permits);
    level = level.add(waited).min(full).subtract(waited).subtract(worth(weight));
  }

  long available() {
    return level.signum() < 0 ? 0 : level.divide(period).longValueExact();
  }

  private BigInteger worth(long weight) {
    return BigInteger.valueOf(weight).multiply(period);
  }
}
