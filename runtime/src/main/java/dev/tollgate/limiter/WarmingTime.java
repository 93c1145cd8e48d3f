package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * The time of a {@link WarmUp}, which begins whenever nothing was granted or promised for as long
 * as it takes.
 */
final class WarmingTime extends BucketTime {
  /** Null until somebody asks. */
  private @Nullable WarmUp warmUp;

  /** The last moment that was granted or promised; until then, and a while longer, it is warm. */
  private long lastUse;

  /** Cold. */
  WarmingTime() {}

  WarmingTime(WarmUp warmUp, long lastUse) {
    this.warmUp = warmUp;
    this.lastUse = lastUse;
  }

  @Override
  long at(Level level, long moment, Limits limits) {
    long then = at(moment);
    if (isCold(level, moment, limits)) {
      begin(level, moment, then, limits);
      return moment;
    }
    return then;
  }

  @Override
  long at(long moment) {
    return warmUp == null ? moment : warmUp.bucketTime(moment);
  }

  @Override
  long notBefore(long moment) {
    return warmUp == null ? moment : warmUp.bucketTime(moment) + 1;
  }

  @Override
  long onTheClock(long moment) {
    return warmUp == null ? moment : warmUp.clockTime(moment);
  }

  @Override
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

  @Override
  void used(long moment) {
    if (moment - lastUse > 0) {
      lastUse = moment;
    }
  }

  @Override
  void resume(long now) {
    if (lastUse - now > 0) {
      lastUse = now;
    }
  }

  /** Cold, with the one token that a cold one begins with. */
  @Override
  boolean isAsNew(Level level, long moment, Limits limits) {
    return level.waiting() == 0
        && level.available(at(moment), limits) >= 1
        && isCold(level, moment, limits);
  }

  @Override
  @Nullable WarmUp warmUp() {
    return warmUp;
  }

  @Override
  long lastUse(long lastTake) {
    return warmUp == null ? lastTake : lastUse;
  }

  @Override
  BucketTime changed(long nanos, long now, long lastTake) {
    return nanos == 0 || warmUp != null ? super.changed(nanos, now, lastTake) : new WarmingTime();
  }

  @Override
  void goOnWith(Handover handover) {
    warmUp = handover.warmUp();
    lastUse = handover.lastUse();
  }

  private boolean isCold(Level level, long moment, Limits limits) {
    return warmUp == null
        || (moment - lastUse > limits.warmUpNanos()
            && level.waiting() == 0
            && level.available(at(moment), limits) >= 1);
  }

  /** One token, or what is there of it, and time that runs slowly at first. */
  private void begin(Level level, long moment, long then, Limits limits) {
    if (warmUp == null) {
      lastUse = moment - limits.warmUpNanos() - 1;
    }
    warmUp = new WarmUp(moment, limits.warmUpNanos());
    if (level.available(then, limits) >= 1) {
      level.fill(limits, moment);
      level.owe(limits.capacity() - 1, limits);
      return;
    }
    // Nobody has asked yet, so what begins later is a pause, by the clock.
    long begins = level.begins(then, limits);
    level.rescale(limits, limits, then, moment);
    if (begins - then > 0) {
      level.beginAt(notBefore(begins), limits);
    }
  }
}
