package dev.tollgate.agent.cli;

import java.time.Duration;

/** Durations in the largest unit that doesn't need rounding: {@code 1m}, {@code 1250ms}. */
final class ExactDuration {
  private static final long[] NANOS = {
    86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L
  };
  private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us"};

  private ExactDuration() {}

  /** Writes it as configuration has it. */
  static String print(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0";
    }
    for (int i = 0; i < NANOS.length; i++) {
      if (nanos % NANOS[i] == 0) {
        return nanos / NANOS[i] + UNITS[i];
      }
    }
    return nanos + "ns";
  }
}
