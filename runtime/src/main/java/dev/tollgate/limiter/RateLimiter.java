package dev.tollgate.limiter;

import dev.tollgate.RateLimitExceededException;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * A token bucket with a name. Under the agent there is one for each name in the JVM, shared with
 * the annotated methods; without it, one for each copy of this library.
 *
 * <p>Weights are tokens, 0 or more; a negative one is an {@link IllegalArgumentException}. Waits
 * that could not end in time are refused at once. Safe for use by many threads.
 */
public interface RateLimiter {

  /** The limiter's name. */
  String name();

  /** What it allows. */
  RateLimitConfig config();

  /** Takes one token if it is there. Never waits. */
  default boolean tryAcquire() {
    return tryAcquire(1);
  }

  /** Takes {@code weight} tokens if they are there. Never waits. */
  boolean tryAcquire(long weight);

  /**
   * Takes {@code weight} tokens, waiting for at most {@code timeout}.
   *
   * @return whether it got them; false at once where they could not be there in time
   * @throws InterruptedException if the thread is interrupted before they are there; none are taken
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  boolean tryAcquire(long weight, Duration timeout) throws InterruptedException;

  /** Takes one token, as {@link #acquire(long)} does. */
  default void acquire() throws InterruptedException {
    acquire(1);
  }

  /**
   * Takes {@code weight} tokens, waiting for at most the limiter's own timeout.
   *
   * @throws RateLimitExceededException if they could not be there in time
   * @throws InterruptedException if the thread is interrupted before they are there; none are taken
   */
  void acquire(long weight) throws InterruptedException;

  /**
   * Takes one token, as {@link #acquire()} does, for a call that is in flight until the permit is
   * closed: {@code try (Permit permit = limiter.limit()) { … }}.
   */
  Permit limit() throws InterruptedException;

  /** Runs {@code body} within {@link #limit()}. */
  @SuppressWarnings("try") // Holding the permit is all there is to it.
  default <T> T call(Callable<T> body) throws Exception {
    try (Permit permit = limit()) {
      return body.call();
    }
  }

  /**
   * Runs {@code body} within {@link #limit()}.
   *
   * @throws RateLimitExceededException if the token could not be there in time, or the thread was
   *     interrupted before it was; the cause is then an {@link InterruptedException} and the
   *     interrupt flag is set
   */
  void run(Runnable body);

  /** Tokens that could be taken now. Takes none. */
  long availablePermits();

  /**
   * How long until {@code weight} tokens could be taken, if nobody else asks; {@code
   * ChronoUnit.FOREVER.getDuration()} if the capacity is smaller. Takes none.
   */
  Duration retryAfter(long weight);

  /** The counters, at one instant. */
  RateLimiterStats stats();
}
