package dev.tollgate.health;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Tells listeners of changes, in order, on a thread that is not the engine's: one that hangs, such
 * as a logger whose disk is full, must not keep anybody from the next report.
 */
final class Announcer {
  private final Executor executor;
  private final CopyOnWriteArrayList<Entry> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param executor runs what it is given one after another, later; may drop it
   */
  Announcer(Executor executor) {
    this.executor = executor;
  }

  /** From now on; run what this returns to end it. */
  Runnable add(HealthListener listener) {
    // The same listener may be there twice, and each is taken away by itself.
    Entry entry = new Entry(listener);
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  void announce(HealthReport before, HealthReport after) {
    if (!listeners.isEmpty()) {
      executor.execute(() -> tellAll(before, after));
    }
  }

  private void tellAll(HealthReport before, HealthReport after) {
    for (Entry entry : listeners) {
      try {
        entry.listener.changed(before, after);
      } catch (Throwable fault) {
        // Its fault is not that of the others.
      }
    }
  }

  private static final class Entry {
    private final HealthListener listener;

    Entry(HealthListener listener) {
      this.listener = listener;
    }
  }
}
