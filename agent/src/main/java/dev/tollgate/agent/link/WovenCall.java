package dev.tollgate.agent.link;

import dev.tollgate.limiter.LimiterCore;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * What a method calls that has one limit: its limiter, bound. A record, since the JIT trusts the
 * fields of those to be final.
 */
record WovenCall(LimiterCore core, long weight, long maxWaitNanos, Class<?> caller, String where) {

  void take() {
    long outcome = core.take(weight, maxWaitNanos);
    if (!Outcome.granted(outcome)) {
      throw refused(weight, outcome);
    }
  }

  void takeIfOutermost(int depth) {
    if (depth == 0) {
      take();
    }
  }

  void takeWeighted(long argument) {
    take(core, BoundLimits.checked(argument, where));
  }

  void takeKeyed(@Nullable Object key) {
    take(core.ofKey(key), weight);
  }

  /** Null where it is granted. */
  @Nullable Throwable refusal() {
    long outcome = core.take(weight, maxWaitNanos);
    return Outcome.granted(outcome) ? null : refused(weight, outcome);
  }

  private void take(TokenSource source, long tokens) {
    long outcome = source.take(tokens, maxWaitNanos);
    if (!Outcome.granted(outcome)) {
      throw refused(tokens, outcome);
    }
  }

  private RuntimeException refused(long tokens, long outcome) {
    return Refusals.of(caller, core.name(), tokens, outcome);
  }
}
