package dev.tollgate.agent.link;

import dev.tollgate.limiter.JointOutcome;
import org.jspecify.annotations.Nullable;

/** What a method calls whose limits are several and speak of none of its arguments. */
record JointCall(Demand demand, Class<?> caller) {

  void take() {
    JointOutcome outcome = demand.take();
    if (!outcome.isGranted()) {
      throw demand.refused(caller, outcome);
    }
  }

  /** Null where it is granted. */
  @Nullable Throwable refusal() {
    JointOutcome outcome = demand.take();
    return outcome.isGranted() ? null : demand.refused(caller, outcome);
  }

  /** Takes what is there, and waits for nothing. */
  boolean isThere() {
    return demand.takeIfThere();
  }
}
