package dev.tollgate.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Circuit breakers of Resilience4j: one, or all of a registry. Not loaded where there are none. */
final class Resilience4jSource implements CircuitBreakerSource {
  private final Supplier<Collection<CircuitBreaker>> breakers;

  private Resilience4jSource(Supplier<Collection<CircuitBreaker>> breakers) {
    this.breakers = breakers;
  }

  /**
   * @throws IllegalArgumentException if {@code source} is neither
   */
  static Resilience4jSource of(Object source) {
    if (source instanceof CircuitBreaker breaker) {
      List<CircuitBreaker> one = List.of(breaker);
      return new Resilience4jSource(() -> one);
    }
    if (source instanceof CircuitBreakerRegistry registry) {
      return new Resilience4jSource(registry::getAllCircuitBreakers);
    }
    throw Sources.unknown(source);
  }

  @Override
  public boolean isOpen() {
    return breakers.get().stream().anyMatch(Resilience4jSource::isOpen);
  }

  @Override
  public String state() {
    Collection<CircuitBreaker> all = breakers.get();
    if (all.size() == 1) {
      return all.iterator().next().getState().name();
    }
    StringJoiner open =
        new StringJoiner(", ", "open: ", "").setEmptyValue("none of " + all.size() + " open");
    all.stream()
        .filter(Resilience4jSource::isOpen)
        .map(CircuitBreaker::getName)
        .sorted()
        .forEach(open::add);
    return open.toString();
  }

  private static boolean isOpen(CircuitBreaker breaker) {
    return breaker.getState() == State.OPEN || breaker.getState() == State.FORCED_OPEN;
  }
}
