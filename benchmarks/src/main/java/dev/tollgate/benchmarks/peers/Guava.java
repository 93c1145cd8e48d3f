package dev.tollgate.benchmarks.peers;

import com.google.common.util.concurrent.RateLimiter;
import java.util.function.BooleanSupplier;

@SuppressWarnings("UnstableApiUsage") // What most people use all the same.
final class Guava {
  private Guava() {}

  static BooleanSupplier limiter(Demand demand) {
    if (demand instanceof Demand.Granted) {
      return RateLimiter.create(1e9)::tryAcquire;
    }
    double perSecond = demand instanceof Demand.AboveRate above ? above.perSecond() : 1.0 / 86_400;
    return Drain.drained(RateLimiter.create(perSecond)::tryAcquire);
  }
}
