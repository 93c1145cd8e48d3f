package dev.tollgate.benchmarks.peers;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.function.BooleanSupplier;

final class Resilience4j {
  private Resilience4j() {}

  static BooleanSupplier limiter(Demand demand) {
    if (demand instanceof Demand.Granted) {
      return of(1_000_000_000, Duration.ofSeconds(1))::acquirePermission;
    }
    if (demand instanceof Demand.AboveRate above) {
      // In periods of 1 ms, as near as its cycles come to a continuous refill.
      return Drain.drained(of(above.perSecond() / 1_000, Duration.ofMillis(1))::acquirePermission);
    }
    return Drain.drained(of(1, Duration.ofDays(1))::acquirePermission);
  }

  static RateLimiter of(int limit, Duration period) {
    return RateLimiter.of(
        "bench",
        RateLimiterConfig.custom()
            .limitForPeriod(limit)
            .limitRefreshPeriod(period)
            .timeoutDuration(Duration.ZERO)
            .build());
  }
}
