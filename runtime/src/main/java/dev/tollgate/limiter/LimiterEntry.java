package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * A limiter in a {@link LimiterRegistry}, and who defined it.
 *
 * @param byProgram whether the program did, and can't define it otherwise
 * @param base what was given before configuration; null where configuration gave it all
 */
record LimiterEntry(
    boolean byProgram, @Nullable RateLimitConfig base, LocalCore core, RateLimiter limiter) {
  LimiterEntry(boolean byProgram, @Nullable RateLimitConfig base, LocalCore core) {
    this(byProgram, base, core, new CoreRateLimiter(core));
  }

  LimiterEntry definedBy(RateLimitConfig program) {
    return new LimiterEntry(true, program, core, limiter);
  }

  /** What a limiter is defined as, for people; null is what configuration gave. */
  static String describe(@Nullable RateLimitConfig base) {
    return base == null
        ? "configured"
        : "%d for each %s, capacity %d, timeout %s, %s"
            .formatted(
                base.permits(),
                base.period(),
                base.capacity(),
                Durations.print(base.timeout()),
                base.mode());
  }
}
