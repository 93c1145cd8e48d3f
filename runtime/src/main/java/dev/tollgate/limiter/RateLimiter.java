package dev.tollgate.limiter;

import dev.tollgate.RateLimitExceededException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

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
   * Takes {@code weight} tokens without blocking: the future completes when they are there, on the
   * common pool unless that is at once. Cancelling it before gives them back, and so does whatever
   * else makes it fail, as {@code orTimeout}. Who completes it normally, as {@code
   * completeOnTimeout}, lets its owner go on: the tokens are taken all the same, when their moment
   * comes.
   *
   * @param timeout the longest wait
   * @return a future that fails with {@link RateLimitExceededException} where they could not be
   *     there in time: at once, or as soon as that is certain
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  CompletableFuture<Void> acquireAsync(long weight, Duration timeout);

  /** Takes one token, as {@link #acquireAsync(long, Duration)} does, with the limiter's timeout. */
  default CompletableFuture<Void> acquireAsync() {
    return acquireAsync(1, config().timeout());
  }

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

  /**
   * Changes what this limiter allows, at once and for everyone. The bucket keeps the share of
   * tokens that it had. Calls that wait are promised new moments, in their order; one whose new
   * moment is past its timeout, or whose weight is above the new capacity, is refused at once. In a
   * window that holds the change, at most the larger capacity and what both rates bring are
   * granted.
   */
  void reconfigure(RateLimitConfig config);

  /**
   * Grants nothing for so long: the server said so. The bucket then begins again, empty. Calls that
   * wait are promised later moments; one whose moment is past its timeout is refused at once. A
   * pause that ends before the one that is on already changes nothing; {@link #resume} ends it.
   *
   * @throws IllegalArgumentException if {@code pause} is negative
   */
  void pauseFor(Duration pause);

  /**
   * Ends a pause now, whether {@link #pauseFor}, a server's response or an operator began it. The
   * bucket begins again, empty, as of now; so does that of each key. Calls that wait are promised
   * earlier moments, in their order. Does nothing if there is no pause.
   *
   * @throws UnsupportedOperationException if the limiter lives with an agent that is older than
   *     this
   */
  void resume();

  /** The counters, at one instant. */
  RateLimiterStats stats();
}
