package dev.tollgate.limiter;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Takes tokens of several sources at one instant, or of none. Whoever waits reserves nothing
 * meanwhile and may be overtaken. A call that can't be granted in time takes none; one look at all
 * sources decides that the one with the longest wait refuses it, and it is counted there alone.
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
  public static JointOutcome take(TokenSource[] sources, long[] weights, long[] maxWaitNanos) {
    JointRequest request = new JointRequest(sources, weights, maxWaitNanos);
    if (request.attempt(null)) {
      return JointOutcome.AT_ONCE;
    }
    return request.isHopeless() ? request.reject() : new JointWait(request).await();
  }

  /** {@link TokenSource#takeIfThere} of all. */
  public static JointOutcome takeIfThere(TokenSource[] sources, long[] weights) {
    // Nothing waits, but what only observes counts as if it did: as a single limit's look does.
    long[] ownTimeouts = new long[sources.length];
    Arrays.fill(ownTimeouts, Outcome.OWN_TIMEOUT);
    JointRequest request = new JointRequest(sources, weights, ownTimeouts);
    return request.attempt(null) ? JointOutcome.AT_ONCE : request.refusal();
  }

  /** {@link TokenSource#takeLater} of all; {@link #outcome} says more of what comes of it. */
  public static CompletableFuture<Long> takeLater(
      TokenSource[] sources, long[] weights, long[] maxWaitNanos) {
    JointRequest request = new JointRequest(sources, weights, maxWaitNanos).refundable();
    if (request.attempt(null)) {
      return OutcomeFuture.granted(request::refund);
    }
    return request.isHopeless()
        ? OutcomeFuture.refused(request.reject())
        : new JointLater(request).outcome();
  }

  /**
   * The answer that a future of {@link #takeLater}, of one source's or of several, has completed
   * with.
   *
   * @param weight tokens that were asked of the source, if it was one
   */
  public static JointOutcome outcome(CompletableFuture<Long> taken, long weight) {
    JointOutcome refusal = taken instanceof OutcomeFuture outcome ? outcome.refusal() : null;
    return refusal != null ? refusal : JointOutcome.ofOne(taken.join(), weight);
  }

  /** {@link TokenSource#giveBack} of all. */
  public static void giveBack(CompletableFuture<Long> taken) {
    if (taken instanceof OutcomeFuture outcome) {
      outcome.giveBack();
    }
  }
}
