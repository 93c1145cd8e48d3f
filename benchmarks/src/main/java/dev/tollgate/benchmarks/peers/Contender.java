package dev.tollgate.benchmarks.peers;

import java.util.function.BooleanSupplier;

/** A way to ask for one permit without waiting for it. */
public enum Contender {
  TOLLGATE(Tollgate::limiter),
  /** Never leases: 80 a minute, and so large a capacity that it grants. */
  TOLLGATE_80_A_MINUTE(Tollgate::slowLimiter),
  GUAVA(Guava::limiter),
  RESILIENCE4J(Resilience4j::limiter),
  RESILIENCE4J_SPRING(Resilience4jSpring::limiter),
  BUCKET4J_MILLIS(demand -> Bucket4j.limiter(demand, false)),
  BUCKET4J_NANOS(demand -> Bucket4j.limiter(demand, true)),
  FAILSAFE_SMOOTH(demand -> Failsafe.limiter(demand, true)),
  FAILSAFE_BURSTY(demand -> Failsafe.limiter(demand, false)),
  SENTINEL(Sentinel::limiter);

  @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
  private final Factory factory;

  Contender(Factory factory) {
    this.factory = factory;
  }

  /** Answers whether one permit was granted. */
  public BooleanSupplier limiter(Demand demand) {
    return factory.limiter(demand);
  }

  private interface Factory {
    BooleanSupplier limiter(Demand demand);
  }
}
