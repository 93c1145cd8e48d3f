package dev.tollgate.health;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for checks: one more whenever all hang. The engine runs each check once at a time, so
 * there are never more than there are checks.
 */
final class CheckWorkers {
  /** Longer than from one round of checks to the next, so that rounds share a thread. */
  private static final long KEEP_ALIVE_SECONDS = 60;

  private CheckWorkers() {}

  static Executor create() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        CheckWorkers::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "tollgate-check", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(CheckWorkers.class.getClassLoader());
    return thread;
  }
}
