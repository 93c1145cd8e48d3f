package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.junit.jupiter.api.Test;

/** With real caches. */
class CaffeineSourceTest {
  private final WatchedSources health = new WatchedSources();

  @Test
  void aCacheThatSeldomAnswersIsDegradedAfterAHundredRequests() {
    Cache<Integer, String> cache = Caffeine.newBuilder().recordStats().build();
    Sources.watch(health, "recipes", cache);
    assertThat(health.look("cache:recipes")).isEqualTo(HealthResult.healthy("no requests yet"));
    cache.put(0, "soup");
    for (int i = 0; i < 99; i++) {
      cache.getIfPresent(i < 29 ? 0 : 1);
    }
    assertThat(health.look("cache:recipes"))
        .isEqualTo(HealthResult.healthy("hit rate 29.3 % of 99 requests"));
    cache.getIfPresent(1);
    assertThat(health.look("cache:recipes"))
        .isEqualTo(HealthResult.degraded("hit rate 29.0 % of 100 requests"));
    cache.getIfPresent(0);
    cache.getIfPresent(0);
    assertThat(health.look("cache:recipes"))
        .isEqualTo(HealthResult.healthy("hit rate 30.4 % of 102 requests"));
  }

  @Test
  void loadingAndAsynchronousCachesCountAsWell() {
    LoadingCache<String, String> loading = Caffeine.newBuilder().recordStats().build(key -> key);
    AsyncCache<String, String> async = Caffeine.newBuilder().recordStats().buildAsync();
    Sources.watch(health, "loading", loading);
    Sources.watch(health, "async", async);
    loading.get("a");
    loading.get("a");
    async.getIfPresent("a");
    assertThat(health.look("cache:loading").detail()).isEqualTo("hit rate 50.0 % of 2 requests");
    assertThat(health.look("cache:async").detail()).isEqualTo("hit rate 0.0 % of 1 requests");
  }

  @Test
  void aCacheThatDoesNotCountIsRefused() {
    Cache<Integer, String> cache = Caffeine.newBuilder().build();
    assertThatThrownBy(() -> Sources.watch(health, "recipes", cache))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cache 'recipes' counts nothing; build it with Caffeine's recordStats()");
  }

  @Test
  void whateverElseBelongsToCaffeineIsRefused() {
    assertThatThrownBy(() -> Sources.watch(health, "recipes", Caffeine.newBuilder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "can't watch a com.github.benmanes.caffeine.cache.Caffeine; give a Caffeine cache");
  }

  @Test
  void anyOtherCacheIsWatchedByASmallInterface() {
    Sources.watch(
        health,
        "own",
        new CacheSource() {
          @Override
          public long hits() {
            return 10;
          }

          @Override
          public long misses() {
            return 90;
          }
        });
    assertThat(health.look("cache:own"))
        .isEqualTo(HealthResult.degraded("hit rate 10.0 % of 100 requests"));
  }

  @Test
  void whatIsNoSourceIsRefused() {
    assertThatThrownBy(() -> Sources.watch(health, "text", "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("can't watch a java.lang.String; give a Caffeine cache");
  }
}
