package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;

/**
 * Whatever gives tokens: a limiter, or the bucket that it has for one key. Answers are {@link
 * Outcome}s; the limiter's mode is applied already.
 *
 * <p>{@code weight} is 0 or more, and 0 is granted uncounted; a negative one is an {@link
 * IllegalArgumentException}. {@code maxWaitNanos} is the longest wait, 0 refuses at once; negative,
 * usually {@link Outcome#OWN_TIMEOUT}, means the limiter's own timeout.
 */
public interface TokenSource {

  /** Asks for tokens, and blocks until they are there or the wait turns out hopeless. */
  long take(long weight, long maxWaitNanos);

  /**
   * Takes tokens if they are there. Otherwise answers as a refusal would, and nothing is counted:
   * whoever asks then goes on to {@link #takeLater}, or isn't refused at all.
   */
  long takeIfThere(long weight);

  /**
   * Asks for tokens and doesn't block: the future completes with the outcome, on the common pool
   * where that isn't known yet. Cancelling it before gives the tokens back at once; cancelling it
   * later is too late. A future that is complete on return has been decided on the calling thread.
   */
  CompletableFuture<Long> takeLater(long weight, long maxWaitNanos);

  /**
   * Gives back what a future of {@link #takeLater} was granted, for a call that won't be: its owner
   * was never told, since somebody else had ended what the owner has of it, as {@code orTimeout}
   * does. Does nothing where none were granted or taken, or for the second time.
   */
  void giveBack(CompletableFuture<Long> taken);

  /**
   * Nanoseconds until {@code weight} tokens could be taken, if nobody else asks; 0 if now; {@link
   * Outcome#NEVER} if the capacity is smaller.
   */
  long retryAfterNanos(long weight);
}
