package dev.tollgate.limiter;

/**
 * A limiter as Tollgate itself calls it: no allocation, no exception for a refusal, JDK types only
 * where calls cross class loaders. Programs use {@link RateLimiter}.
 */
public interface LimiterCore extends TokenSource {

  /** The limiter's name. */
  String name();

  /** Tokens that could be taken now. */
  long available();

  /** A call in the scoped form begins (+1) or ends (-1). */
  void inFlight(long change);

  /** The counters, at one instant. */
  RateLimiterStats stats();

  /** What the limiter allows, and its mode. */
  RateLimitConfig config();

  /** As {@link RateLimiter#reconfigure}. */
  void reconfigure(RateLimitConfig config);

  /**
   * As {@link RateLimiter#pauseFor}.
   *
   * @param nanos 0 or more
   */
  void pauseFor(long nanos);

  /** As {@link RateLimiter#resume}. */
  void resume();
}
