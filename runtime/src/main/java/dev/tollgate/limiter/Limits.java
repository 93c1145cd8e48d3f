package dev.tollgate.limiter;

/** What a configuration means to a bucket. */
record Limits(Rate rate, long capacity, int maxWaiting) {
  static Limits of(RateLimitConfig config) {
    return new Limits(
        Rate.of(config.permits(), config.period()), config.capacity(), config.maxWaiting());
  }
}
