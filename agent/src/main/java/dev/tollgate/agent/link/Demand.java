package dev.tollgate.agent.link;

import dev.tollgate.limiter.AllOrNothing;
import dev.tollgate.limiter.TokenSource;
import java.util.concurrent.CompletableFuture;

/** What one call asks for, and of whom. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and the JIT trusts a record.
record Demand(String[] limiters, TokenSource[] sources, long[] weights, long[] maxWaitNanos) {

  /** {@link TokenSource#take}. */
  long take() {
    return switch (sources.length) {
      case 0 -> 0;
      case 1 -> sources[0].take(weights[0], maxWaitNanos[0]);
      default -> AllOrNothing.take(sources, weights, maxWaitNanos);
    };
  }

  /** {@link TokenSource#takeIfThere}. */
  long takeIfThere() {
    return switch (sources.length) {
      case 0 -> 0;
      case 1 -> sources[0].takeIfThere(weights[0]);
      default -> AllOrNothing.takeIfThere(sources, weights);
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

  /** {@link TokenSource#giveBack}. */
  void giveBack(CompletableFuture<Long> taken) {
    AllOrNothing.giveBack(taken);
  }

  /** What is thrown where the outcome isn't a grant. */
  RuntimeException refused(Class<?> caller, long outcome) {
    int refusing = sources.length == 1 ? 0 : AllOrNothing.slowest(sources, weights);
    return Refusals.of(caller, limiters[refusing], weights[refusing], outcome);
  }
}
