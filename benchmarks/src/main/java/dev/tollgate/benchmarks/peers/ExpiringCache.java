package dev.tollgate.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;

/** Caffeine as a cache of buckets would use it: each entry has a moment of its own to go. */
public final class ExpiringCache {
  private ExpiringCache() {}

  /** Two numbers for each key, which go an hour after they were last asked for. */
  public static Cache<Object, long[]> ofKeys() {
    return Caffeine.newBuilder()
        .expireAfter(Expiry.<Object, long[]>accessing((key, words) -> Duration.ofHours(1)))
        .build();
  }
}
