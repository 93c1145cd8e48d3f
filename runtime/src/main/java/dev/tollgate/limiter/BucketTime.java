package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * The time that a level goes by: the clock's, or where its limiter warms up, a {@link WarmingTime}.
 * All moments and waits outside of the level are the clock's. Under the turnstile's lock.
 */
class BucketTime {
  private static final BucketTime CLOCKS = new BucketTime();

  BucketTime() {}

  /** That of a level which nobody has asked for anything. */
  static BucketTime of(Limits limits) {
    return limits.warmUpNanos() == 0 ? CLOCKS : new WarmingTime();
  }

  /** The level's time at a moment of the clock; begins to warm up where it is cold. */
  long at(Level level, long moment, Limits limits) {
    return moment;
  }

  /** The level's time at a moment of the clock, however long nothing was used before. */
  long at(long moment) {
    return moment;
  }

  /** The level's moment that isn't before {@code moment} of the clock. */
  long notBefore(long moment) {
    return moment;
  }

  /** The first moment of the clock at which it is {@code moment} for the level. */
  long onTheClock(long moment) {
    return moment;
  }

  /**
   * The wait by the clock of a call that comes at {@code moment}, which is {@code then} for the
   * level, where the level says {@code wait}, or {@link Outcome#NEVER}.
   */
  long onTheClock(long wait, long then, long moment) {
    return wait;
  }

  /** Something is granted, or promised, for {@code moment} of the clock. */
  void used(long moment) {}

  /** A pause has ended early: what was promised for later isn't any more. */
  void resume(long now) {}

  /** Whether the level is as it was before anyone asked it. */
  boolean isAsNew(Level level, long moment, Limits limits) {
    return level.waiting() == 0 && level.waitFor(limits.capacity(), moment, limits) == 0;
  }

  /** Null where it goes by the clock. */
  @Nullable WarmUp warmUp() {
    return null;
  }

  /**
   * The last moment of the clock that was granted or promised; {@code lastTake} where that isn't
   * kept.
   */
  long lastUse(long lastTake) {
    return lastTake;
  }

  /**
   * The level's time from {@code now} on, where it warms up in so long.
   *
   * @param nanos 0 for the clock's
   * @param lastTake when something was taken last
   */
  BucketTime changed(long nanos, long now, long lastTake) {
    return nanos == 0 ? CLOCKS : new WarmingTime(new WarmUp(now, nanos), lastUse(lastTake));
  }

  /** Goes on with the time of another level of the same limits. */
  void goOnWith(Handover handover) {}
}
