package dev.tollgate.limiter;

import java.math.BigInteger;

/**
 * What a token bucket must answer, computed from its definition and nothing else, in numbers
 * without bounds. The level is counted in tokens times nanoseconds of the period, in which it gains
 * {@code permits} a nanosecond, exactly; below 0 it is what those who wait are owed.
 */
final class ExactBucket {
  private static final BigInteger LONGEST = BigInteger.ONE.shiftLeft(62);

  private BigInteger permits;
  private BigInteger period;
  private BigInteger full;
  private BigInteger level;
  private BigInteger now = BigInteger.ZERO;
  private BigInteger pausedUntil = BigInteger.ZERO;

  ExactBucket(RateLimitConfig config) {
    set(config);
    level = full;
  }

  /** In lowest terms, so that a part of a token is what a bucket counts. */
  private void set(RateLimitConfig config) {
    BigInteger allPermits = BigInteger.valueOf(config.permits());
    BigInteger wholePeriod = BigInteger.valueOf(config.period().toNanos());
    BigInteger divisor = allPermits.gcd(wholePeriod);
    permits = allPermits.divide(divisor);
    period = wholePeriod.divide(divisor);
    full = BigInteger.valueOf(config.capacity()).multiply(period);
  }

  private ExactBucket(ExactBucket other) {
    permits = other.permits;
    period = other.period;
    full = other.full;
    level = other.level;
    now = other.now;
    pausedUntil = other.pausedUntil;
  }

  ExactBucket copy() {
    return new ExactBucket(this);
  }

  /** Nanoseconds since this was made. */
  BigInteger now() {
    return now;
  }

  void advance(long nanos) {
    BigInteger before = now.max(pausedUntil);
    now = now.add(BigInteger.valueOf(nanos));
    BigInteger elapsed = now.subtract(before).max(BigInteger.ZERO);
    level = level.add(elapsed.multiply(permits)).min(full);
  }

  /** The same share of a full bucket, in whole parts of a token. */
  void change(RateLimitConfig config) {
    BigInteger fullBefore = full;
    set(config);
    level = level.multiply(full).divide(fullBefore);
  }

  void pause(long nanos) {
    BigInteger until = now.add(BigInteger.valueOf(nanos));
    if (nanos > 0 && until.compareTo(pausedUntil) > 0) {
      pausedUntil = until;
      level = BigInteger.ZERO;
    }
  }

  /** Tokens come back that were granted and not used. */
  void refund(long weight) {
    if (!isPaused()) {
      level = level.add(worth(weight)).min(full);
    }
  }

  private boolean isPaused() {
    return pausedUntil.compareTo(now) > 0;
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
    BigInteger pause = pausedUntil.subtract(now).max(BigInteger.ZERO);
    return roundedUp.add(pause).min(LONGEST).longValueExact();
  }

  /** At the moment that {@link #waitFor} says. */
  void spend(long weight) {
    spendAfter(waitFor(weight), weight);
  }

  /** {@code wait} nanoseconds from now, when the bucket can be no more than full. */
  void spendAfter(long wait, long weight) {
    BigInteger gaining = now.add(BigInteger.valueOf(wait)).subtract(now.max(pausedUntil));
    BigInteger waited = gaining.max(BigInteger.ZERO).multiply(permits);
    level = level.add(waited).min(full).subtract(waited).subtract(worth(weight));
  }

  long available() {
    return level.signum() < 0 ? 0 : level.divide(period).longValueExact();
  }

  private BigInteger worth(long weight) {
    return BigInteger.valueOf(weight).multiply(period);
  }
}
