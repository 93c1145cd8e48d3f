package dev.tollgate.health;

/** How often a cache could answer, since it counts. */
final class CacheCheck implements HealthCheck {
  private final CacheSource cache;
  private final double leastHitRate;
  private final long leastRequests;

  CacheCheck(CacheSource cache, HealthConfig config) {
    this.cache = cache;
    this.leastHitRate = config.cacheHitRate();
    this.leastRequests = config.cacheRequests();
  }

  @Override
  public HealthResult check() {
    long hits = cache.hits();
    long requests = hits + cache.misses();
    if (requests == 0) {
      return HealthResult.healthy("no requests yet");
    }
    double rate = (double) hits / requests;
    String detail = "hit rate " + Amount.percent(rate) + " of " + requests + " requests";
    return requests >= leastRequests && rate < leastHitRate
        ? HealthResult.degraded(detail)
        : HealthResult.healthy(detail);
  }
}
