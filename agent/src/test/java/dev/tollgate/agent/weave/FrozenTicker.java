package dev.tollgate.agent.weave;

import dev.tollgate.limiter.Ticker;

/** It is always the same moment, and nobody waits. */
public final class FrozenTicker implements Ticker {
  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public void park(Object blocker, long nanos) {
    throw new AssertionError("a call waits for " + nanos + " ns");
  }
}
