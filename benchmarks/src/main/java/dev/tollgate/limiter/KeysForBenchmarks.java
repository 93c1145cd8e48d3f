package dev.tollgate.limiter;

/** The buckets of keys without their limiter, for the benchmarks. */
public final class KeysForBenchmarks {
  private final KeyedBuckets buckets;

  public KeysForBenchmarks(RateLimitConfig config, int maxKeys) {
    buckets = new KeyedBuckets(config, maxKeys, Ticker.system());
  }

  /** Answers whether one permit of {@code key} was granted. */
  public boolean tryAcquire(Object key) {
    return Outcome.granted(buckets.take(key, 1, 0));
  }
}
