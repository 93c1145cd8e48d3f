package dev.tollgate.health;

import dev.tollgate.limiter.RateLimiterStats;
import java.util.ArrayDeque;

/**
 * What one limiter's counters have gained over a while, by what they were at its beginning. Calls
 * that were only observed aren't among them: those between two looks are left out unless the
 * limiter was enforced at both. Not thread-safe.
 */
final class RecentRequests {
  private final long windowNanos;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private Sample before;
  private Sample last;
  private boolean wasEnforced = true;

  // Of the calls that were only observed.
  private long skippedTotal;
  private long skippedRejected;

  /** What {@code from} has counted already is of an earlier time. */
  RecentRequests(long windowNanos, long now, RateLimiterStats from) {
    this.windowNanos = windowNanos;
    this.before = new Sample(now, from.totalRequests(), from.rejectedRequests());
    this.last = before;
  }

  /** Of a limiter that wasn't there before: it counts from 0. */
  RecentRequests(long windowNanos) {
    this.windowNanos = windowNanos;
    this.before = new Sample(0, 0, 0);
    this.last = before;
  }

  /** The counters as they are at {@code now}, when the limiter holds calls up or doesn't. */
  void add(long now, RateLimiterStats stats, boolean isEnforced) {
    if (!isEnforced || !wasEnforced) {
      skippedTotal = stats.totalRequests() - last.total;
      skippedRejected = stats.rejectedRequests() - last.rejected;
    }
    wasEnforced = isEnforced;
    last =
        new Sample(
            now, stats.totalRequests() - skippedTotal, stats.rejectedRequests() - skippedRejected);
    samples.addLast(last);
    // The youngest of those that are a whole window old: what came after it is recent.
    while (now - samples.getFirst().at >= windowNanos) {
      before = samples.removeFirst();
    }
  }

  long total() {
    return last.total - before.total;
  }

  /** Of {@link #total}; 0 where there is none. */
  double rejectionRate() {
    return total() == 0 ? 0 : (double) (last.rejected - before.rejected) / total();
  }

  private record Sample(long at, long total, long rejected) {}
}
