package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a program with its own copy of the library does with the agent's limiters. {@link DoorTest}
 * loads this in another class loader; it takes and answers JDK types, like the door.
 */
public final class SecondCopy implements Function<Map<String, Object>, Map<String, Object>> {
  @Override
  public Map<String, Object> apply(Map<String, Object> door) {
    Map<String, Object> seen = new LinkedHashMap<>();
    Limiters limiters = new DoorClient(door);
    RateLimiter billing =
        limiters.register("billing", RateLimitConfig.of(5, Duration.ofHours(1)).withBurst(1));
    seen.put("name", billing.name());
    seen.put("same", billing == limiters.get("billing"));
    seen.put("granted", billing.tryAcquire(2));
    seen.put("refused", billing.tryAcquire(5));
    seen.put("available", billing.availablePermits());
    seen.put("retry after", billing.retryAfter(5));
    seen.put("config", billing.config().toString());
    try (Permit permit = billing.limit()) {
      seen.put("in flight", billing.stats().inFlight());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    seen.put("admitted", limiters.stats().get("billing").admittedRequests());
    seen.put("names", limiters.stats().keySet().toString());
    try {
      limiters.register("billing", RateLimitConfig.of(6, Duration.ofHours(1)));
    } catch (IllegalStateException e) {
      seen.put("another definition", e.getMessage());
    }
    try {
      limiters.get("nobody");
    } catch (UnknownLimiterException e) {
      seen.put("unknown", e.getMessage());
      seen.put("unknown's class", e.getClass());
    }
    seen.put("class", RateLimiter.class);
    return seen;
  }
}
