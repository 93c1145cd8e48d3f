package dev.tollgate.health;

import dev.tollgate.limiter.OwnThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that health runs on. All are daemons, and end when they have nothing to do. */
final class Threads {
  /** Longer than from one round of checks to the next, so that rounds share a thread. */
  private static final long CHECKS_KEEP_ALIVE_SECONDS = 60;

  private static final long CHANGES_KEEP_ALIVE_SECONDS = 5;
  private static final int MOST_CHANGES_WAITING = 1_000;

  private Threads() {}

  /**
   * For checks: one more whenever all hang. The engine runs each check once at a time, so there are
   * never more than there are checks, and those that still hang after they were removed.
   */
  static ExecutorService forChecks() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        CHECKS_KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> OwnThread.of(work, "tollgate-check"));
  }

  /** For listeners: one, which drops the oldest of too many changes. */
  static ExecutorService forChanges() {
    return new ThreadPoolExecutor(
        0,
        1,
        CHANGES_KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MOST_CHANGES_WAITING),
        work -> OwnThread.of(work, "tollgate-health-changes"),
        new ThreadPoolExecutor.DiscardOldestPolicy());
  }
}
