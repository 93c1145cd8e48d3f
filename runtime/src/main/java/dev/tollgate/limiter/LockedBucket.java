package dev.tollgate.limiter;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A token bucket behind one lock.
 *
 * <p>The balance is {@code tokens} whole tokens and {@code parts} of one, as of {@code refilledAt};
 * {@link Rate} says how time adds to it, and {@code capacity} is where it stops. A request that the
 * balance covers takes its tokens and goes. One that it doesn't cover takes them all the same: the
 * balance goes negative, and the moment at which time will have brought it back to zero is the
 * moment when this request, and everyone before it, is paid for. That is when its thread may go,
 * and what it was promised. So a later request finds the debt of all before it and can't overtake;
 * who gives up pays its tokens back, which moves those behind it forward. This is the virtual
 * scheduling of the generic cell rate algorithm (ITU-T I.371, annex A), with weights.
 *
 * <p>Tokens count as granted at the promised moment, however late the thread wakes: nothing is lost
 * while it sleeps.
 *
 * <p>{@code emptyUntil} is the moment when the balance reaches one token. Until then a request that
 * can't or may not wait that long is refused without the lock, for one volatile read and the clock.
 */
final class LockedBucket implements TokenBucket {
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder rejected = new LongAdder();

  /** Written under the lock. */
  private volatile Limits limits;

  /** Written under the lock. */
  private volatile long emptyUntil;

  // All below: under the lock.
  private long tokens;
  private long parts;
  private long refilledAt;
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private long admitted;
  private long waitedMicros;
  private long waitedNanosOfMicro;
  private long maxWaitNanos;

  LockedBucket(RateLimitConfig config, Ticker ticker) {
    this.ticker = ticker;
    this.limits = Limits.of(config);
    this.tokens = limits.capacity;
    this.refilledAt = ticker.nanos();
    this.emptyUntil = refilledAt;
  }

  @Override
  public long take(long weight, long maxWaitNanos) {
    if (weight == 0) {
      return 0;
    }
    long arrival = ticker.nanos();
    long refusal = refuseUnlocked(weight, maxWaitNanos, arrival);
    if (refusal != 0) {
      return refusal;
    }
    Waiter waiter;
    lock.lock();
    try {
      refill(arrival);
      long wait = waitFor(weight, arrival);
      if (wait == Outcome.NEVER) {
        rejected.increment();
        return Outcome.NEVER;
      }
      if (wait == 0) {
        spend(weight);
        count(0);
        return 0;
      }
      if (wait > maxWaitNanos || waiters.size() >= limits.maxWaiting) {
        rejected.increment();
        return Outcome.refused(wait);
      }
      if (Thread.currentThread().isInterrupted()) {
        rejected.increment();
        return Outcome.INTERRUPTED;
      }
      waiter = new Waiter(weight, arrival + wait);
      waiters.addLast(waiter);
      spend(weight);
    } finally {
      lock.unlock();
    }
    return await(waiter, arrival);
  }

  @Override
  public long charge(long weight, long maxWaitNanos) {
    if (weight == 0) {
      return 0;
    }
    long arrival = ticker.nanos();
    long refusal = refuseUnlocked(weight, maxWaitNanos, arrival);
    if (refusal != 0) {
      return refusal;
    }
    lock.lock();
    try {
      refill(arrival);
      long wait = waitFor(weight, arrival);
      if (wait == Outcome.NEVER) {
        rejected.increment();
        return Outcome.NEVER;
      }
      if (wait > maxWaitNanos) {
        rejected.increment();
        return Outcome.refused(wait);
      }
      spend(weight);
      count(wait);
      return wait;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long available() {
    long now = ticker.nanos();
    lock.lock();
    try {
      refill(now);
      return Math.max(0, tokens);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long retryAfterNanos(long weight) {
    if (weight == 0) {
      return 0;
    }
    long now = ticker.nanos();
    lock.lock();
    try {
      refill(now);
      return waitFor(weight, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean resetIfUntouched(RateLimitConfig config) {
    lock.lock();
    try {
      if (admitted != 0 || rejected.sum() != 0 || !waiters.isEmpty()) {
        return false;
      }
      limits = Limits.of(config);
      tokens = limits.capacity;
      parts = 0;
      refilledAt = ticker.nanos();
      emptyUntil = refilledAt;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Tally tally() {
    lock.lock();
    try {
      long average = admitted == 0 ? 0 : averageWaitNanos();
      return new Tally(admitted, rejected.sum(), average, maxWaitNanos, waiters.size());
    } finally {
      lock.unlock();
    }
  }

  /**
   * A refusal where one is certain without the lock, or 0. Never refuses what {@link #take} would
   * grant.
   */
  private long refuseUnlocked(long weight, long maxWaitNanos, long arrival) {
    Limits current = limits;
    if (weight > current.capacity) {
      rejected.increment();
      return Outcome.NEVER;
    }
    long untilOne = emptyUntil - arrival;
    if (untilOne <= 0) {
      return 0;
    }
    long others = weight - 1;
    if (untilOne + current.rate.wholeNanosFor(others) <= maxWaitNanos) {
      return 0;
    }
    rejected.increment();
    long retryAfter = others == 0 ? untilOne : untilOne + current.rate.nanosFor(others, 0);
    return Outcome.refused(Math.min(retryAfter, Outcome.MAX_NANOS));
  }

  /** Adds what time brought since the last call. A clock that seems to go back adds nothing. */
  private void refill(long now) {
    long elapsed = now - refilledAt;
    if (elapsed <= 0) {
      return;
    }
    refilledAt = now;
    long missing = limits.capacity - tokens;
    long gained = missing == 0 ? 0 : limits.rate.tokensIn(elapsed, parts);
    if (gained >= missing) {
      tokens = limits.capacity;
      parts = 0;
    } else {
      parts = limits.rate.partsIn(elapsed, parts, gained);
      tokens += gained;
    }
  }

  /**
   * Nanoseconds from {@code now} until {@code weight} tokens are there, 0 if they are; or {@link
   * Outcome#NEVER}, since the capacity may have changed before the lock was ours.
   */
  private long waitFor(long weight, long now) {
    if (weight > limits.capacity) {
      return Outcome.NEVER;
    }
    if (tokens >= weight) {
      return 0;
    }
    long wait = limits.rate.nanosFor(weight - tokens, parts) + (refilledAt - now);
    return Math.min(wait, Outcome.MAX_NANOS);
  }

  private void spend(long weight) {
    tokens -= weight;
    publishEmptyUntil();
  }

  private void publishEmptyUntil() {
    emptyUntil = tokens >= 1 ? refilledAt : refilledAt + limits.rate.nanosFor(1 - tokens, parts);
  }

  /** Sleeps until the promised moment, which may move forward meanwhile. */
  private long await(Waiter waiter, long arrival) {
    boolean decided = false;
    try {
      long remaining;
      while ((remaining = waiter.due - ticker.nanos()) > 0) {
        if (Thread.currentThread().isInterrupted() && giveBack(waiter)) {
          decided = true;
          return Outcome.INTERRUPTED;
        }
        ticker.park(this, remaining);
      }
      decided = true;
      return admit(waiter, arrival);
    } finally {
      if (!decided && !giveBack(waiter)) {
        // Something like a StackOverflowError ended the wait, with the tokens there already.
        admit(waiter, arrival);
      }
    }
  }

  private long admit(Waiter waiter, long arrival) {
    lock.lock();
    try {
      waiters.remove(waiter);
      long waited = Math.max(0, ticker.nanos() - arrival);
      count(waited);
      return waited;
    } finally {
      lock.unlock();
    }
  }

  /** Returns false if the tokens are there after all; they stay with the waiter then. */
  private boolean giveBack(Waiter waiter) {
    lock.lock();
    try {
      long now = ticker.nanos();
      if (waiter.due - now <= 0) {
        return false;
      }
      refill(now);
      waiters.remove(waiter);
      tokens += waiter.weight;
      if (tokens >= limits.capacity) {
        tokens = limits.capacity;
        parts = 0;
      }
      moveForward();
      publishEmptyUntil();
      rejected.increment();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Promises each waiter the moment that the balance gives it now. From the last one back: with
   * those behind it taken out, the debt that is left is its own and of all before it.
   */
  private void moveForward() {
    long behind = 0;
    for (Iterator<Waiter> fromLast = waiters.descendingIterator(); fromLast.hasNext(); ) {
      Waiter waiter = fromLast.next();
      long balance = tokens + behind;
      long due = balance >= 0 ? refilledAt : refilledAt + limits.rate.nanosFor(-balance, parts);
      if (due - waiter.due < 0) {
        waiter.due = due;
        ticker.unpark(waiter.thread);
      }
      behind += waiter.weight;
    }
  }

  private void count(long waitedNanos) {
    admitted++;
    if (waitedNanos > 0) {
      // In microseconds: the sum over many threads outgrows nanoseconds in months.
      waitedNanosOfMicro += waitedNanos % 1_000;
      waitedMicros += waitedNanos / 1_000 + waitedNanosOfMicro / 1_000;
      waitedNanosOfMicro %= 1_000;
      maxWaitNanos = Math.max(maxWaitNanos, waitedNanos);
    }
  }

  private long averageWaitNanos() {
    long micros = waitedMicros / admitted;
    long rest = waitedMicros % admitted;
    return micros * 1_000 + (long) ((rest * 1_000.0 + waitedNanosOfMicro) / admitted);
  }

  private record Limits(Rate rate, long capacity, int maxWaiting) {
    static Limits of(RateLimitConfig config) {
      return new Limits(
          Rate.of(config.permits(), config.period()), config.capacity(), config.maxWaiting());
    }
  }

  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    final long weight;

    /** Written under the lock, and only ever earlier. */
    volatile long due;

    Waiter(long weight, long due) {
      this.weight = weight;
      this.due = due;
    }
  }
}
