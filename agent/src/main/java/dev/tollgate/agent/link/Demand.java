package dev.tollgate.agent.link;

import dev.tollgate.limiter.AllOrNothing;
import dev.tollgate.limiter.JointOutcome;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.TokenSource;
import java.util.concurrent.CompletableFuture;

/** What one call asks for, and of whom. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and the JIT trusts a record.
record Demand(String[] limiters, TokenSource[] sources, long[] weights, long[] maxWaitNanos) {

  /** {@link TokenSource#take}. */
  JointOutcome take() {
    return switch (sources.length) {
      case 0 -> JointOutcome.AT_ONCE;
      case 1 -> JointOutcome.ofOne(sources[0].take(weights[0], maxWaitNanos[0]), weights[0]);
      default -> AllOrNothing.take(sources, weights, maxWaitNanos);
    };
  }

  /** Whether {@link TokenSource#takeIfThere} has taken all. */
  boolean takeIfThere() {
    return switch (sources.length) {
      case 0 -> true;
      case 1 -> Outcome.granted(sources[0].takeIfThere(weights[0]));
      default -> AllOrNothing.takeIfThere(sources, weights).isGranted();
    };
  }

  /** {@link TokenSource#takeLater}. */
  CompletableFuture<Long> takeLater() {
    return switch (sources.length) {
      case 0 -> CompletableFuture.completedFuture(0L);
      case 1 -> sources[0].takeLater(weights[0], maxWaitNanos[0]);
      default -> AllOrNothing.takeLater(sources, weights, maxWaitNanos);
    };
  }

  /** The answer of a future of {@link #takeLater} that is complete. */
  JointOutcome outcome(CompletableFuture<Long> taken) {
    return sources.length == 0 ? JointOutcome.AT_ONCE : AllOrNothing.outcome(taken, weights[0]);
  }

  /** {@link TokenSource#giveBack}. */
  void giveBack(CompletableFuture<Long> taken) {
    AllOrNothing.giveBack(taken);
  }

  /** What is thrown where the outcome isn't a grant. */
  RuntimeException refused(Class<?> caller, JointOutcome outcome) {
    return Refusals.of(caller, limiters[outcome.refusing()], outcome.weight(), outcome.outcome());
  }
}
