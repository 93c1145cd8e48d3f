package dev.tollgate.limiter;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Takes tokens of several sources at one instant, or of none. Whoever waits reserves nothing
 * meanwhile and may be overtaken; a call that one source refuses takes none from the others and is
 * counted there alone.
 *
 * <p>Sources are those of one registry, in any order; the same one may come twice. Arrays aren't
 * changed and aren't kept.
 */
public final class AllOrNothing {
  private AllOrNothing() {}

  /**
   * {@link TokenSource#take} of all.
   *
   * @param maxWaitNanos the longest wait for each, negative for its own timeout; the shortest
   *     counts
   */
  public static long take(TokenSource[] sources, long[] weights, long[] maxWaitNanos) {
    JointRequest request = new JointRequest(sources, weights, maxWaitNanos);
    long wait = request.attempt(null);
    if (wait == 0) {
      return 0;
    }
    return request.isHopeless(wait) ? request.reject(wait) : new JointWait(request).await();
  }

  /** {@link TokenSource#takeIfThere} of all. */
  public static long takeIfThere(TokenSource[] sources, long[] weights) {
    // Nothing waits, but what only observes counts as if it did: as a single limit's look does.
    long[] ownTimeouts = new long[sources.length];
    Arrays.fill(ownTimeouts, Outcome.OWN_TIMEOUT);
    long wait = new JointRequest(sources, weights, ownTimeouts).attempt(null);
    return wait <= 0 ? wait : Outcome.refused(wait);
  }

  /** {@link TokenSource#takeLater} of all. */
  public static CompletableFuture<Long> takeLater(
      TokenSource[] sources, long[] weights, long[] maxWaitNanos) {
    JointRequest request = new JointRequest(sources, weights, maxWaitNanos).refundable();
    long wait = request.attempt(null);
    if (wait == 0) {
      return OutcomeFuture.granted(request::refund);
    }
    return request.isHopeless(wait)
        ? CompletableFuture.completedFuture(request.reject(wait))
        : new JointLater(request).outcome();
  }

  /** {@link TokenSource#giveBack} of all. */
  public static void giveBack(CompletableFuture<Long> taken) {
    if (taken instanceof OutcomeFuture outcome) {
      outcome.giveBack();
    }
  }

  /**
   * Which of the sources that refuse calls would keep this one waiting longest now: what to name
   * when it was refused.
   */
  public static int slowest(TokenSource[] sources, long[] weights) {
    int slowest = 0;
    long longest = -1;
    for (int i = 0; i < sources.length; i++) {
      if (weights[i] == 0 || !((LocalSource) sources[i]).settings().isEnforced()) {
        continue;
      }
      long wait = sources[i].retryAfterNanos(weights[i]);
      if (wait == Outcome.NEVER) {
        return i;
      }
      if (wait > longest) {
        longest = wait;
        slowest = i;
      }
    }
    return slowest;
  }
}
