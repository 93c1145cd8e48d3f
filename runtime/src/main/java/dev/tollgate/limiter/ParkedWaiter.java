package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A thread that sleeps until its moment. */
final class ParkedWaiter extends Waiter {
  private final Turnstile turnstile;
  private final Level level;
  private final Ticker ticker;
  private final Thread thread = Thread.currentThread();

  ParkedWaiter(
      Turnstile turnstile,
      Level level,
      long weight,
      long arrival,
      long maxWaitNanos,
      Ticker ticker) {
    super(weight, arrival, maxWaitNanos);
    this.turnstile = turnstile;
    this.level = level;
    this.ticker = ticker;
  }

  /** Sleeps until the promised moment, which may move meanwhile; answers what came of it. */
  long await() {
    boolean decided = false;
    try {
      while (true) {
        Elsewhere elsewhere = moved;
        if (elsewhere != null) {
          long outcome = await(elsewhere);
          decided = true;
          return outcome;
        }
        long remaining = due - ticker.nanos();
        if (refusal != 0 || remaining <= 0) {
          long outcome = turnstile.admitIfDue(level, this);
          if (outcome != Outcome.PENDING) {
            decided = true;
            return outcome;
          }
        } else {
          long early = thread.isInterrupted() ? turnstile.giveBack(level, this) : Outcome.PENDING;
          if (early != Outcome.PENDING) {
            decided = true;
            return Outcome.interrupted(early);
          }
          ticker.park(level, remaining);
        }
      }
    } finally {
      if (!decided) {
        abandon();
      }
    }
  }

  @Override
  void wake() {
    ticker.unpark(thread);
  }

  @Override
  void move(Elsewhere to) {
    super.move(to);
    wake();
  }

  /** Something like a StackOverflowError has ended the wait. */
  private void abandon() {
    if (turnstile.giveBack(level, this) != Outcome.PENDING) {
      return;
    }
    Elsewhere elsewhere = moved;
    if (elsewhere != null) {
      elsewhere.outcome().cancel(false);
    } else {
      // The tokens are there already.
      turnstile.admitIfDue(level, this);
    }
  }

  /** Goes on waiting where the limiter was handed over to. */
  private long await(Elsewhere elsewhere) {
    CompletableFuture<Long> outcome = elsewhere.outcome();
    CompletableFuture<Long> unused =
        outcome.whenComplete((answer, failure) -> LockSupport.unpark(thread));
    // Not get(): that fails on a thread of a pool which can't spare one.
    while (!outcome.isDone()) {
      if (thread.isInterrupted() && outcome.cancel(false)) {
        return interrupted(elsewhere.heir());
      }
      PoolPark.park(level, Waits.LONGEST);
    }
    return outcome.join();
  }

  /** Its moment was known there alone, and who asks again comes after those behind it. */
  private long interrupted(LimiterCore heir) {
    return Outcome.interrupted(Math.max(0, heir.retryAfterNanos(weight)));
  }
}
