package dev.tollgate.limiter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
 * while it sleeps. Whatever changes the level besides takes out all whose moment hasn't come, acts
 * on a level that owes nobody, and lets them come again, in order; whose new moment is past its
 * deadline is refused.
 *
 * <p>Until {@link Level#emptyUntil} a request that can't or may not wait that long is refused
 * without the lock, for one volatile read and the clock.
 *
 * <p>Where there is a {@link WarmUp}, the level goes by its time, and all moments and waits outside
 * of the level are the clock's.
 */
final class Turnstile {
  private static final int SHORTEST_SPIN = 4;
  private static final AtomicLong MADE = new AtomicLong();

  /** Who locks several goes by it, so that no two wait for each other. */
  final long order = MADE.getAndIncrement();

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder rejected = new LongAdder();

  /**
   * By what calls are refused without the lock; null while these and the levels don't fit. Written
   * under the lock.
   */
  private volatile @Nullable Limits settled;

  // Under the lock.
  private Limits limits;
  private final WaitTally admitted = new WaitTally();
  private int waiting;
  private @Nullable List<Watching> watches;
  private @Nullable WarmUp warmUp;

  /** The last moment that was granted or promised; until then, and a while longer, it is warm. */
  private long lastUse;

  Turnstile(Limits limits, Ticker ticker) {
    this.limits = limits;
    this.settled = limits;
    this.ticker = ticker;
    this.lastUse = ticker.nanos() - Outcome.MAX_NANOS;
  }

  /**
   * {@link TokenBucket#take} of a weight of 1 or more; {@link Outcome#RETIRED} where the level is.
   */
  long take(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long certainWait = enter(level, weight, maxWaitNanos, arrival);
    if (certainWait != 0) {
      return reject(certainWait);
    }
    ParkedWaiter waiter;
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      long wait = waitFor(level, weight, arrival);
      if (wait == 0) {
        spend(level, weight, arrival);
        return 0;
      }
      if (isHopeless(wait, maxWaitNanos) || !hasRoom(level)) {
        return reject(wait);
      }
      if (Thread.currentThread().isInterrupted()) {
        rejected.increment();
        return Outcome.INTERRUPTED;
      }
      waiter = new ParkedWaiter(weight, arrival, maxWaitNanos, ticker);
      promise(level, waiter, wait);
    } finally {
      lock.unlock();
    }
    return await(level, waiter);
  }

  /** {@link TokenSource#takeIfThere} of a weight of 1 or more, or {@link Outcome#RETIRED}. */
  long takeIfThere(Level level, long weight) {
    long arrival = ticker.nanos();
    long wait = enter(level, weight, 0, arrival);
    if (wait != 0) {
      return refusal(wait);
    }
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      wait = waitFor(level, weight, arrival);
      if (wait != 0) {
        return refusal(wait);
      }
      spend(level, weight, arrival);
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@link TokenSource#takeLater} of a weight of 1 or more; completed with {@link Outcome#RETIRED}
   * where the level is.
   */
  CompletableFuture<Long> takeLater(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long certainWait = enter(level, weight, maxWaitNanos, arrival);
    if (certainWait != 0) {
      return CompletableFuture.completedFuture(reject(certainWait));
    }
    LaterWaiter waiter;
    try {
      if (level.isRetired()) {
        return CompletableFuture.completedFuture(Outcome.RETIRED);
      }
      long wait = waitFor(level, weight, arrival);
      if (wait == 0) {
        spend(level, weight, arrival);
        return CompletableFuture.completedFuture(0L);
      }
      if (isHopeless(wait, maxWaitNanos) || !hasRoom(level)) {
        return CompletableFuture.completedFuture(reject(wait));
      }
      waiter = new LaterWaiter(this, level, weight, arrival, maxWaitNanos, ticker);
      promise(level, waiter, wait);
      lookAfterLater(level, arrival);
    } finally {
      lock.unlock();
    }
    return waiter.outcome();
  }

  /** {@link TokenBucket#charge} of a weight of 1 or more, or {@link Outcome#RETIRED}. */
  long charge(Level level, long weight, long maxWaitNanos) {
    long arrival = ticker.nanos();
    long certainWait = enter(level, weight, maxWaitNanos, arrival);
    if (certainWait != 0) {
      return reject(certainWait);
    }
    try {
      if (level.isRetired()) {
        return Outcome.RETIRED;
      }
      long wait = waitFor(level, weight, arrival);
      if (isHopeless(wait, maxWaitNanos)) {
        return reject(wait);
      }
      if (wait == 0) {
        spend(level, weight, arrival);
      } else {
        oweAndClip(level, weight);
        granted(wait, arrival + wait);
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }

  long available(Level level) {
    long now = ticker.nanos();
    lock.lock();
    try {
      return level.available(bucketTime(level, now), limits);
    } finally {
      lock.unlock();
    }
  }

  /** {@link TokenBucket#retryAfterNanos} of a weight of 1 or more. */
  long retryAfterNanos(Level level, long weight) {
    long now = ticker.nanos();
    lock.lock();
    try {
      return waitFor(level, weight, now);
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
      if (!isUntouched(level)) {
        return false;
      }
      settled = null;
      limits = changed;
      warmUp = null;
      level.fill(changed, ticker.nanos());
      settled = changed;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives other limits to all levels of this turnstile. Each keeps its share of a full bucket. */
  void change(Iterable<? extends Level> levels, Limits changed) {
    lock.lock();
    try {
      for (Level level : levels) {
        level.recall();
      }
      long now = ticker.nanos();
      Limits before = limits;
      settled = null;
      limits = changed;
      WarmUp warmUpBefore = warmUp;
      if (changed.warmUpNanos() != before.warmUpNanos()) {
        warmUp = changed.warmUpNanos() == 0 ? null : new WarmUp(now, changed.warmUpNanos());
      }
      for (Level level : levels) {
        long then = warmUpBefore == null ? now : warmUpBefore.bucketTime(now);
        ArrayDeque<Waiter> undue = takeOutUndue(level, now, then, before);
        long begins = level.begins(then, before);
        long pausedUntil = warmUpBefore == null ? begins : warmUpBefore.clockTime(begins);
        level.rescale(before, changed, then, warmUp == null ? now : warmUp.bucketTime(now));
        if (pausedUntil - now > 0) {
          level.beginAt(bucketMoment(pausedUntil), changed);
        }
        comeAgain(level, undue, now);
      }
      settled = changed;
      wakeWatches();
    } finally {
      lock.unlock();
    }
  }

  /** Grants nothing of these levels for {@code nanos}. */
  void pause(Iterable<? extends Level> levels, long nanos) {
    if (nanos == 0) {
      return;
    }
    lock.lock();
    try {
      for (Level level : levels) {
        level.recall();
      }
      long now = ticker.nanos();
      for (Level level : levels) {
        ArrayDeque<Waiter> undue = takeOutUndue(level, now, bucketTime(level, now), limits);
        level.beginAt(bucketMoment(now + nanos), limits);
        comeAgain(level, undue, now);
      }
      wakeWatches();
    } finally {
      lock.unlock();
    }
  }

  /** {@link LeasedBucket#handOver}. */
  void handOver(LeasedBucket level, Function<Handover, LimiterCore> heirs) {
    lock.lock();
    try {
      long now = ticker.nanos();
      ArrayDeque<Waiter> undue = takeOutUndue(level, now, bucketTime(level, now), limits);
      try {
        WaitTally calls = new WaitTally();
        calls.add(admitted);
        for (Waiter due : level.waiters()) {
          calls.count(Math.max(0, now - due.arrival));
        }
        Handover handover = level.drain(limits, warmUp, lastUse, calls, rejected.sum());
        calls.addWithoutWait(level.admittedWithoutTurnstile());
        LimiterCore heir = heirs.apply(handover);
        level.retireForGood();
        while (!undue.isEmpty()) {
          Waiter waiter = undue.removeFirst();
          waiter.move(heir.takeLater(waiter.weight, Math.max(0, waiter.deadline - now)));
        }
      } finally {
        comeAgain(level, undue, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /** {@link LeasedBucket#takeOver}. */
  void takeOver(LeasedBucket level, Handover handover, Limits from) {
    lock.lock();
    try {
      long now = ticker.nanos();
      if (from.equals(limits) && isUntouched(level)) {
        level.goOnWith(handover, limits);
        warmUp = handover.warmUp();
        lastUse = handover.lastUse();
      } else {
        long then = bucketTime(level, now);
        ArrayDeque<Waiter> undue = takeOutUndue(level, now, then, limits);
        level.lower(from.sameShare(handover.inParts(from), limits), limits, then);
        if (handover.begins() - now > 0) {
          level.beginAt(bucketMoment(handover.begins()), limits);
        }
        comeAgain(level, undue, now);
        wakeWatches();
      }
      admitted.add(handover.admitted());
      rejected.add(handover.rejected());
    } finally {
      lock.unlock();
    }
  }

  private boolean isUntouched(Level level) {
    return admitted.calls() + level.admittedWithoutTurnstile() + rejected.sum() + waiting == 0;
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

  /** Adds the counters, and those of {@code level}, to {@code sum}. */
  void addTo(TallySum sum, Level level) {
    lock.lock();
    try {
      int watching = watches == null ? 0 : watches.size();
      sum.add(admitted, rejected.sum(), waiting + watching);
      sum.addWithoutTurnstile(level.admittedWithoutTurnstile());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Admits {@code waiter} if its moment has come: how long it waited, or its refusal; {@link
   * Outcome#PENDING} if it hasn't, or it has left.
   */
  long admitIfDue(Level level, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.settled) {
        return waiter.refusal == 0 ? Outcome.PENDING : waiter.refusal;
      }
      long now = ticker.nanos();
      if (waiter.due - now > 0) {
        waiter.notYet();
        return Outcome.PENDING;
      }
      long waited = admit(level, waiter, now);
      if (waiter instanceof LaterWaiter) {
        lookAfterLater(level, now);
      }
      return waited;
    } finally {
      lock.unlock();
    }
  }

  /** {@code waiter} doesn't want its tokens any more, and its moment may have come. */
  void withdraw(Level level, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.settled) {
        return;
      }
      long now = ticker.nanos();
      if (waiter.due - now > 0) {
        leave(level, waiter, now);
        return;
      }
      settle(level, waiter);
      rejected.increment();
      putBack(level, waiter.weight, now);
    } finally {
      lock.unlock();
    }
  }

  /** Gives back tokens that were granted and never used. */
  void refund(Level level, long weight) {
    lock.lock();
    try {
      putBack(level, weight, ticker.nanos());
    } finally {
      lock.unlock();
    }
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Under the lock: {@link Level#waitFor}, by the clock. */
  long waitFor(Level level, long weight, long moment) {
    long then = bucketTime(level, moment);
    long wait = level.waitFor(weight, then, limits);
    WarmUp current = warmUp;
    if (current == null || wait <= 0) {
      return wait;
    }
    long byTheClock = Math.min(current.clockTime(then + wait) - moment, Outcome.MAX_NANOS);
    // Whoever is told so and comes again then must find the tokens.
    used(moment + byTheClock);
    return byTheClock;
  }

  /** Under the lock: takes tokens that are there, for a call that waited without having any. */
  void grant(Level level, long weight, long waitedNanos, long moment) {
    level.owe(weight, limits);
    granted(waitedNanos, moment);
  }

  /** Under the lock: whether one more may wait. */
  @SuppressWarnings("ReferenceEquality") // Levels are places, not values.
  boolean hasRoom(Level level) {
    int watching = 0;
    if (watches != null) {
      for (Watching each : watches) {
        watching += each.level == level ? 1 : 0;
      }
    }
    return level.waiting() + watching < limits.maxWaiting();
  }

  /** Under the lock: {@code watch} wants to know when it may be worth while to ask again. */
  void addWatch(Watch watch, Level level) {
    if (watches == null) {
      watches = new ArrayList<>(2);
    }
    watches.add(new Watching(watch, level));
  }

  @SuppressWarnings("ReferenceEquality") // The one that was added.
  void removeWatch(Watch watch) {
    lock.lock();
    try {
      if (watches != null) {
        watches.removeIf(watching -> watching.watch == watch);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts a call that is refused; {@code wait} as {@link Level#waitFor} has it. */
  long reject(long wait) {
    rejected.increment();
    return refusal(wait);
  }

  /**
   * The wait where a refusal is certain without the lock, or {@link Outcome#NEVER}, or 0. Never
   * what {@link #take} would grant.
   */
  @SuppressWarnings("ReferenceEquality") // Whether it was changed at all.
  long certainWait(Level level, long weight, long maxWaitNanos, long arrival) {
    Limits current = settled;
    if (current == null || current.warmUpNanos() != 0) {
      return 0;
    }
    if (weight > current.capacity()) {
      return Outcome.NEVER;
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
    return settled == current ? Math.min(wait, Outcome.MAX_NANOS) : 0;
  }

  /**
   * Takes the lock and answers 0, or answers with a wait that means a refusal and leaves it. What
   * is done under the lock is shorter than parking, and shortest when others keep off its cache
   * line: so a thread that finds it taken comes back later, each time twice as late, before it
   * queues. Often whoever had it took what there was, and nothing is left to queue for. On two
   * threads this halves the price of a call.
   */
  private long enter(Level level, long weight, long maxWaitNanos, long arrival) {
    long wait = certainWait(level, weight, maxWaitNanos, arrival);
    if (wait != 0 || lock.tryLock()) {
      return wait;
    }
    spin(SHORTEST_SPIN);
    wait = certainWait(level, weight, maxWaitNanos, arrival);
    for (int spins = 64; wait == 0 && spins <= 256; spins *= 2) {
      spin(spins);
      wait = certainWait(level, weight, maxWaitNanos, arrival);
      if (wait == 0 && lock.tryLock()) {
        return 0;
      }
    }
    if (wait == 0) {
      lock.lock();
    }
    return wait;
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private static boolean isHopeless(long wait, long maxWaitNanos) {
    return wait == Outcome.NEVER || wait > maxWaitNanos;
  }

  private static long refusal(long wait) {
    return wait == Outcome.NEVER ? Outcome.NEVER : Outcome.refused(wait);
  }

  private void spend(Level level, long weight, long moment) {
    level.spend(weight, limits);
    granted(0, moment);
  }

  private void granted(long waitedNanos, long moment) {
    admitted.count(waitedNanos);
    used(moment);
  }

  private void used(long moment) {
    if (moment - lastUse > 0) {
      lastUse = moment;
    }
  }

  /** At the end of the queue. */
  private void promise(Level level, Waiter waiter, long wait) {
    level.waiters().addLast(waiter);
    waiting++;
    waiter.clipped = 0;
    if (wait == 0) {
      level.owe(waiter.weight, limits);
    } else {
      waiter.clipped = oweAndClip(level, waiter.weight);
    }
    long paidAt = level.paidAt(limits);
    waiter.due = warmUp == null ? paidAt : warmUp.clockTime(paidAt);
    used(waiter.due);
  }

  private long oweAndClip(Level level, long weight) {
    level.owe(weight, limits);
    return weight == limits.capacity() ? level.clip(limits) : 0;
  }

  /** Sleeps until the promised moment, which may move meanwhile. */
  private long await(Level level, ParkedWaiter waiter) {
    boolean decided = false;
    try {
      while (true) {
        CompletableFuture<Long> moved = waiter.moved;
        if (moved != null) {
          long outcome = await(moved);
          decided = true;
          return outcome;
        }
        long remaining = waiter.due - ticker.nanos();
        if (waiter.refusal != 0 || remaining <= 0) {
          long outcome = admitIfDue(level, waiter);
          if (outcome != Outcome.PENDING) {
            decided = true;
            return outcome;
          }
        } else if (Thread.currentThread().isInterrupted() && giveBack(level, waiter)) {
          decided = true;
          return Outcome.INTERRUPTED;
        } else {
          ticker.park(level, remaining);
        }
      }
    } finally {
      if (!decided) {
        abandon(level, waiter);
      }
    }
  }

  /** Something like a StackOverflowError has ended the wait. */
  private void abandon(Level level, Waiter waiter) {
    if (giveBack(level, waiter)) {
      return;
    }
    CompletableFuture<Long> moved = waiter.moved;
    if (moved != null) {
      moved.cancel(false);
    } else {
      // The tokens are there already.
      admitIfDue(level, waiter);
    }
  }

  /** Goes on waiting where the limiter was handed over to. */
  private static long await(CompletableFuture<Long> moved) {
    try {
      return moved.get();
    } catch (InterruptedException e) {
      boolean givenBack = moved.cancel(false);
      Thread.currentThread().interrupt();
      return givenBack ? Outcome.INTERRUPTED : moved.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private long admit(Level level, Waiter waiter, long now) {
    settle(level, waiter);
    long waited = Math.max(0, now - waiter.arrival);
    admitted.count(waited);
    return waited;
  }

  private void settle(Level level, Waiter waiter) {
    level.waiters().remove(waiter);
    waiting--;
    waiter.settle();
  }

  /** Returns false if the tokens are there after all, or elsewhere; they stay with it then. */
  private boolean giveBack(Level level, Waiter leaving) {
    lock.lock();
    try {
      if (leaving.settled) {
        return leaving.moved == null;
      }
      long now = ticker.nanos();
      if (leaving.due - now <= 0) {
        return false;
      }
      leave(level, leaving, now);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** As if neither it nor anyone behind it had come; then those behind come again, in order. */
  @SuppressWarnings("ReferenceEquality") // Waiters are who waits, not values.
  private void leave(Level level, Waiter leaving, long now) {
    level.waitFor(1, bucketTime(level, now), limits);
    ArrayDeque<Waiter> behind = new ArrayDeque<>();
    for (Waiter last = takeOutLast(level, limits);
        last != leaving;
        last = takeOutLast(level, limits)) {
      behind.addFirst(last);
    }
    leaving.settle();
    rejected.increment();
    comeAgain(level, behind, now);
    wakeWatches();
  }

  private void putBack(Level level, long weight, long now) {
    ArrayDeque<Waiter> undue = takeOutUndue(level, now, bucketTime(level, now), limits);
    long then = bucketTime(level, ticker.nanos());
    // In a pause nothing comes back: the bucket begins again empty.
    if (level.begins(then, limits) - then <= 0) {
      level.refund(weight, limits);
    }
    comeAgain(level, undue, now);
    wakeWatches();
  }

  /** All whose moment hasn't come; afterwards the level, as of {@code then}, owes nobody. */
  private ArrayDeque<Waiter> takeOutUndue(Level level, long now, long then, Limits current) {
    level.waitFor(1, then, current);
    ArrayDeque<Waiter> undue = new ArrayDeque<>(0);
    while (level.waiting() > 0 && level.waiters().getLast().due - now > 0) {
      undue.addFirst(takeOutLast(level, current));
    }
    return undue;
  }

  private Waiter takeOutLast(Level level, Limits current) {
    Waiter last = level.waiters().removeLast();
    waiting--;
    level.restore(last.weight, last.clipped, current);
    return last;
  }

  private void comeAgain(Level level, ArrayDeque<Waiter> undue, long now) {
    for (Waiter waiter : undue) {
      long wait = waitFor(level, waiter.weight, now);
      if (wait == Outcome.NEVER || now + wait - waiter.deadline > 0) {
        waiter.refusal = reject(wait);
        waiter.settle();
        waiter.wake();
      } else {
        long before = waiter.due;
        promise(level, waiter, wait);
        if (waiter.due != before) {
          waiter.wake();
        }
      }
    }
    lookAfterLater(level, now);
  }

  /** Lets the futures go whose moment has come, and sets the alarm of the next. */
  private void lookAfterLater(Level level, long now) {
    for (LaterWaiter first = firstLater(level); first != null; first = firstLater(level)) {
      if (first.due - now > 0) {
        first.arm();
        return;
      }
      first.complete(admit(level, first, now));
    }
  }

  private static @Nullable LaterWaiter firstLater(Level level) {
    if (level.waiting() > 0) {
      for (Waiter waiter : level.waiters()) {
        if (waiter instanceof LaterWaiter later) {
          return later;
        }
      }
    }
    return null;
  }

  private void wakeWatches() {
    if (watches != null) {
      for (Watching each : watches) {
        each.watch.lookAgain();
      }
    }
  }

  /** The level's time at a moment of the clock; begins to warm up where it is cold. */
  private long bucketTime(Level level, long moment) {
    long nanos = limits.warmUpNanos();
    if (nanos == 0) {
      return moment;
    }
    WarmUp current = warmUp;
    long then = current == null ? moment : current.bucketTime(moment);
    if (current != null && moment - lastUse <= nanos) {
      return then;
    }
    long there = level.available(then, limits);
    if (current != null && (there < 1 || level.waiting() > 0)) {
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

  /** The level's moment that isn't before {@code moment} of the clock. */
  private long bucketMoment(long moment) {
    return warmUp == null ? moment : warmUp.bucketTime(moment) + 1;
  }

  private record Watching(Watch watch, Level level) {}
}
