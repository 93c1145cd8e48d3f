package dev.tollgate.health;

import java.time.Duration;

/**
 * How a check is run, and what its results count for.
 *
 * @param interval from the start of one run to that of the next; 10 ms or more
 * @param timeout after which a run counts as one that hangs; 1 ms or more
 * @param critical whether the process must get no traffic while this check is {@link
 *     HealthStatus#UNHEALTHY}; a critical check that fails to answer is that, another is {@link
 *     HealthStatus#DEGRADED}
 * @param failures so many results in a row that are worse than what is shown make it worse; 1 or
 *     more
 * @param successes so many results in a row that are better than what is shown make it better; 1 or
 *     more
 */
public record CheckOptions(
    Duration interval, Duration timeout, boolean critical, int failures, int successes) {

  // Before DEFAULT, whose constructor reads them.
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Every 10 s, for at most 5 s, not critical, and each result counts. */
  public static final CheckOptions DEFAULT =
      new CheckOptions(Duration.ofSeconds(10), Duration.ofSeconds(5), false, 1, 1);

  /**
   * @throws IllegalArgumentException if a value is out of its range; the message names it
   */
  public CheckOptions {
    if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST) > 0) {
      throw invalid("interval", interval, "10ms to 366d");
    }
    if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw invalid("timeout", timeout, "1ms to 366d");
    }
    if (failures < 1) {
      throw invalid("failures", failures, "1 or more");
    }
    if (successes < 1) {
      throw invalid("successes", successes, "1 or more");
    }
  }

  /** The same with this interval. */
  public CheckOptions withInterval(Duration newInterval) {
    return new CheckOptions(newInterval, timeout, critical, failures, successes);
  }

  /** The same with this timeout. */
  public CheckOptions withTimeout(Duration newTimeout) {
    return new CheckOptions(interval, newTimeout, critical, failures, successes);
  }

  /** The same, critical or not. */
  public CheckOptions withCritical(boolean newCritical) {
    return new CheckOptions(interval, timeout, newCritical, failures, successes);
  }

  /** The same with so many failures in a row to go down, and successes to come up. */
  public CheckOptions withHysteresis(int newFailures, int newSuccesses) {
    return new CheckOptions(interval, timeout, critical, newFailures, newSuccesses);
  }

  private static IllegalArgumentException invalid(String what, Object value, String allowed) {
    return new IllegalArgumentException(what + " is " + value + "; it must be " + allowed);
  }
}
