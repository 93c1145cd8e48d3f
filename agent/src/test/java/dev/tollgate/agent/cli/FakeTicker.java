package dev.tollgate.agent.cli;

import dev.tollgate.limiter.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when somebody waits for it, and at once. */
public final class FakeTicker implements Ticker {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  /** Lets time pass. */
  public void advance(long nanos) {
    now.addAndGet(nanos);
  }

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public void park(Object blocker, long nanos) {
    advance(nanos);
  }
}
