package dev.tollgate.agent.link;

import dev.tollgate.limiter.Outcome;
import org.jspecify.annotations.Nullable;

/** What a method calls whose limits are several, or speak of its arguments in some mixture. */
record GeneralCall(BoundLimits limits, Class<?> caller) {

  void take(@Nullable Object[] arguments) {
    Demand demand = limits.demand(arguments);
    long outcome = demand.take();
    if (!Outcome.granted(outcome)) {
      throw demand.refused(caller, outcome);
    }
  }

  /** Null where it is granted. */
  @Nullable Throwable refusal(@Nullable Object[] arguments) {
    Demand demand = limits.demand(arguments);
    long outcome = demand.take();
    return Outcome.granted(outcome) ? null : demand.refused(caller, outcome);
  }
}
