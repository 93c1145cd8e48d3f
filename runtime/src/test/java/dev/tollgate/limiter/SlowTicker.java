package dev.tollgate.limiter;

/** Time that goes by at each look at it, and in which nobody waits. */
final class SlowTicker implements Ticker {
  private final long step;
  private long now = Long.MAX_VALUE - 20;

  SlowTicker(long step) {
    this.step = step;
  }

  @Override
  public long nanos() {
    now += step;
    return now;
  }

  @Override
  public void park(Object blocker, long nanos) {
    throw new AssertionError("nobody was to wait");
  }
}
