package dev.tollgate.benchmarks.peers;

import java.util.function.BooleanSupplier;

/** Takes what a limiter has saved up. */
final class Drain {
  private Drain() {}

  static BooleanSupplier drained(BooleanSupplier limiter) {
    long patience = System.nanoTime() + 3_000_000_000L;
    while (limiter.getAsBoolean()) {
      if (System.nanoTime() - patience > 0) {
        throw new IllegalStateException("this limiter never refuses");
      }
    }
    return limiter;
  }
}
