package dev.tollgate.agent.cli.demo;

import dev.tollgate.limiter.Ticker;
import java.time.Duration;

/** Time that moves only when a test says so. Nobody waits in it. */
final class ManualTicker implements Ticker {
  private volatile long now;

  void set(long nanos) {
    now = nanos;
  }

  void advance(Duration time) {
    now += time.toNanos();
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void park(Object blocker, long nanos) {
    throw new UnsupportedOperationException();
  }
}
