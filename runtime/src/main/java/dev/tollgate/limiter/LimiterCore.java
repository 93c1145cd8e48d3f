package dev.tollgate.limiter;

/**
 * A limiter as Tollgate itself calls it: no allocation, no exception for a refusal, JDK types only
 * where calls cross class loaders. Programs use {@link RateLimiter}.
 */
public interface LimiterCore {

  /** The limiter's name. */
  String name();

  /**
   * Asks for {@code weight} tokens as the limiter's mode has it.
   *
   * @param weight 0 or more; 0 is granted uncounted
   * @param maxWaitNanos the longest wait, 0 refuses at once; negative, usually {@link
   *     Outcome#OWN_TIMEOUT}, means the limiter's own timeout
   * @return an {@link Outcome}
   * @throws IllegalArgumentException if {@code weight} is negative
   */
  long take(long weight, long maxWaitNanos);

  /** Tokens that could be taken now. */
  long available();

  /**
   * Nanoseconds until {@code weight} tokens could be taken, if nobody else asks; 0 if now; {@link
   * Outcome#NEVER} if the capacity is smaller.
   *
   * @throws IllegalArgumentException if {@code weight} is negative
   */
  long retryAfterNanos(long weight);

  /** A call in the scoped form begins (+1) or ends (-1). */
  void inFlight(long change);

  /** The counters, at one instant. */
  RateLimiterStats stats();

  /** What the limiter allows, and its mode. */
  RateLimitConfig config();
}
