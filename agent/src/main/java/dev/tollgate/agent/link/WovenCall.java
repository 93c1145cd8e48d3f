package dev.tollgate.agent.link;

import dev.tollgate.limiter.LimiterCore;
import dev.tollgate.limiter.Outcome;

/**
 * What a woven method calls: its limiter, bound. A record, since the JIT trusts the fields of those
 * to be final.
 */
record WovenCall(LimiterCore core, long weight, long maxWaitNanos, Class<?> caller) {

  void take() {
    long outcome = core.take(weight, maxWaitNanos);
    if (!Outcome.granted(outcome)) {
      throw Refusals.of(caller, core.name(), weight, outcome);
    }
  }

  void takeIfOutermost(int depth) {
    if (depth == 0) {
      take();
    }
  }
}
