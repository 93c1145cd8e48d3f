package dev.tollgate.limiter;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * All that a bucket has, at one instant, for the one that goes on with it. Those who wait aren't in
 * it: they come again there. Moments are those of the level, which {@code warmUp} makes others than
 * the clock's.
 *
 * @param onLease what left the cells since the last refill, which may not be refilled twice
 * @param warmUp null where it isn't warming up
 * @param lastUse the last moment of the clock that was granted or promised
 * @param admitted the calls so far
 * @param rejected the calls so far
 */
record Handover(
    long tokens,
    long parts,
    long refilledAt,
    long onLease,
    @Nullable WarmUp warmUp,
    long lastUse,
    WaitTally admitted,
    long rejected) {

  /** The tokens in parts of one, under {@code limits}, which are those that it had. */
  BigInteger inParts(Limits limits) {
    return BigInteger.valueOf(tokens)
        .multiply(BigInteger.valueOf(limits.rate().periodNanos()))
        .add(BigInteger.valueOf(parts));
  }

  /** The moment of the clock from which on time brings tokens. */
  long begins() {
    return warmUp == null ? refilledAt : warmUp.clockTime(refilledAt);
  }
}
