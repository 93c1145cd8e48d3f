package dev.tollgate.agent.link;

import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.Outcome;
import dev.tollgate.limiter.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * What a method calls that has one limit: its limiter, bound. A record, since the JIT trusts the
 * fields of those to be final.
 */
record WovenCall(KeyedCore core, long weight, long maxWaitNanos, SiteRequest site) {

  // Named by what is asked, and by what of the call's arguments it is asked with: see Targets.

  void take() {
    take(core, weight);
  }

  void takeIfOutermost(int depth) {
    if (depth == 0) {
      take();
    }
  }

  void takeWeighted(long argument) {
    take(core, BoundLimits.checked(argument, site));
  }

  void takeKeyed(@Nullable Object key) {
    take(core.ofKey(key), weight);
  }

  /** Null where it is granted. */
  @Nullable Throwable refusal() {
    return refusal(core, weight);
  }

  @Nullable Throwable refusalWeighted(long argument) {
    return refusal(core, BoundLimits.checked(argument, site));
  }

  @Nullable Throwable refusalKeyed(@Nullable Object key) {
    return refusal(core.ofKey(key), weight);
  }

  /** Takes what is there, and waits for nothing. */
  boolean isThere() {
    return Outcome.granted(core.takeIfThere(weight));
  }

  boolean isThereWeighted(long argument) {
    return Outcome.granted(core.takeIfThere(BoundLimits.checked(argument, site)));
  }

  boolean isThereKeyed(@Nullable Object key) {
    return Outcome.granted(core.ofKey(key).takeIfThere(weight));
  }

  private void take(TokenSource source, long tokens) {
    long outcome = source.take(tokens, maxWaitNanos);
    if (!Outcome.granted(outcome)) {
      throw refused(tokens, outcome);
    }
  }

  private @Nullable Throwable refusal(TokenSource source, long tokens) {
    long outcome = source.take(tokens, maxWaitNanos);
    return Outcome.granted(outcome) ? null : refused(tokens, outcome);
  }

  private RuntimeException refused(long tokens, long outcome) {
    return Refusals.of(site.caller(), core.name(), tokens, outcome);
  }
}
