package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The time that limiters go by, and waiting in it. Injected, so that tests decide what time it is.
 */
public interface Ticker {

  /** {@link System#nanoTime()} and real parking. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }

  /**
   * Nanoseconds since some fixed moment; may be negative and may wrap, so compare only differences.
   */
  long nanos();

  /**
   * Blocks the calling thread for at most {@code nanos} of this ticker's time. Returns early when
   * the thread is unparked or interrupted, and may do so for no reason.
   */
  void park(Object blocker, long nanos);

  /**
   * A future that completes, with null, when {@code nanos} of this ticker's time have gone by. Who
   * no longer waits for it cancels it. It completes on a thread that must not be kept: dependents
   * are to be asynchronous.
   */
  default CompletableFuture<Void> alarm(long nanos) {
    return JdkTimer.alarm(nanos, this);
  }

  /** Ends, or forestalls, one {@link #park} of {@code thread}. */
  default void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }
}
