package dev.tollgate.agent.link;

import dev.tollgate.limiter.Outcome;
import org.jspecify.annotations.Nullable;

/** What a method calls whose limits are several and speak of none of its arguments. */
record JointCall(Demand demand, Class<?> caller) {

  void take() {
    long outcome = demand.take();
    if (!Outcome.granted(outcome)) {
      throw demand.refused(caller, outcome);
    }
  }

  /** Null where it is granted. */
  @Nullable Throwable refusal() {
    long outcome = demand.take();
    return Outcome.granted(outcome) ? null : demand.refused(caller, outcome);
  }

  /** Takes what is there, and waits for nothing. */
  boolean isThere() {
    return Outcome.granted(demand.takeIfThere());
  }
}
