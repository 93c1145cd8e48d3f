package dev.tollgate.limiter;

/** How many calls were admitted, and how long they waited. Not thread-safe. */
final class WaitTally {
  private long calls;
  private long maxNanos;

  // The sum over many threads outgrows nanoseconds in months.
  private long micros;
  private long nanosOfMicro;

  void count(long waitedNanos) {
    calls++;
    if (waitedNanos > 0) {
      nanosOfMicro += waitedNanos % 1_000;
      micros += waitedNanos / 1_000 + nanosOfMicro / 1_000;
      nanosOfMicro %= 1_000;
      maxNanos = Math.max(maxNanos, waitedNanos);
    }
  }

  /** Counts what {@code other} has counted. */
  void add(WaitTally other) {
    calls += other.calls;
    nanosOfMicro += other.nanosOfMicro;
    micros += other.micros + nanosOfMicro / 1_000;
    nanosOfMicro %= 1_000;
    maxNanos = Math.max(maxNanos, other.maxNanos);
  }

  /** Counts calls that didn't wait. */
  void addWithoutWait(long more) {
    calls += more;
  }

  long[] toArray() {
    return new long[] {calls, maxNanos, micros, nanosOfMicro};
  }

  static WaitTally of(long[] values) {
    WaitTally tally = new WaitTally();
    tally.calls = values[0];
    tally.maxNanos = values[1];
    tally.micros = values[2];
    tally.nanosOfMicro = values[3];
    return tally;
  }

  long calls() {
    return calls;
  }

  long maxNanos() {
    return maxNanos;
  }

  /** The mean over these calls and {@code others} that did not wait; 0 where there are none. */
  long averageNanos(long others) {
    long all = calls + others;
    if (all == 0) {
      return 0;
    }
    long rest = micros % all;
    return micros / all * 1_000 + (long) ((rest * 1_000.0 + nanosOfMicro) / all);
  }
}
