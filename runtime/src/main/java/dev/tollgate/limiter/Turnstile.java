package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Lets calls through one at a time: decides, under one lock, what becomes of a request, and counts
 * it.
 *
 * <p>The {@link Entrance} refuses what needs no lock. A request that the {@link Level} covers takes
 * its tokens and goes; one that it doesn't cover stands in the {@link WaitingLine}. Whatever
 * changes a level besides is one of the {@link LevelChanges}.
 */
final class Turnstile {
  private static final AtomicLong MADE = new AtomicLong();

  /** Who locks several goes by it, so that no two wait for each other. */
  final long order = MADE.getAndIncrement();

  private final Ticker ticker;
  private final Executor delivery;

  /** Here, since what stands with the ledger is written at each grant, and refusals go by this. */
  private final LongAdder rejected = new LongAdder();

  private final Entrance entrance;
  private final LevelChanges changes;

  // Under the lock.
  private final Ledger ledger;
  private final Watches watches = new Watches();
  private final WaitingLine line;

  Turnstile(Limits limits, Ticker ticker) {
    this(limits, ticker, CommonPool.INSTANCE);
  }

  Turnstile(Limits limits, Ticker ticker, Executor delivery) {
    this(limits, ticker, delivery, WaitingLine.TOLD);
  }

  /**
   * @param delivery completes the futures of those who waited
   * @param told how many of those who wait know their moments
   */
  Turnstile(Limits limits, Ticker ticker, Executor delivery, int told) {
    this.ticker = ticker;
    this.delivery = delivery;
    this.entrance = new Entrance(limits);
    this.ledger = new Ledger(limits, rejected, ticker.nanos());
    this.line = new WaitingLine(ledger, watches, told);
    this.changes = new LevelChanges(entrance, ticker, ledger, line, watches);
  }

  /**
   * {@link TokenBucket#take} of a weight of 1 or more; {@link Outcome#RETIRED} where the level is.
   */
  long take(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long certainWait = entrance.enter(level, weight, maxWaitNanos, arrival);
    if (certainWait != 0) {
      return reject(certainWait);
    }
    ParkedWaiter waiter;
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      if (passes()) {
        return 0;
      }
      long wait = waitFor(level, weight, arrival);
      if (wait == 0) {
        ledger.spend(level, weight, arrival);
        return 0;
      }
      if (Ledger.isHopeless(wait, maxWaitNanos) || !line.hasRoom(level)) {
        return reject(wait);
      }
      if (Thread.currentThread().isInterrupted()) {
        reject(wait);
        return Outcome.interrupted(wait);
      }
      waiter = new ParkedWaiter(this, level, weight, arrival, maxWaitNanos, ticker);
      line.promise(level, waiter, wait, arrival);
    } finally {
      entrance.unlock();
    }
    return waiter.await();
  }

  /** {@link TokenSource#takeIfThere} of a weight of 1 or more, or {@link Outcome#RETIRED}. */
  long takeIfThere(Level level, long weight) {
    long arrival = ticker.nanos();
    long wait = entrance.enter(level, weight, 0, arrival);
    if (wait != 0) {
      return Ledger.refusal(wait);
    }
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      if (passes()) {
        return 0;
      }
      wait = waitFor(level, weight, arrival);
      if (wait != 0) {
        return Ledger.refusal(wait);
      }
      ledger.spend(level, weight, arrival);
      return 0;
    } finally {
      entrance.unlock();
    }
  }

  /**
   * {@link TokenSource#takeLater} of a weight of 1 or more; completed with {@link Outcome#RETIRED}
   * where the level is.
   */
  CompletableFuture<Long> takeLater(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long certainWait = entrance.enter(level, weight, maxWaitNanos, arrival);
    if (certainWait != 0) {
      return CompletableFuture.completedFuture(reject(certainWait));
    }
    LaterWaiter waiter;
    try {
      if (level.isRetired()) {
        return CompletableFuture.completedFuture(Outcome.RETIRED);
      }
      if (passes()) {
        return CompletableFuture.completedFuture(0L);
      }
      long wait = waitFor(level, weight, arrival);
      if (wait == 0) {
        Grant grant = ledger.grantOf(level, weight, arrival, ledger.room(level, arrival));
        ledger.spend(level, weight, arrival);
        return OutcomeFuture.granted(() -> refund(grant));
      }
      if (Ledger.isHopeless(wait, maxWaitNanos) || !line.hasRoom(level)) {
        return CompletableFuture.completedFuture(reject(wait));
      }
      waiter = new LaterWaiter(this, level, weight, arrival, maxWaitNanos, ticker, delivery);
      line.promise(level, waiter, wait, arrival);
      line.lookAfterLater(level, arrival);
    } finally {
      entrance.unlock();
    }
    return waiter.outcome();
  }

  /** {@link TokenBucket#charge} of a weight of 1 or more, or {@link Outcome#RETIRED}. */
  long charge(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long certainWait = entrance.enter(level, weight, maxWaitNanos, arrival);
    if (certainWait != 0) {
      return reject(certainWait);
    }
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      long wait = waitFor(level, weight, arrival);
      if (Ledger.isHopeless(wait, maxWaitNanos)) {
        return reject(wait);
      }
      if (wait == 0) {
        ledger.spend(level, weight, arrival);
      } else {
        ledger.charge(level, weight, wait, arrival, arrival + wait);
      }
      return wait;
    } finally {
      entrance.unlock();
    }
  }

  long available(Level level) {
    long now = ticker.nanos();
    entrance.lock();
    try {
      line.catchUp(level, now);
      return level.available(ledger.timeAt(level, now), ledger.limits());
    } finally {
      entrance.unlock();
    }
  }

  /** {@link TokenBucket#retryAfterNanos} of a weight of 1 or more. */
  long retryAfterNanos(Level level, long weight) {
    long now = ticker.nanos();
    entrance.lock();
    try {
      return waitFor(level, weight, now);
    } finally {
      entrance.unlock();
    }
  }

  /** {@link BucketTime#isAsNew}. */
  boolean isAsNew(Level level) {
    long now = ticker.nanos();
    entrance.lock();
    try {
      return ledger.isAsNew(level, now);
    } finally {
      entrance.unlock();
    }
  }

  /**
   * Admits {@code waiter} if its moment has come: how long it waited, or its refusal; {@link
   * Outcome#PENDING} if it hasn't, or it has left.
   */
  long admitIfDue(Level level, Waiter waiter) {
    entrance.lock();
    try {
      long now = ticker.nanos();
      line.catchUp(level, now);
      if (waiter.settled) {
        return waiter.refusal == 0 ? Outcome.PENDING : waiter.refusal;
      }
      if (waiter.due - now > 0) {
        waiter.notYet();
        return Outcome.PENDING;
      }
      long waited = line.admit(level, waiter, now);
      if (waiter instanceof LaterWaiter) {
        line.lookAfterLater(level, now);
      } else {
        line.catchUp(level, now);
      }
      return waited;
    } finally {
      entrance.unlock();
    }
  }

  /**
   * Gives back the tokens of one that no longer waits; answers after how many nanoseconds they
   * would have been there. {@link Outcome#PENDING} if they are there after all, or elsewhere, and
   * stay with it; or if it was refused.
   */
  long giveBack(Level level, Waiter leaving) {
    entrance.lock();
    try {
      long now = ticker.nanos();
      line.catchUp(level, now);
      if (leaving.settled || leaving.due - now <= 0) {
        return Outcome.PENDING;
      }
      long promised = leaving.due - now;
      line.leave(level, leaving, now);
      // Far from the head of the line, a promised moment may be later than the real one.
      return Math.min(promised, ledger.waitFor(level, leaving.weight, now));
    } finally {
      entrance.unlock();
    }
  }

  /** {@code waiter} doesn't want its tokens any more, and may have been admitted already. */
  void withdraw(Level level, Waiter waiter) {
    entrance.lock();
    try {
      long now = ticker.nanos();
      line.catchUp(level, now);
      if (waiter.settled && !waiter.admitted) {
        return;
      }
      if (!waiter.settled) {
        if (waiter.due - now > 0) {
          line.leave(level, waiter, now);
          return;
        }
        line.settle(level, waiter);
        line.catchUp(level, now);
        ledger.reject(0);
      }
      Grant grant = waiter.grant();
      if (grant != null) {
        changes.putBack(grant, now);
      }
    } finally {
      entrance.unlock();
    }
  }

  /** {@link LevelChanges#refund}. */
  void refund(Grant grant) {
    changes.refund(grant);
  }

  /** {@link LevelChanges#changeIfUntouched}. */
  boolean changeIfUntouched(Level level, Limits changed) {
    return changes.changeIfUntouched(level, changed);
  }

  /** {@link LevelChanges#change}. */
  void change(Iterable<? extends Level> levels, Limits changed) {
    changes.change(levels, changed);
  }

  /** {@link LevelChanges#enforce}. */
  void enforce(Iterable<? extends Level> levels, boolean enforced) {
    changes.enforce(levels, enforced);
  }

  /** {@link LevelChanges#pause}. */
  void pause(Iterable<? extends Level> levels, long nanos) {
    changes.pause(levels, nanos);
  }

  /** {@link LevelChanges#resume}. */
  void resume(Iterable<? extends Level> levels, long end) {
    changes.resume(levels, end);
  }

  /** {@link LevelChanges#handOver}. */
  void handOver(LeasedBucket level, Function<Handover, LimiterCore> heirs) {
    changes.handOver(level, heirs);
  }

  /** {@link LevelChanges#takeOver}. */
  void takeOver(LeasedBucket level, Handover handover, Limits from) {
    changes.takeOver(level, handover, from);
  }

  /** {@link LevelChanges#retireIfAsNew}. */
  boolean retireIfAsNew(Level level) {
    return changes.retireIfAsNew(level);
  }

  /** Adds the counters, and those of {@code level}, to {@code sum}. */
  void addTo(TallySum sum, Level level) {
    entrance.lock();
    try {
      sum.add(ledger.admitted(), ledger.rejected(), line.waiting() + watches.count());
      sum.addWithoutTurnstile(level.admittedWithoutTurnstile());
    } finally {
      entrance.unlock();
    }
  }

  void lock() {
    entrance.lock();
  }

  void unlock() {
    entrance.unlock();
  }

  /** Under the lock: {@link Level#waitFor}, by the clock. */
  long waitFor(Level level, long weight, long moment) {
    line.catchUp(level, moment);
    return ledger.waitFor(level, weight, moment);
  }

  /** Under the lock: what {@link #grant} is about to take, as {@link #refund} wants it. */
  Grant grantOf(Level level, long weight, long moment) {
    return ledger.grantOf(level, weight, moment, ledger.room(level, moment));
  }

  /** Under the lock: takes tokens that are there, for a call that waited without having any. */
  void grant(Level level, long weight, long waitedNanos, long moment) {
    ledger.grant(level, weight, waitedNanos, moment);
  }

  /**
   * Under the lock: takes tokens, there or not, for a call that isn't held up.
   *
   * @param waitedNanos how long it would have waited until {@code until}
   */
  void charge(Level level, long weight, long waitedNanos, long moment, long until) {
    if (waitFor(level, weight, moment) == 0) {
      ledger.grant(level, weight, waitedNanos, until);
    } else {
      ledger.charge(level, weight, waitedNanos, moment, until);
    }
  }

  /** Under the lock: whether calls are held up here. */
  boolean isEnforced() {
    return ledger.isEnforced();
  }

  /** Under the lock: counts a call that takes nothing, since limits aren't enforced. */
  void letGo(long waitedNanos) {
    ledger.admit(waitedNanos);
  }

  /** Under the lock: whether one more may wait. */
  boolean hasRoom(Level level) {
    return line.hasRoom(level);
  }

  /** Under the lock: {@code watch} wants to know when it may be worth while to ask again. */
  void addWatch(Watch watch, Level level) {
    watches.add(watch, level);
  }

  void removeWatch(Watch watch) {
    entrance.lock();
    try {
      watches.remove(watch);
    } finally {
      entrance.unlock();
    }
  }

  /** Under the lock: whether a call passes that came while limits were still enforced. */
  private boolean passes() {
    boolean passes = !ledger.isEnforced();
    if (passes) {
      ledger.admit(0);
    }
    return passes;
  }

  /** Counts a call that is refused; {@code wait} as {@link Level#waitFor} has it. */
  long reject(long wait) {
    rejected.increment();
    return Ledger.refusal(wait);
  }

  /** {@link Entrance#certainWait}. */
  long certainWait(Level level, long weight, long maxWaitNanos, long arrival) {
    return entrance.certainWait(level, weight, maxWaitNanos, arrival);
  }
}
