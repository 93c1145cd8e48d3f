package dev.tollgate.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.google.common.util.concurrent.RateLimiter;
import dev.tollgate.limiter.KeysForBenchmarks;
import dev.tollgate.limiter.RateLimitConfig;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A limiter for each key, 10 an hour. Peers have no cache of their own that forgets only what is
 * full: theirs are in a plain concurrent map, the smallest that there is.
 */
@SuppressWarnings("UnstableApiUsage")
public enum Keyed {
  TOLLGATE(
      () -> {
        KeysForBenchmarks keys =
            new KeysForBenchmarks(RateLimitConfig.of(10, Duration.ofHours(1)), Integer.MAX_VALUE);
        return keys::tryAcquire;
      }),
  GUAVA(
      () -> {
        ConcurrentHashMap<Object, RateLimiter> keys = new ConcurrentHashMap<>();
        return key -> keys.computeIfAbsent(key, k -> RateLimiter.create(1 / 360.0)).tryAcquire();
      }),
  RESILIENCE4J(
      () -> {
        ConcurrentHashMap<Object, io.github.resilience4j.ratelimiter.RateLimiter> keys =
            new ConcurrentHashMap<>();
        return key ->
            keys.computeIfAbsent(key, k -> Resilience4j.of(10, Duration.ofHours(1)))
                .acquirePermission();
      }),
  /** No limiter: what a cache alone takes that forgets each key at a moment of its own. */
  CAFFEINE_ALONE(
      () -> {
        Cache<Object, long[]> keys = ExpiringCache.ofKeys();
        return key -> keys.get(key, k -> new long[2]) != null;
      }),
  BUCKET4J_NANOS(
      () -> {
        ConcurrentHashMap<Object, Bucket> keys = new ConcurrentHashMap<>();
        return key ->
            keys.computeIfAbsent(key, k -> Bucket4j.of(10, Duration.ofHours(1), true))
                .tryConsume(1);
      });

  @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
  private final Supplier<Predicate<Object>> factory;

  Keyed(Supplier<Predicate<Object>> factory) {
    this.factory = factory;
  }

  /** Answers whether one permit of a key was granted. */
  public Predicate<Object> limiters() {
    return factory.get();
  }
}
