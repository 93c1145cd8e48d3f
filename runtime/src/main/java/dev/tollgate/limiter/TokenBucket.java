package dev.tollgate.limiter;

/**
 * Tokens that come back with time. In every window of length Δ at most {@code capacity + rate·Δ}
 * are granted; a request that the tokens cover is granted while nobody else acts; who waits is
 * served in the order of arrival, and who gives up gives the tokens back.
 *
 * <p>Weights are 0 or more, and weight 0 is granted uncounted. Answers are {@link Outcome}s.
 */
interface TokenBucket {

  /**
   * Takes {@code weight} tokens, waiting for at most {@code maxWaitNanos} ≥ 0. A wait that could
   * not end in time is refused at once. An interrupted thread whose tokens are there gets them.
   */
  long take(long weight, long maxWaitNanos);

  /**
   * Decides and counts as {@link #take} would, but never waits: the answer to a request that would
   * have waited is how long. The cap on waiting calls isn't applied, since none waits.
   */
  long charge(long weight, long maxWaitNanos);

  /** Tokens that a request could take now, 0 or more. */
  long available();

  /** Nanoseconds until {@code weight} tokens could be taken, 0 if now; or {@link Outcome#NEVER}. */
  long retryAfterNanos(long weight);

  /**
   * Starts again, full, as another bucket, if nobody has asked this one for anything yet.
   *
   * @return whether it did
   */
  boolean resetIfUntouched(RateLimitConfig config);

  /** The counters, at one instant. */
  Tally tally();

  /** Counters of a bucket; waits in nanoseconds, of admitted calls. */
  record Tally(
      long admitted, long rejected, long averageWaitNanos, long maxWaitNanos, int waiting) {}
}
