package dev.tollgate.health;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.RateLimiterStats;
import dev.tollgate.limiter.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether limiters have rejected many of the calls of the last minute. */
final class RateLimitersCheck implements HealthCheck {
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Supplier<Map<String, RateLimiterStats>> limiters;
  private final Function<String, LimiterMode> modes;
  private final Ticker ticker;
  private final double mostRejected;
  private final long leastRequests;
  private final Map<String, RecentRequests> recent = new HashMap<>();
  private boolean hasLooked;

  RateLimitersCheck(
      Supplier<Map<String, RateLimiterStats>> limiters,
      Function<String, LimiterMode> modes,
      Ticker ticker,
      HealthConfig config) {
    this.limiters = limiters;
    this.modes = modes;
    this.ticker = ticker;
    this.mostRejected = config.rejectionRate();
    this.leastRequests = config.rejectionRequests();
  }

  @Override
  public HealthResult check() {
    Map<String, RateLimiterStats> all = limiters.get();
    long now = ticker.nanos();
    List<String> rejecting = new ArrayList<>();
    for (Map.Entry<String, RateLimiterStats> limiter : all.entrySet()) {
      RecentRequests requests =
          recent.computeIfAbsent(limiter.getKey(), name -> since(now, limiter.getValue()));
      boolean isEnforced = modes.apply(limiter.getKey()) == LimiterMode.ENFORCE;
      requests.add(now, limiter.getValue(), isEnforced);
      double rate = requests.rejectionRate();
      if (requests.total() >= leastRequests && rate > mostRejected) {
        rejecting.add(
            limiter.getKey()
                + " rejected "
                + Amount.percent(rate)
                + " of "
                + requests.total()
                + " requests in the last minute");
      }
    }
    hasLooked = true;
    return rejecting.isEmpty()
        ? HealthResult.healthy(all.size() + " limiters")
        : HealthResult.degraded(String.join("; ", rejecting));
  }

  /** Those that are there at the first look may have counted for hours. */
  private RecentRequests since(long now, RateLimiterStats stats) {
    return hasLooked
        ? new RecentRequests(WINDOW_NANOS)
        : new RecentRequests(WINDOW_NANOS, now, stats);
  }
}
