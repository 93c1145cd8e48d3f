package dev.tollgate.limiter;

import java.util.concurrent.atomic.AtomicLong;

/** Time that any thread may move, and in which nobody waits: who parks is interrupted instead. */
final class HandTicker implements Ticker {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000);

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public void park(Object blocker, long nanos) {
    Thread.currentThread().interrupt();
  }

  void advance(long nanos) {
    now.addAndGet(nanos);
  }
}
