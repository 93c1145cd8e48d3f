package dev.tollgate.agent.cli.demo;

import dev.tollgate.limiter.Ticker;
import java.time.Duration;

/**
 * A quota as GitHub's API has it: a window begins with the first call after the one before has
 * ended, and so many calls are answered in it.
 */
final class FixedWindow {
  private final int quota;
  private final long windowNanos;
  private final Ticker ticker;
  private long begin;
  private int used;

  FixedWindow(int quota, Duration window, Ticker ticker) {
    this.quota = quota;
    this.windowNanos = window.toNanos();
    this.ticker = ticker;
  }

  /** Counts one call. */
  synchronized Answer call() {
    long now = ticker.nanos();
    if (used == 0 || now - begin >= windowNanos) {
      begin = now;
      used = 0;
    }
    boolean allowed = used < quota;
    if (allowed) {
      used++;
    }
    return new Answer(allowed, quota - used, Duration.ofNanos(windowNanos - (now - begin)));
  }

  /**
   * What a call is told.
   *
   * @param remaining calls that are left in this window
   * @param untilReset how long the window still lasts
   */
  record Answer(boolean allowed, int remaining, Duration untilReset) {}
}
