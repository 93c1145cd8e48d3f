package dev.tollgate.limiter;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link RateLimitConfig} that configuration gives, laid over the one that a program
 * or Tollgate itself gives. Null leaves a value as it is.
 */
public record RateLimitOverrides(
    @Nullable Long permits,
    @Nullable Duration period,
    @Nullable Long burst,
    @Nullable Long capacity,
    @Nullable Duration timeout,
    @Nullable LimiterMode mode,
    @Nullable Integer maxWaiting,
    @Nullable Integer maxKeys,
    @Nullable Duration warmUp) {

  /** Changes nothing. */
  public static final RateLimitOverrides NONE =
      new RateLimitOverrides(null, null, null, null, null, null, null, null, null);

  /** Whether a limiter can be made of this alone. */
  public boolean definesLimiter() {
    return permits != null && period != null;
  }

  /**
   * The configuration that results over {@code base}, which is null where nothing else defines the
   * limiter.
   *
   * @throws IllegalArgumentException if the values don't go together; the message names one
   * @throws IllegalStateException if there is no base and this doesn't {@linkplain #definesLimiter
   *     define a limiter}
   */
  public RateLimitConfig over(@Nullable RateLimitConfig base) {
    Long newPermits = permits != null ? permits : base != null ? (Long) base.permits() : null;
    Duration newPeriod = period != null ? period : base != null ? base.period() : null;
    if (newPermits == null || newPeriod == null) {
      throw new IllegalStateException("permits and period are needed to define a limiter");
    }
    RateLimitConfig rest = base != null ? base : RateLimitConfig.of(newPermits, newPeriod);
    return new RateLimitConfig(
        newPermits,
        newPeriod,
        burst != null ? burst : rest.burst(),
        capacity != null ? OptionalLong.of(capacity) : rest.explicitCapacity(),
        timeout != null ? timeout : rest.timeout(),
        mode != null ? mode : rest.mode(),
        maxWaiting != null ? maxWaiting : rest.maxWaiting(),
        maxKeys != null ? maxKeys : rest.maxKeys(),
        warmUp != null ? warmUp : rest.warmUp());
  }
}
