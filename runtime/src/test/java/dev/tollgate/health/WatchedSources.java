package dev.tollgate.health;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assertions;

/** Takes what is to be watched, and looks at it when a test asks. */
final class WatchedSources extends NoHealth {
  private final Map<String, Callable<HealthResult>> checks = new HashMap<>();

  @Override
  public void watch(String name, CacheSource cache) {
    checks.put("cache:" + name, new CacheCheck(cache, HealthConfig.DEFAULT)::check);
  }

  @Override
  public void watch(String name, CircuitBreakerSource breaker) {
    checks.put("circuit-breaker:" + name, new CircuitBreakerCheck(breaker)::check);
  }

  HealthResult look(String check) {
    return Assertions.assertDoesNotThrow(() -> checks.get(check).call());
  }
}
