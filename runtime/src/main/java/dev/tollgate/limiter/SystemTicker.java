package dev.tollgate.limiter;

enum SystemTicker implements Ticker {
  INSTANCE;

  /**
   * How late the kernel may end a sleep by default, so that it can end several at once (Linux:
   * prctl(2), PR_SET_TIMERSLACK). Sleeping shorter by as much ends close to the moment, mostly
   * still after it.
   */
  private static final long TIMER_SLACK_NANOS = 50_000;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  @SuppressWarnings(
      "ThreadPriorityCheck") // Relies on nothing: the caller looks at the clock again.
  public void park(Object blocker, long nanos) {
    if (nanos > TIMER_SLACK_NANOS) {
      PoolPark.park(blocker, nanos - TIMER_SLACK_NANOS);
    } else {
      // Too short to sleep through; others may run meanwhile.
      Thread.yield();
    }
  }
}
