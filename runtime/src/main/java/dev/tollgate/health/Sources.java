package dev.tollgate.health;

/** What applications have already, as what we can watch. */
final class Sources {
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";
  private static final String RESILIENCE4J = "io.github.resilience4j.circuitbreaker.";

  private Sources() {}

  /**
   * Watches {@code source} by what it is.
   *
   * @throws IllegalArgumentException if it isn't anything that is known here
   */
  static void watch(HealthService health, String name, Object source) {
    if (source instanceof CacheSource cache) {
      health.watch(name, cache);
    } else if (source instanceof CircuitBreakerSource breaker) {
      health.watch(name, breaker);
    } else if (implementsOneOf(source.getClass(), CAFFEINE)) {
      health.watch(name, CaffeineSource.of(name, source));
    } else if (implementsOneOf(source.getClass(), RESILIENCE4J)) {
      health.watch(name, Resilience4jSource.of(source));
    } else {
      throw unknown(source);
    }
  }

  static IllegalArgumentException unknown(Object source) {
    return new IllegalArgumentException(
        "can't watch a "
            + source.getClass().getName()
            + "; give a Caffeine cache, a Resilience4j CircuitBreaker or CircuitBreakerRegistry,"
            + " or implement CacheSource or CircuitBreakerSource");
  }

  /** By name: where the library isn't there, its classes can't be asked for. */
  private static boolean implementsOneOf(Class<?> type, String prefix) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at.getName().startsWith(prefix)) {
        return true;
      }
      for (Class<?> implemented : at.getInterfaces()) {
        if (implementsOneOf(implemented, prefix)) {
          return true;
        }
      }
    }
    return false;
  }
}
