package dev.tollgate.health;

/** The state of a circuit breaker. Read in the background. */
public interface CircuitBreakerSource {

  /** Whether it refuses calls now. */
  boolean isOpen();

  /** The state in the breaker's own words: "HALF_OPEN". */
  String state();
}
