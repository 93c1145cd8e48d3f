package dev.tollgate.limiter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;

/**
 * The bucket of one key: small, since there may be millions. Its level is one moment, when it was
 * or will be zero, and with the rate that says how much is there at any other: two words, {@code
 * zero} in whole nanoseconds and {@code early}, by how many parts of one ({@code 1/permits} each)
 * it really was earlier. What the keys of a limiter have in common, their {@link Turnstile}s and
 * {@link Limits}, stands in {@link KeyedBuckets}.
 */
final class KeyBucket extends Level {
  private static final VarHandle ZERO = zeroHandle();

  /**
   * Written under the lock, read without it by {@link #emptyUntil}. {@link #zero(long)} writes it,
   * released and not volatile, which is dear: everyone sees it once the lock is let go.
   */
  private volatile long zero;

  /** 0 to {@code permits - 1}. Under the lock. */
  private long early;

  /** Full at {@code moment}, now or later. */
  KeyBucket(Limits limits, long moment) {
    super(limits);
    fill(limits, moment);
  }

  /** As {@code other}, which has these limits, and of which nobody takes anything. */
  KeyBucket(KeyBucket other, Limits limits) {
    super(limits);
    zero(other.zero);
    early = other.early;
  }

  /** Whether the moment of a full bucket's zero is one that the clock can tell: 73 years. */
  static boolean canHold(Limits limits) {
    return limits.rate().wholeNanosFor(limits.capacity()) < Outcome.MAX_NANOS / 2;
  }

  @Override
  void fill(Limits limits, long now) {
    long span = limits.rate().wholeNanosFor(limits.capacity());
    zero(now - span);
    early = limits.rate().restFor(limits.capacity(), span);
  }

  @Override
  long emptyUntil(Limits limits) {
    return zero + limits.rate().wholeNanosFor(1);
  }

  @Override
  long coveredAt(long weight, Limits limits) {
    return zero + limits.rate().nanosFor(weight, 0);
  }

  @Override
  long waitFor(long weight, long now, Limits limits) {
    refill(now, limits);
    if (weight > limits.capacity()) {
      return Outcome.NEVER;
    }
    return Math.max(0, zero + limits.rate().nanosFor(weight, early) - now);
  }

  @Override
  void spend(long weight, Limits limits) {
    owe(weight, limits);
  }

  @Override
  void owe(long weight, Limits limits) {
    long before = zero;
    long nanos = limits.rate().nanosFor(weight, early);
    early = limits.rate().partsIn(nanos, early, weight);
    zero(before + nanos);
  }

  @Override
  long paidAt(Limits limits) {
    return zero;
  }

  @Override
  long clip(Limits limits) {
    long clipped = early;
    early = 0;
    return clipped;
  }

  @Override
  void restore(long weight, long clipped, Limits limits) {
    Rate rate = limits.rate();
    long before = zero;
    long nanos = rate.wholeNanosFor(weight);
    long parts = early + clipped + rate.restFor(weight, nanos);
    zero(before - nanos - Math.floorDiv(parts, rate.permits()));
    early = Math.floorMod(parts, rate.permits());
  }

  @Override
  void refund(long weight, Limits limits) {
    restore(weight, 0, limits);
  }

  @Override
  void recall() {}

  @Override
  long begins(long now, Limits limits) {
    return zero - now > 0 ? zero : now;
  }

  @Override
  void beginAt(long moment, Limits limits) {
    if (moment - zero > 0) {
      zero(moment);
      early = 0;
    }
  }

  @Override
  void resume(long end, long now, Limits limits) {
    if (zero - now > 0) {
      long moved = zero - (end - now);
      if (moved - now > 0) {
        zero(moved);
      } else {
        zero(now);
        early = 0;
      }
    }
  }

  @Override
  void rescale(Limits from, Limits to, long now, long newNow) {
    refill(now, from);
    BigInteger level =
        BigInteger.valueOf(Math.max(0, now - zero))
            .multiply(BigInteger.valueOf(from.rate().permits()))
            .add(BigInteger.valueOf(now - zero < 0 ? 0 : early));
    BigInteger[] scaled =
        from.sameShare(level, to).divideAndRemainder(BigInteger.valueOf(to.rate().permits()));
    zero(newNow - scaled[0].longValueExact());
    early = scaled[1].longValueExact();
  }

  @Override
  long available(long now, Limits limits) {
    refill(now, limits);
    return now - zero < 0 ? 0 : limits.rate().tokensIn(now - zero, early);
  }

  @Override
  long admittedWithoutTurnstile() {
    return 0;
  }

  /** A full bucket's zero moves with the clock. */
  private void refill(long now, Limits limits) {
    long span = limits.rate().wholeNanosFor(limits.capacity());
    long rest = limits.rate().restFor(limits.capacity(), span);
    long since = now - zero;
    if (since > span || (since == span && early > rest)) {
      zero(now - span);
      early = rest;
    }
  }

  private void zero(long moment) {
    ZERO.setRelease(this, moment);
  }

  private static VarHandle zeroHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(KeyBucket.class, "zero", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
