package dev.tollgate.limiter;

import java.math.BigInteger;
import java.time.Duration;

/**
 * Tokens for time and time for tokens, exact. Time is whole nanoseconds; what a nanosecond brings
 * of a token is counted in parts of 1/{@code periodNanos}, of which each nanosecond brings {@code
 * permits}. Both are in lowest terms. Products are 128 bits wide; waits are rounded up, so that a
 * promised moment is never too early, and cut to {@link Outcome#MAX_NANOS}.
 */
record Rate(long permits, long periodNanos) {

  static Rate of(long permits, Duration period) {
    long nanos = period.toNanos();
    long divisor = greatestCommonDivisor(permits, nanos);
    return new Rate(permits / divisor, nanos / divisor);
  }

  /** Whole tokens that {@code elapsedNanos} bring to a bucket that has {@code parts} already. */
  long tokensIn(long elapsedNanos, long parts) {
    long high = Math.multiplyHigh(elapsedNanos, permits);
    long product = elapsedNanos * permits;
    long low = product + parts;
    if (Long.compareUnsigned(low, product) < 0) {
      high++;
    }
    if (high == 0 && low >= 0 && low < periodNanos) {
      return 0;
    }
    return Wide.divide(high, low, periodNanos);
  }

  /** The parts of a token that are left when {@link #tokensIn} took the whole ones. */
  long partsIn(long elapsedNanos, long parts, long tokens) {
    return elapsedNanos * permits + parts - tokens * periodNanos;
  }

  /** Nanoseconds until a bucket that has {@code parts} already has gained {@code tokens} ≥ 1. */
  long nanosFor(long tokens, long parts) {
    long product = tokens * periodNanos;
    long low = product - parts;
    long high = Math.multiplyHigh(tokens, periodNanos);
    if (Long.compareUnsigned(product, parts) < 0) {
      high--;
    }
    long roundingUp = low + (permits - 1);
    if (Long.compareUnsigned(roundingUp, low) < 0) {
      high++;
    }
    return Math.min(divideByPermits(high, roundingUp), Outcome.MAX_NANOS);
  }

  /** The whole nanoseconds in which {@code tokens} ≥ 0 come, the last one cut off. */
  long wholeNanosFor(long tokens) {
    long high = Math.multiplyHigh(tokens, periodNanos);
    return Math.min(divideByPermits(high, tokens * periodNanos), Outcome.MAX_NANOS);
  }

  /** The parts of a nanosecond, each 1/{@code permits}, that {@link #wholeNanosFor} cut off. */
  long restFor(long tokens, long wholeNanos) {
    return tokens * periodNanos - wholeNanos * permits;
  }

  /** The parts by which {@code tokens} and {@code parts} are more than whole nanoseconds bring. */
  long restOf(long tokens, long parts) {
    return BigInteger.valueOf(tokens)
        .multiply(BigInteger.valueOf(periodNanos))
        .add(BigInteger.valueOf(parts))
        .mod(BigInteger.valueOf(permits))
        .longValueExact();
  }

  private long divideByPermits(long high, long low) {
    return permits == 1 && high == 0 && low >= 0 ? low : Wide.divide(high, low, permits);
  }

  private static long greatestCommonDivisor(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
