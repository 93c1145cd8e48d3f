package dev.tollgate.health;

/** Whether a circuit breaker is open. */
final class CircuitBreakerCheck implements HealthCheck {
  private final CircuitBreakerSource breaker;

  CircuitBreakerCheck(CircuitBreakerSource breaker) {
    this.breaker = breaker;
  }

  @Override
  public HealthResult check() {
    boolean open = breaker.isOpen();
    String state = breaker.state();
    return open ? HealthResult.degraded(state) : HealthResult.healthy(state);
  }
}
