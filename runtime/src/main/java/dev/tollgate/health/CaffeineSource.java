package dev.tollgate.health;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;

/** A Caffeine cache. Not loaded where there is none. */
final class CaffeineSource implements CacheSource {
  private final Cache<?, ?> cache;

  private CaffeineSource(Cache<?, ?> cache) {
    this.cache = cache;
  }

  /**
   * @throws IllegalArgumentException if {@code source} isn't a cache, or doesn't count
   */
  static CaffeineSource of(String name, Object source) {
    Cache<?, ?> cache;
    if (source instanceof Cache<?, ?> given) {
      cache = given;
    } else if (source instanceof AsyncCache<?, ?> async) {
      cache = async.synchronous();
    } else {
      throw Sources.unknown(source);
    }
    if (!cache.policy().isRecordingStats()) {
      throw new IllegalArgumentException(
          "cache '" + name + "' counts nothing; build it with Caffeine's recordStats()");
    }
    return new CaffeineSource(cache);
  }

  @Override
  public long hits() {
    return cache.stats().hitCount();
  }

  @Override
  public long misses() {
    return cache.stats().missCount();
  }
}
