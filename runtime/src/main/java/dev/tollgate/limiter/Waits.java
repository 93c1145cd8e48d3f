package dev.tollgate.limiter;

import java.time.Duration;

/** Longest waits as a bucket takes them. */
public final class Waits {
  static final long LONGEST = Outcome.MAX_NANOS / 2;

  private Waits() {}

  /**
   * {@code wait} in nanoseconds, cut to 73 years.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static long nanos(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("timeout is " + wait + "; it must be 0 or more");
    }
    return wait.toSeconds() >= LONGEST / 1_000_000_000 ? LONGEST : wait.toNanos();
  }
}
