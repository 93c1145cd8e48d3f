package dev.tollgate.limiter;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a limiter allows: {@code permits} for each {@code period}, refilled continuously, and how
 * many tokens its bucket holds when full. In every window of length Δ at most {@code capacity +
 * permits·Δ/period} tokens are granted; to stay under a quota of Q calls in each window W, choose
 * {@code capacity + permits·W/period ≤ Q}.
 *
 * @param permits tokens for each period; at least 1, at most one for each nanosecond of the period
 * @param period more than zero, at most 366 days
 * @param burst tokens on top of {@code permits} in a full bucket; 0 or more
 * @param explicitCapacity tokens in a full bucket, in place of {@code permits + burst}
 * @param timeout the longest wait of a call that names none; 0 or more, 0 refuses at once
 * @param mode what is done with the verdict
 * @param maxWaiting how many calls may wait at a time; more are refused; 0 or more
 * @param maxKeys how many keys have a bucket of their own at a time; more share one; 1 or more
 * @param warmUp how long the rate rises from a third to the whole, from the first call on and again
 *     after as long without one; 0 or more, at most a day; 0 for none. The bucket then begins with
 *     one token
 */
public record RateLimitConfig(
    long permits,
    Duration period,
    long burst,
    OptionalLong explicitCapacity,
    Duration timeout,
    LimiterMode mode,
    int maxWaiting,
    int maxKeys,
    Duration warmUp) {

  /** The timeout of a limiter that names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** The most keys of a limiter that names none. */
  public static final int DEFAULT_MAX_KEYS = 100_000;

  /** The longest warm-up. */
  public static final Duration MAX_WARM_UP = Duration.ofDays(1);

  /** The longest period. */
  public static final Duration MAX_PERIOD = Duration.ofDays(366);

  /** The most tokens that a bucket holds; sums of tokens then stay within a {@code long}. */
  public static final long MAX_CAPACITY = 1_000_000_000_000_000_000L;

  /**
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public RateLimitConfig {
    Objects.requireNonNull(explicitCapacity, "explicitCapacity");
    Objects.requireNonNull(mode, "mode");
    if (permits < 1) {
      throw invalid("permits", permits, "at least 1");
    }
    if (period.compareTo(Duration.ZERO) <= 0 || period.compareTo(MAX_PERIOD) > 0) {
      throw invalid("period", Durations.print(period), "more than 0 and at most 366d");
    }
    if (permits > period.toNanos()) {
      throw invalid("permits", permits, "at most one for each nanosecond of period");
    }
    if (burst < 0) {
      throw invalid("burst", burst, "0 or more");
    }
    if (explicitCapacity.isPresent()) {
      if (explicitCapacity.getAsLong() < 1 || explicitCapacity.getAsLong() > MAX_CAPACITY) {
        throw invalid("capacity", explicitCapacity.getAsLong(), "at least 1 and at most 10^18");
      }
    } else if (burst > MAX_CAPACITY - permits) {
      throw invalid("burst", burst, "so small that permits + burst are at most 10^18");
    }
    if (timeout.isNegative()) {
      throw invalid("timeout", timeout, "0 or more");
    }
    if (maxWaiting < 0) {
      throw invalid("max-waiting", maxWaiting, "0 or more");
    }
    if (maxKeys < 1) {
      throw invalid("max-keys", maxKeys, "at least 1");
    }
    if (warmUp.isNegative() || warmUp.compareTo(MAX_WARM_UP) > 0) {
      throw invalid("warm-up", Durations.print(warmUp), "0 or more and at most 1d");
    }
  }

  /** So many permits for each period, without burst, with the default timeout, enforced. */
  public static RateLimitConfig of(long permits, Duration period) {
    return new RateLimitConfig(
        permits,
        period,
        0,
        OptionalLong.empty(),
        DEFAULT_TIMEOUT,
        LimiterMode.ENFORCE,
        Integer.MAX_VALUE,
        DEFAULT_MAX_KEYS,
        Duration.ZERO);
  }

  /** Tokens in a full bucket. */
  public long capacity() {
    return explicitCapacity.isPresent() ? explicitCapacity.getAsLong() : permits + burst;
  }

  /** The same with this many tokens on top of {@code permits}. */
  public RateLimitConfig withBurst(long newBurst) {
    return new RateLimitConfig(
        permits, period, newBurst, explicitCapacity, timeout, mode, maxWaiting, maxKeys, warmUp);
  }

  /** The same with this capacity, whatever permits and burst add up to; 1 paces calls evenly. */
  public RateLimitConfig withCapacity(long newCapacity) {
    return new RateLimitConfig(
        permits,
        period,
        burst,
        OptionalLong.of(newCapacity),
        timeout,
        mode,
        maxWaiting,
        maxKeys,
        warmUp);
  }

  /** The same with this timeout for calls that name none. */
  public RateLimitConfig withTimeout(Duration newTimeout) {
    return new RateLimitConfig(
        permits, period, burst, explicitCapacity, newTimeout, mode, maxWaiting, maxKeys, warmUp);
  }

  /** The same in this mode. */
  public RateLimitConfig withMode(LimiterMode newMode) {
    return new RateLimitConfig(
        permits, period, burst, explicitCapacity, timeout, newMode, maxWaiting, maxKeys, warmUp);
  }

  /** The same with this many calls waiting at most. */
  public RateLimitConfig withMaxWaiting(int newMaxWaiting) {
    return new RateLimitConfig(
        permits, period, burst, explicitCapacity, timeout, mode, newMaxWaiting, maxKeys, warmUp);
  }

  /** The same with this many keys that have a bucket of their own at most. */
  public RateLimitConfig withMaxKeys(int newMaxKeys) {
    return new RateLimitConfig(
        permits, period, burst, explicitCapacity, timeout, mode, maxWaiting, newMaxKeys, warmUp);
  }

  /** The same with a rate that rises to the whole within this time. */
  public RateLimitConfig withWarmUp(Duration newWarmUp) {
    return new RateLimitConfig(
        permits, period, burst, explicitCapacity, timeout, mode, maxWaiting, maxKeys, newWarmUp);
  }

  private static IllegalArgumentException invalid(String what, Object value, String allowed) {
    return new IllegalArgumentException("%s is %s; it must be %s".formatted(what, value, allowed));
  }
}
