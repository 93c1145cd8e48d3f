package dev.tollgate.limiter;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one turnstile decides by, and what it has decided: its limits, when something was taken
 * last, and the counters. Under the turnstile's lock, but for {@link #reject}.
 */
final class Ledger {
  private final WaitTally admitted = new WaitTally();
  private final LongAdder rejected;
  private Limits limits;
  private boolean enforced = true;
  private long refunded;
  private long lastTake;
  private long refundedAtLastTake;

  /**
   * @param rejected counts calls that are refused
   */
  Ledger(Limits limits, LongAdder rejected, long now) {
    this.limits = limits;
    this.rejected = rejected;
    this.lastTake = now - Outcome.MAX_NANOS;
  }

  Limits limits() {
    return limits;
  }

  void limits(Limits changed) {
    limits = changed;
  }

  /** Whether calls are held up or refused here; otherwise those that come all the same pass. */
  boolean isEnforced() {
    return enforced;
  }

  void enforced(boolean changed) {
    enforced = changed;
  }

  /** The last moment at which something was taken, or a while later. */
  long lastTake() {
    return lastTake;
  }

  /** How many tokens were given back, over all time. */
  long refunded() {
    return refunded;
  }

  /** How many tokens more the level could hold, whole ones. */
  long room(Level level, long moment) {
    long missing = limits.capacity() - level.available(timeAt(level, moment), limits);
    // One that is missing may be there in part.
    return Math.max(0, missing - 1);
  }

  Grant grantOf(Level level, long weight, long moment, long room) {
    return new Grant(level, weight, moment, room, refunded, limits);
  }

  /** Something is about to be taken, by who may have read the clock before the last who did. */
  void taking(long moment) {
    if (moment - lastTake > 0) {
      lastTake = moment;
    }
    refundedAtLastTake = refunded;
  }

  /**
   * Puts back what is left of a grant.
   *
   * @param owing whether the level has owed tokens ever since
   */
  void refund(Grant grant, boolean owing, long now) {
    if (grant.level().admittedWithoutTurnstile() > 0) {
      // Whoever took of a lease wasn't seen here.
      taking(now);
    }
    long left = owing ? grant.weight() : grant.left(lastTake, refundedAtLastTake, limits);
    if (left > 0) {
      grant.level().refund(left, limits);
      refunded += left;
    }
  }

  /** The level's time at {@code moment} of the clock. */
  long timeAt(Level level, long moment) {
    return level.time().at(level, moment, limits);
  }

  /** {@link Level#waitFor}, by the clock. */
  long waitFor(Level level, long weight, long moment) {
    BucketTime time = level.time();
    long then = time.at(level, moment, limits);
    return time.onTheClock(level.waitFor(weight, then, limits), then, moment);
  }

  /** A call takes at once what is there. */
  void spend(Level level, long weight, long moment) {
    taking(moment);
    level.spend(weight, limits);
    granted(level, 0, moment);
  }

  /** Takes tokens that are there, for a call that waited without having any. */
  void grant(Level level, long weight, long waitedNanos, long moment) {
    taking(moment);
    level.owe(weight, limits);
    granted(level, waitedNanos, moment);
  }

  /**
   * A call takes what isn't all there yet, and goes at once; it would have gone at {@code until}.
   */
  void charge(Level level, long weight, long waitedNanos, long moment, long until) {
    taking(moment);
    oweAndClip(level, weight);
    granted(level, waitedNanos, until);
  }

  /** Takes what isn't all there yet; answers what it clipped. */
  long oweAndClip(Level level, long weight) {
    level.owe(weight, limits);
    return weight == limits.capacity() ? level.clip(limits) : 0;
  }

  /** {@link BucketTime#isAsNew}. */
  boolean isAsNew(Level level, long moment) {
    return level.time().isAsNew(level, moment, limits);
  }

  /** Counts a call that is admitted. */
  void admit(long waitedNanos) {
    admitted.count(waitedNanos);
  }

  /** Counts a call that is refused; {@code wait} as {@link Level#waitFor} has it. */
  long reject(long wait) {
    rejected.increment();
    return refusal(wait);
  }

  static long refusal(long wait) {
    return wait == Outcome.NEVER ? Outcome.NEVER : Outcome.refused(wait);
  }

  static boolean isHopeless(long wait, long maxWaitNanos) {
    return wait == Outcome.NEVER || wait > maxWaitNanos;
  }

  WaitTally admitted() {
    return admitted;
  }

  long rejected() {
    return rejected.sum();
  }

  /** Counts what another one has counted. */
  void count(Handover handover) {
    admitted.add(handover.admitted());
    rejected.add(handover.rejected());
  }

  private void granted(Level level, long waitedNanos, long moment) {
    admitted.count(waitedNanos);
    level.time().used(moment);
  }
}
