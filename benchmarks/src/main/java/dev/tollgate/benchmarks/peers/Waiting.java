package dev.tollgate.benchmarks.peers;

import com.google.common.util.concurrent.RateLimiter;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.function.Supplier;

/** A limiter of 1,000 permits a second that saves none up, and a call that waits for one. */
@SuppressWarnings("UnstableApiUsage")
public enum Waiting {
  TOLLGATE(Waiting::tollgate),
  GUAVA(Waiting::guava),
  RESILIENCE4J(Waiting::resilience4j);

  @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
  private final Supplier<OneWait> factory;

  Waiting(Supplier<OneWait> factory) {
    this.factory = factory;
  }

  public OneWait limiter() {
    return factory.get();
  }

  /** One call that waits. */
  public interface OneWait {
    /** Nanoseconds from the moment that the limiter named when the call came to its return. */
    long overshootNanos() throws InterruptedException;
  }

  private static OneWait tollgate() {
    RateLimitConfig config = RateLimitConfig.of(1_000, Duration.ofSeconds(1)).withCapacity(1);
    dev.tollgate.limiter.RateLimiter limiter =
        new LimiterRegistry(Ticker.system()).register("bench", config);
    return () -> {
      long begin = System.nanoTime();
      long wait = limiter.retryAfter(1).toNanos();
      limiter.acquire();
      return System.nanoTime() - begin - wait;
    };
  }

  private static OneWait guava() {
    RateLimiter limiter = RateLimiter.create(1_000);
    return () -> {
      long begin = System.nanoTime();
      // Answers with what it meant to sleep.
      double seconds = limiter.acquire();
      return System.nanoTime() - begin - Math.round(seconds * 1e9);
    };
  }

  private static OneWait resilience4j() {
    io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter limiter =
        new io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter(
            "bench",
            io.github.resilience4j.ratelimiter.RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofMillis(1))
                .timeoutDuration(Duration.ofSeconds(5))
                .build());
    return () -> {
      long begin = System.nanoTime();
      long wait = limiter.getDetailedMetrics().getNanosToWait();
      if (!limiter.acquirePermission()) {
        throw new IllegalStateException("refused after a wait");
      }
      return System.nanoTime() - begin - wait;
    };
  }
}
