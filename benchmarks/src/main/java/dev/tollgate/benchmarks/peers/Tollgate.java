package dev.tollgate.benchmarks.peers;

import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.function.BooleanSupplier;

final class Tollgate {
  private Tollgate() {}

  static BooleanSupplier limiter(Demand demand) {
    if (demand instanceof Demand.Granted) {
      return of(RateLimitConfig.of(1_000_000_000, Duration.ofSeconds(1)))::tryAcquire;
    }
    if (demand instanceof Demand.AboveRate above) {
      return Drain.drained(
          of(RateLimitConfig.of(above.perSecond(), Duration.ofSeconds(1)))::tryAcquire);
    }
    return Drain.drained(of(RateLimitConfig.of(1, Duration.ofDays(1)))::tryAcquire);
  }

  static BooleanSupplier slowLimiter(Demand demand) {
    if (demand instanceof Demand.Granted) {
      return of(RateLimitConfig.of(80, Duration.ofMinutes(1)).withCapacity(1_000_000_000_000_000L))
          ::tryAcquire;
    }
    return Drain.drained(
        of(RateLimitConfig.of(80, Duration.ofDays(1)).withCapacity(80))::tryAcquire);
  }

  private static RateLimiter of(RateLimitConfig config) {
    return new LimiterRegistry(Ticker.system()).register("bench", config);
  }
}
