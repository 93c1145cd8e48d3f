package dev.tollgate.health;

import dev.tollgate.limiter.Ticker;
import java.util.function.LongSupplier;

/**
 * Nanoseconds in which this process ran. One that was stopped, by a signal, a debugger or a virtual
 * machine that moves, did nothing for a while, and nobody is to blame: no check hangs and no loop
 * is silent because of it.
 */
final class ActiveClock implements LongSupplier {
  /** Later than this, a thread that wakes was kept from it by more than a busy machine. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final Ticker ticker;

  /** Written by one thread. */
  private volatile long paused;

  ActiveClock(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public long getAsLong() {
    return ticker.nanos() - paused;
  }

  /**
   * To be told by one thread, each time it wakes, since when and until when it meant to sleep. If
   * that was far too long, none of it counts: nobody knows when the process was stopped.
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  void slept(long since, long until) {
    long now = getAsLong();
    if (now - until > PAUSE_NANOS) {
      paused += now - since;
    }
  }
}
