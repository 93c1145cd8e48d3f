package dev.tollgate.limiter;

/**
 * Those sources of a call that only observe: counted as if they were enforced, together. All admit
 * the call and owe its tokens, or one rejects it and the others don't notice.
 */
final class JointObservation {
  private final JointSources sources;
  private final Ticker ticker;
  private final long maxWaitNanos;

  /**
   * @param maxWaitNanos the longest wait of the call if they were enforced
   */
  JointObservation(JointSources sources, Ticker ticker, long maxWaitNanos) {
    this.sources = sources;
    this.ticker = ticker;
    this.maxWaitNanos = maxWaitNanos;
  }

  /**
   * Counts a call that all other sources have admitted.
   *
   * @param waitedNanos how long it has waited for them
   */
  void count(long waitedNanos) {
    if (sources.isEmpty()) {
      return;
    }
    sources.lock();
    try {
      long now = ticker.nanos();
      long wait = sources.longestWait(now, false);
      if (Ledger.isHopeless(wait, maxWaitNanos - waitedNanos)) {
        sources.turnstile(sources.slowest()).reject(wait);
        return;
      }
      for (int i = 0; i < sources.length(); i++) {
        if (sources.contains(i)) {
          Turnstile turnstile = sources.turnstile(i);
          turnstile.charge(
              sources.level(i), sources.weight(i), waitedNanos + wait, now, now + wait);
        }
      }
    } finally {
      sources.unlock();
    }
  }
}
