package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.Test;

/** With real circuit breakers. */
class Resilience4jSourceTest {
  private final WatchedSources health = new WatchedSources();
  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
  private final CircuitBreaker payments = registry.circuitBreaker("payments");

  @Test
  void anOpenBreakerDegrades() {
    Sources.watch(health, "payments", payments);
    assertThat(look()).isEqualTo(HealthResult.healthy("CLOSED"));
    payments.transitionToOpenState();
    assertThat(look()).isEqualTo(HealthResult.degraded("OPEN"));
    payments.transitionToHalfOpenState();
    assertThat(look()).isEqualTo(HealthResult.healthy("HALF_OPEN"));
    payments.transitionToForcedOpenState();
    assertThat(look()).isEqualTo(HealthResult.degraded("FORCED_OPEN"));
    payments.transitionToDisabledState();
    assertThat(look()).isEqualTo(HealthResult.healthy("DISABLED"));
  }

  @Test
  void aRegistryIsWatchedWithTheBreakersThatComeLater() {
    Sources.watch(health, "all", registry);
    registry.circuitBreaker("search").transitionToOpenState();
    registry.circuitBreaker("mail");
    assertThat(health.look("circuit-breaker:all")).isEqualTo(HealthResult.degraded("open: search"));
    payments.transitionToOpenState();
    assertThat(health.look("circuit-breaker:all"))
        .isEqualTo(HealthResult.degraded("open: payments, search"));
    registry.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToClosedState);
    assertThat(health.look("circuit-breaker:all"))
        .isEqualTo(HealthResult.healthy("none of 3 open"));
  }

  private HealthResult look() {
    return health.look("circuit-breaker:payments");
  }
}
