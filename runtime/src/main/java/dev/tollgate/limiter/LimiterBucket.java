package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;

/** A limiter's own bucket: it can be changed while it is used, and asked together with others. */
interface LimiterBucket extends TokenBucket {

  /** {@link TokenSource#takeIfThere}. */
  long takeIfThere(long weight);

  /** {@link TokenSource#takeLater}. */
  CompletableFuture<Long> takeLater(long weight, long maxWaitNanos);

  /** {@link RateLimiter#reconfigure}. */
  void change(RateLimitConfig config);

  /** Whether calls are held up or refused; where they aren't, nobody waits. */
  void enforce(boolean enforced);

  /** {@link RateLimiter#pauseFor}. */
  void pauseFor(long nanos);

  /** {@link RateLimiter#resume}, of a pause that ends at {@code end}. */
  void resume(long end);

  /** How much it holds. */
  Level level();

  /** What its calls go through. */
  Turnstile turnstile();
}
