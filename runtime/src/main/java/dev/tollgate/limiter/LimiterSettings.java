package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * What a limiter does with its bucket's verdict.
 *
 * @param heir the limiter that has taken its place, and is to be asked instead
 */
record LimiterSettings(
    LimiterMode mode, long timeoutNanos, RateLimitConfig config, @Nullable LimiterCore heir) {
  static LimiterSettings of(RateLimitConfig config) {
    return new LimiterSettings(config.mode(), Waits.nanos(config.timeout()), config, null);
  }

  LimiterSettings leftTo(LimiterCore newHeir) {
    return new LimiterSettings(mode, timeoutNanos, config, newHeir);
  }

  /** Whether calls are held up or refused. */
  boolean isEnforced() {
    return mode == LimiterMode.ENFORCE;
  }

  /** The longest wait of a request that asks for {@code maxWaitNanos}, or for the limiter's own. */
  long maxWait(long maxWaitNanos) {
    return maxWaitNanos < 0 ? timeoutNanos : Math.min(maxWaitNanos, Waits.LONGEST);
  }
}
