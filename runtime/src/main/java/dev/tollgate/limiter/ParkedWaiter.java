package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
          long outcome = await(elsewhere.outcome());
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
        } else if (Thread.currentThread().isInterrupted() && turnstile.giveBack(level, this)) {
          decided = true;
          return Outcome.INTERRUPTED;
        } else {
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
    if (turnstile.giveBack(level, this)) {
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
  private static long await(CompletableFuture<Long> elsewhere) {
    try {
      return elsewhere.get();
    } catch (InterruptedException e) {
      boolean givenBack = elsewhere.cancel(false);
      Thread.currentThread().interrupt();
      return givenBack ? Outcome.INTERRUPTED : elsewhere.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
