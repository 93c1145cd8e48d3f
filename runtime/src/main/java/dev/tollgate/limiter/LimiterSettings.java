package dev.tollgate.limiter;

/** What a limiter does with its bucket's verdict. */
record LimiterSettings(LimiterMode mode, long timeoutNanos, RateLimitConfig config) {
  static LimiterSettings of(RateLimitConfig config) {
    return new LimiterSettings(config.mode(), Waits.nanos(config.timeout()), config);
  }

  /** The longest wait of a request that asks for {@code maxWaitNanos}, or for the limiter's own. */
  long maxWait(long maxWaitNanos) {
    return maxWaitNanos < 0 ? timeoutNanos : Math.min(maxWaitNanos, Waits.LONGEST);
  }
}
