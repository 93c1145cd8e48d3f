package dev.tollgate.limiter;

/** Time stands until a test moves it, so whoever must sleep gives up: it is interrupted. */
class StandingClock implements Ticker {
  volatile long now;

  @Override
  public final long nanos() {
    return now;
  }

  @Override
  public void park(Object blocker, long nanos) {
    Thread.currentThread().interrupt();
  }

  @Override
  public final void unpark(Thread thread) {
    // Nobody is parked.
  }
}
