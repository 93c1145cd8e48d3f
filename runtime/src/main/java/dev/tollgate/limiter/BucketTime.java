package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * The time that the levels of one turnstile go by: the clock's, or where there is a warm-up, that
 * of a {@link WarmUp}, which begins whenever nothing was granted or promised for as long as it
 * takes. All moments and waits outside of the levels are the clock's. Under the turnstile's lock.
 */
final class BucketTime {
  private @Nullable WarmUp warmUp;

  /** The last moment that was granted or promised; until then, and a while longer, it is warm. */
  private long lastUse;

  BucketTime(long now) {
    lastUse = now - Outcome.MAX_NANOS;
  }

  /** The level's time at a moment of the clock; begins to warm up where it is cold. */
  long at(Level level, long moment, Limits limits) {
    long nanos = limits.warmUpNanos();
    if (nanos == 0) {
      return moment;
    }
    long then = at(moment);
    boolean hasBegun = warmUp != null;
    if (hasBegun && moment - lastUse <= nanos) {
      return then;
    }
    long there = level.available(then, limits);
    if (hasBegun && (there < 1 || level.waiting() > 0)) {
      return then;
    }
    // Cold: one token, and time that runs slowly at first.
    level.rescale(limits, limits, then, moment);
    if (there > 1) {
      level.owe(there - 1, limits);
    }
    warmUp = new WarmUp(moment, nanos);
    return moment;
  }

  /** The level's time at a moment of the clock, however long nothing was used before. */
  long at(long moment) {
    return warmUp == null ? moment : warmUp.bucketTime(moment);
  }

  /** The level's moment that isn't before {@code moment} of the clock. */
  long notBefore(long moment) {
    return warmUp == null ? moment : warmUp.bucketTime(moment) + 1;
  }

  /** The first moment of the clock at which it is {@code moment} for the level. */
  long onTheClock(long moment) {
    return warmUp == null ? moment : warmUp.clockTime(moment);
  }

  /**
   * The wait by the clock of a call that comes at {@code moment}, which is {@code then} for the
   * level, where the level says {@code wait}, or {@link Outcome#NEVER}.
   */
  long onTheClock(long wait, long then, long moment) {
    WarmUp current = warmUp;
    if (current == null || wait <= 0) {
      return wait;
    }
    long byTheClock = Math.min(current.clockTime(then + wait) - moment, Outcome.MAX_NANOS);
    // Whoever is told so and comes again then must find the tokens.
    used(moment + byTheClock);
    return byTheClock;
  }

  /** Something is granted, or promised, for {@code moment} of the clock. */
  void used(long moment) {
    if (moment - lastUse > 0) {
      lastUse = moment;
    }
  }

  /** Null where it goes by the clock. */
  @Nullable WarmUp warmUp() {
    return warmUp;
  }

  long lastUse() {
    return lastUse;
  }

  /** As of {@code now}, warms up in so long; 0 for the clock's time. */
  void warmUpIn(long nanos, long now) {
    warmUp = nanos == 0 ? null : new WarmUp(now, nanos);
  }

  /** Forgets that it has begun to warm up. */
  void coolDown() {
    warmUp = null;
  }

  /** Goes on with the time of another one. */
  void goOnWith(Handover handover) {
    warmUp = handover.warmUp();
    lastUse = handover.lastUse();
  }
}
