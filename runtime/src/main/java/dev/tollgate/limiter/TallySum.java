package dev.tollgate.limiter;

/** The counters of one or several turnstiles. Not thread-safe. */
final class TallySum {
  private final WaitTally admitted = new WaitTally();
  private long withoutTurnstile;
  private long rejected;
  private int waiting;

  void add(WaitTally turnstileAdmitted, long turnstileRejected, int turnstileWaiting) {
    admitted.add(turnstileAdmitted);
    rejected += turnstileRejected;
    waiting += turnstileWaiting;
  }

  /** Calls that took their token without asking a turnstile, and didn't wait. */
  void addWithoutTurnstile(long calls) {
    withoutTurnstile += calls;
  }

  TokenBucket.Tally tally() {
    return new TokenBucket.Tally(
        admitted.calls() + withoutTurnstile,
        rejected,
        admitted.averageNanos(withoutTurnstile),
        admitted.maxNanos(),
        waiting);
  }
}
