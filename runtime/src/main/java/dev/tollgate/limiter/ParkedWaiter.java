package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;

/** A thread that sleeps until its moment. */
final class ParkedWaiter extends Waiter {
  private final Ticker ticker;
  private final Thread thread = Thread.currentThread();

  ParkedWaiter(long weight, long arrival, long maxWaitNanos, Ticker ticker) {
    super(weight, arrival, maxWaitNanos);
    this.ticker = ticker;
  }

  @Override
  void wake() {
    ticker.unpark(thread);
  }

  @Override
  void move(CompletableFuture<Long> to) {
    super.move(to);
    wake();
  }
}
