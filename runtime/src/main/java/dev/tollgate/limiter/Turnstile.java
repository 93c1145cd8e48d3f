package dev.tollgate.limiter;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets calls through one at a time: decides, under one lock, what becomes of a request, and counts
 * it.
 *
 * <p>A request that the {@link Level} covers takes its tokens and goes. One that it doesn't cover
 * takes them all the same: the level goes below zero, and the moment at which time will have
 * brought it back is the moment when this request, and everyone before it, is paid for. That is
 * when its thread may go, and what it was promised. So a later request finds the debt of all before
 * it and can't overtake; who gives up pays its tokens back, which moves those behind it forward.
 * This is the virtual scheduling of the generic cell rate algorithm (ITU-T I.371, annex A), with
 * weights.
 *
 * <p>Tokens count as granted at the promised moment, however late the thread wakes: nothing is lost
 * while it sleeps.
 *
 * <p>Until {@link Level#emptyUntil} a request that can't or may not wait that long is refused
 * without the lock, for one volatile read and the clock.
 */
final class Turnstile {
  private static final int SHORTEST_PAUSE = 4;

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder rejected = new LongAdder();

  /** Written under the lock. */
  private volatile Limits limits;

  // Under the lock.
  private final WaitTally admitted = new WaitTally();
  private int waiting;

  Turnstile(Limits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
  }

  /**
   * {@link TokenBucket#take} of a weight of 1 or more; {@link Outcome#RETIRED} where the level is.
   */
  long take(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long refusal = enter(level, weight, maxWaitNanos, arrival);
    if (refusal != 0) {
      return refusal;
    }
    Waiter waiter;
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      long wait = level.waitFor(weight, arrival, limits);
      if (wait == 0) {
        level.spend(weight, limits);
        admitted.count(0);
        return 0;
      }
      if (isHopeless(wait, maxWaitNanos) || level.waiting() >= limits.maxWaiting()) {
        return reject(wait);
      }
      if (Thread.currentThread().isInterrupted()) {
        rejected.increment();
        return Outcome.INTERRUPTED;
      }
      waiter = new Waiter(weight);
      promise(level, waiter);
    } finally {
      lock.unlock();
    }
    return await(level, waiter, arrival);
  }

  /** {@link TokenBucket#charge} of a weight of 1 or more. */
  long charge(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long refusal = enter(level, weight, maxWaitNanos, arrival);
    if (refusal != 0) {
      return refusal;
    }
    try {
      long wait = level.waitFor(weight, arrival, limits);
      if (isHopeless(wait, maxWaitNanos)) {
        return reject(wait);
      }
      if (wait == 0) {
        level.spend(weight, limits);
      } else {
        oweAndClip(level, weight);
      }
      admitted.count(wait);
      return wait;
    } finally {
      lock.unlock();
    }
  }

  long available(Level level) {
    long now = ticker.nanos();
    lock.lock();
    try {
      return level.available(now, limits);
    } finally {
      lock.unlock();
    }
  }

  /** {@link TokenBucket#retryAfterNanos} of a weight of 1 or more. */
  long retryAfterNanos(Level level, long weight) {
    long now = ticker.nanos();
    lock.lock();
    try {
      return level.waitFor(weight, now, limits);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives other limits to a level that is this turnstile's only one, if it was never asked for
   * anything; says whether it did.
   */
  boolean changeIfUntouched(Level level, Limits changed) {
    lock.lock();
    try {
      if (admitted.calls() + level.admittedWithoutTurnstile() + rejected.sum() + waiting != 0) {
        return false;
      }
      limits = changed;
      level.fill(changed, ticker.nanos());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Retires a level that is full, if nobody waits; says whether it did. */
  boolean retireIfFull(Level level) {
    long now = ticker.nanos();
    lock.lock();
    try {
      boolean full = level.waiting() == 0 && level.waitFor(limits.capacity(), now, limits) == 0;
      if (full) {
        level.retire();
      }
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** The counters of a level that is this turnstile's only one. */
  TokenBucket.Tally tally(Level level) {
    lock.lock();
    try {
      long without = level.admittedWithoutTurnstile();
      return new TokenBucket.Tally(
          admitted.calls() + without,
          rejected.sum(),
          admitted.averageNanos(without),
          admitted.maxNanos(),
          waiting);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A refusal where one is certain without the lock, or 0. Never refuses what {@link #take} would
   * grant.
   */
  private long refuseUnlocked(Level level, long weight, long maxWaitNanos, long arrival) {
    Limits current = limits;
    if (weight > current.capacity()) {
      return reject(Outcome.NEVER);
    }
    long untilOne = level.emptyUntil(current) - arrival;
    if (untilOne <= 0) {
      return 0;
    }
    if (untilOne + current.rate().wholeNanosFor(weight - 1) <= maxWaitNanos) {
      return 0;
    }
    // More than nothing, whatever others did to the level in between.
    long wait = Math.max(untilOne, level.coveredAt(weight, current) - arrival);
    return reject(Math.min(wait, Outcome.MAX_NANOS));
  }

  /**
   * Takes the lock and answers 0, or answers with a refusal and leaves it. What is done under the
   * lock is shorter than parking, and shortest when others keep off its cache line: so a thread
   * that finds it taken comes back later, each time twice as late, before it queues. Often whoever
   * had it took what there was, and nothing is left to queue for. On two threads this halves the
   * price of a call.
   */
  private long enter(Level level, long weight, long maxWaitNanos, long arrival) {
    long refusal = refuseUnlocked(level, weight, maxWaitNanos, arrival);
    if (refusal != 0 || lock.tryLock()) {
      return refusal;
    }
    pause(SHORTEST_PAUSE);
    refusal = refuseUnlocked(level, weight, maxWaitNanos, arrival);
    for (int pauses = 64; refusal == 0 && pauses <= 256; pauses *= 2) {
      pause(pauses);
      refusal = refuseUnlocked(level, weight, maxWaitNanos, arrival);
      if (refusal == 0 && lock.tryLock()) {
        return 0;
      }
    }
    if (refusal == 0) {
      lock.lock();
    }
    return refusal;
  }

  private static void pause(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private static boolean isHopeless(long wait, long maxWaitNanos) {
    return wait == Outcome.NEVER || wait > maxWaitNanos;
  }

  private long reject(long wait) {
    rejected.increment();
    return wait == Outcome.NEVER ? Outcome.NEVER : Outcome.refused(wait);
  }

  /** At the end of the queue. */
  private void promise(Level level, Waiter waiter) {
    level.waiters().addLast(waiter);
    waiting++;
    waiter.clipped = oweAndClip(level, waiter.weight);
    waiter.due = level.paidAt(limits);
  }

  private long oweAndClip(Level level, long weight) {
    level.owe(weight, limits);
    return weight == limits.capacity() ? level.clip(limits) : 0;
  }

  /** Sleeps until the promised moment, which may move forward meanwhile. */
  private long await(Level level, Waiter waiter, long arrival) {
    boolean decided = false;
    try {
      long remaining;
      while ((remaining = waiter.due - ticker.nanos()) > 0) {
        if (Thread.currentThread().isInterrupted() && giveBack(level, waiter)) {
          decided = true;
          return Outcome.INTERRUPTED;
        }
        ticker.park(level, remaining);
      }
      decided = true;
      return admit(level, waiter, arrival);
    } finally {
      if (!decided && !giveBack(level, waiter)) {
        // Something like a StackOverflowError ended the wait, with the tokens there already.
        admit(level, waiter, arrival);
      }
    }
  }

  private long admit(Level level, Waiter waiter, long arrival) {
    lock.lock();
    try {
      level.waiters().remove(waiter);
      waiting--;
      long waited = Math.max(0, ticker.nanos() - arrival);
      admitted.count(waited);
      return waited;
    } finally {
      lock.unlock();
    }
  }

  /** Returns false if the tokens are there after all; they stay with the waiter then. */
  private boolean giveBack(Level level, Waiter leaving) {
    lock.lock();
    try {
      long now = ticker.nanos();
      if (leaving.due - now <= 0) {
        return false;
      }
      level.waitFor(1, now, limits);
      // As if neither it nor anyone behind it had come; then those behind come again, in order.
      ArrayDeque<Waiter> behind = new ArrayDeque<>();
      for (Waiter last = takeOutLast(level); last != leaving; last = takeOutLast(level)) {
        behind.addFirst(last);
      }
      for (Waiter waiter : behind) {
        long before = waiter.due;
        promise(level, waiter);
        if (waiter.due - before < 0) {
          ticker.unpark(waiter.thread);
        }
      }
      rejected.increment();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Waiter takeOutLast(Level level) {
    Waiter last = level.waiters().removeLast();
    waiting--;
    level.restore(last.weight, last.clipped, limits);
    return last;
  }
}
