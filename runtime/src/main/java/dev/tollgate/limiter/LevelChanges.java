package dev.tollgate.limiter;

import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * Whatever changes a level besides taking from it: other limits, a pause, tokens that come back, a
 * hand-over. Each takes out all whose moment hasn't come, acts on a level that owes nobody, and
 * lets them come again, in order; whose new moment is past its deadline is refused.
 */
final class LevelChanges {
  private final Entrance entrance;
  private final Ticker ticker;

  // Under the lock.
  private final Ledger ledger;
  private final WaitingLine line;
  private final Watches watches;

  LevelChanges(Entrance entrance, Ticker ticker, Ledger ledger, WaitingLine line, Watches watches) {
    this.entrance = entrance;
    this.ticker = ticker;
    this.ledger = ledger;
    this.line = line;
    this.watches = watches;
  }

  /**
   * Gives other limits to a level that is its turnstile's only one, if it was never asked for
   * anything; says whether it did.
   */
  boolean changeIfUntouched(Level level, Limits changed) {
    entrance.lock();
    try {
      if (!isUntouched(level)) {
        return false;
      }
      entrance.unsettle();
      ledger.limits(changed);
      level.time(BucketTime.of(changed));
      level.fill(changed, ticker.nanos());
      entrance.settle(changed);
      return true;
    } finally {
      entrance.unlock();
    }
  }

  /** Gives other limits to all levels of the turnstile. Each keeps its share of a full bucket. */
  void change(Iterable<? extends Level> levels, Limits changed) {
    entrance.lock();
    try {
      for (Level level : levels) {
        level.recall();
      }
      long now = ticker.nanos();
      for (Level level : levels) {
        line.catchUp(level, now);
      }
      Limits before = ledger.limits();
      entrance.unsettle();
      ledger.limits(changed);
      for (Level level : levels) {
        BucketTime time = level.time();
        long then = time.at(now);
        ArrayDeque<Waiter> undue = line.takeOutUndue(level, now, then, before);
        long pausedUntil = time.onTheClock(level.begins(then, before));
        if (changed.warmUpNanos() != before.warmUpNanos()) {
          time = time.changed(changed.warmUpNanos(), now, ledger.lastTake());
          level.time(time);
        }
        level.rescale(before, changed, then, time.at(now));
        if (pausedUntil - now > 0) {
          level.beginAt(time.notBefore(pausedUntil), changed);
        }
        line.comeAgain(level, undue, now);
      }
      entrance.settle(changed);
      watches.wake();
    } finally {
      entrance.unlock();
    }
  }

  /**
   * Whether calls are held up at all. Where none is to be, those who wait are let go, with nothing
   * taken.
   */
  void enforce(Iterable<? extends Level> levels, boolean enforced) {
    entrance.lock();
    try {
      if (ledger.isEnforced() == enforced) {
        return;
      }
      ledger.enforced(enforced);
      if (!enforced) {
        long now = ticker.nanos();
        for (Level level : levels) {
          line.comeAgain(level, line.takeOutUndue(level, now), now);
        }
        watches.wake();
      }
    } finally {
      entrance.unlock();
    }
  }

  /** Grants nothing of these levels for {@code nanos}. */
  void pause(Iterable<? extends Level> levels, long nanos) {
    if (nanos == 0) {
      return;
    }
    entrance.lock();
    try {
      for (Level level : levels) {
        level.recall();
      }
      long now = ticker.nanos();
      for (Level level : levels) {
        ArrayDeque<Waiter> undue = line.takeOutUndue(level, now);
        level.beginAt(level.time().notBefore(now + nanos), ledger.limits());
        line.comeAgain(level, undue, now);
      }
      watches.wake();
    } finally {
      entrance.unlock();
    }
  }

  /** Ends the pause that these levels are in until {@code end}; does nothing if it is over. */
  void resume(Iterable<? extends Level> levels, long end) {
    entrance.lock();
    try {
      long now = ticker.nanos();
      if (end - now <= 0) {
        return;
      }
      for (Level level : levels) {
        ArrayDeque<Waiter> undue = line.takeOutUndue(level, now);
        BucketTime time = level.time();
        level.resume(time.notBefore(end), time.notBefore(now), ledger.limits());
        time.resume(now);
        line.comeAgain(level, undue, now);
      }
      watches.wake();
    } finally {
      entrance.unlock();
    }
  }

  /** Gives back tokens that were granted and never used. */
  void refund(Grant grant) {
    entrance.lock();
    try {
      putBack(grant, ticker.nanos());
    } finally {
      entrance.unlock();
    }
  }

  /** Under the lock: {@link #refund}. */
  void putBack(Grant grant, long now) {
    Level level = grant.level();
    if (level.isRetired()) {
      // Handed over; or full, and forgotten.
      return;
    }
    ArrayDeque<Waiter> undue = line.takeOutUndue(level, now);
    long then = ledger.timeAt(level, ticker.nanos());
    // In a pause nothing comes back: the bucket begins again empty.
    if (level.begins(then, ledger.limits()) - then <= 0) {
      // Who waits now, and did then, has waited for whatever came in between.
      boolean owing = !undue.isEmpty() && undue.getFirst().arrival - grant.moment() < 0;
      ledger.refund(grant, owing, now);
    }
    line.comeAgain(level, undue, now);
    watches.wake();
  }

  /** {@link LeasedBucket#handOver}. */
  void handOver(LeasedBucket level, Function<Handover, LimiterCore> heirs) {
    entrance.lock();
    try {
      long now = ticker.nanos();
      ArrayDeque<Waiter> undue = line.takeOutUndue(level, now);
      try {
        WaitTally calls = new WaitTally();
        calls.add(ledger.admitted());
        for (Waiter due : level.queue().front) {
          calls.count(Math.max(0, now - due.arrival));
        }
        BucketTime time = level.time();
        long lastUse = time.lastUse(ledger.lastTake());
        Handover handover =
            level.drain(ledger.limits(), time.warmUp(), lastUse, calls, ledger.rejected());
        calls.addWithoutWait(level.admittedWithoutTurnstile());
        LimiterCore heir = heirs.apply(handover);
        level.retireForGood();
        while (!undue.isEmpty()) {
          Waiter waiter = undue.removeFirst();
          long longest = Math.max(0, waiter.deadline - now);
          waiter.move(new Elsewhere(heir, heir.takeLater(waiter.weight, longest)));
        }
      } finally {
        line.comeAgain(level, undue, now);
      }
    } finally {
      entrance.unlock();
    }
  }

  /** {@link LeasedBucket#takeOver}. */
  void takeOver(LeasedBucket level, Handover handover, Limits from) {
    entrance.lock();
    try {
      long now = ticker.nanos();
      Limits limits = ledger.limits();
      if (from.equals(limits) && isUntouched(level)) {
        level.goOnWith(handover, limits);
        level.time().goOnWith(handover);
      } else {
        line.catchUp(level, now);
        long then = ledger.timeAt(level, now);
        ArrayDeque<Waiter> undue = line.takeOutUndue(level, now, then, limits);
        level.lower(from.sameShare(handover.inParts(from), limits), limits, then);
        if (handover.begins() - now > 0) {
          level.beginAt(level.time().notBefore(handover.begins()), limits);
        }
        line.comeAgain(level, undue, now);
        watches.wake();
      }
      ledger.count(handover);
    } finally {
      entrance.unlock();
    }
  }

  /** Retires a level that is as it was before anyone asked it; says whether it did. */
  boolean retireIfAsNew(Level level) {
    long now = ticker.nanos();
    entrance.lock();
    try {
      boolean isAsNew = ledger.isAsNew(level, now);
      if (isAsNew) {
        level.retire();
      }
      return isAsNew;
    } finally {
      entrance.unlock();
    }
  }

  private boolean isUntouched(Level level) {
    return ledger.admitted().calls()
            + level.admittedWithoutTurnstile()
            + ledger.rejected()
            + line.waiting()
        == 0;
  }
}
