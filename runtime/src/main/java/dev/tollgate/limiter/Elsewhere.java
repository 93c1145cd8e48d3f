package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;

/**
 * Where somebody waits since the limiter was handed over.
 *
 * @param outcome what {@code heir} has answered
 */
record Elsewhere(LimiterCore heir, CompletableFuture<Long> outcome) {

  /** Leaves its place, or gives back what it got there and nobody here was told of. */
  void giveUp() {
    if (!outcome.cancel(false)) {
      heir.giveBack(outcome);
    }
  }
}
