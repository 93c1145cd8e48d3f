package dev.tollgate.benchmarks.peers;

import dev.failsafe.RateLimiter;
import java.time.Duration;
import java.util.function.BooleanSupplier;

final class Failsafe {
  private Failsafe() {}

  static BooleanSupplier limiter(Demand demand, boolean smooth) {
    if (demand instanceof Demand.Granted) {
      return of(1_000_000_000, Duration.ofSeconds(1), smooth)::tryAcquirePermit;
    }
    if (demand instanceof Demand.AboveRate above) {
      return Drain.drained(of(above.perSecond(), Duration.ofSeconds(1), smooth)::tryAcquirePermit);
    }
    return Drain.drained(of(1, Duration.ofDays(1), smooth)::tryAcquirePermit);
  }

  private static RateLimiter<Object> of(long permits, Duration period, boolean smooth) {
    return smooth
        ? RateLimiter.smoothBuilder(permits, period).build()
        : RateLimiter.burstyBuilder(permits, period).build();
  }
}
