package dev.tollgate.limiter;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A program with its own copy of the library that is handed over while calls wait. {@link
 * HandoverGiveBackTest} loads this in another class loader; it takes and answers JDK types, like
 * the door.
 */
public final class HandedOverCopy implements Function<Map<String, Object>, Map<String, Object>> {
  @Override
  public Map<String, Object> apply(Map<String, Object> door) {
    LimiterRegistry own = new LimiterRegistry(new FakeTicker());
    RateLimiter five =
        own.register("five", RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(5));
    CompletableFuture<Void> there = five.acquireAsync(5, Duration.ZERO);
    CompletableFuture<Void> waiting = five.acquireAsync(3, Duration.ofMinutes(1));
    CompletableFuture<Void> behind = five.acquireAsync(2, Duration.ofMinutes(1));
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("notes", own.handOver(new DoorClient(door)));
    seen.put("there", there);
    seen.put("waiting", waiting);
    seen.put("behind", behind);
    seen.put("later", five.acquireAsync(1, Duration.ofMinutes(1)));
    seen.put("class", RateLimiter.class);
    return seen;
  }
}
