package dev.tollgate.limiter;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at one level, in the order of arrival, which is that of their moments. Under the
 * turnstile's lock.
 */
final class Queue {
  /** The first ones, each with its exact moment, which may have come. */
  final ArrayDeque<Waiter> front = new ArrayDeque<>(2);

  /** All behind them; null as long as there were none. */
  private @Nullable Backlog backlog;

  Backlog backlog() {
    if (backlog == null) {
      backlog = new Backlog();
    }
    return backlog;
  }

  boolean hasBacklog() {
    return backlog != null && !backlog.isEmpty();
  }

  int size() {
    return front.size() + (backlog == null ? 0 : backlog.size());
  }
}
